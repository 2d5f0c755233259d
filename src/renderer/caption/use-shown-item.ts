import { useEffect, useState } from 'react'
import { isReading } from '../focus-navigation.ts'
import type { Item } from '#shared/bridge.ts'

/**
 * Which picture is shown: the newest, unless the user chose another or is reading a sentence of one: then it stays until
 * they leave it.
 */
export function useShownItem(items: readonly Item[]): {
  shown: Item | null
  newest: Item | null
  /** Null follows the newest. */
  show: (id: string | null) => void
} {
  const [chosenId, setChosenId] = useState<string | null>(null)
  const [readId, setReadId] = useState<string | null>(null)
  const newest = items.at(-1) ?? null
  const chosen = (id: string | null): Item | undefined => items.find((item) => item.id === id)
  const shown = chosen(readId) ?? chosen(chosenId) ?? newest
  const shownId = shown?.id ?? null

  useEffect(() => {
    const follow = (): void => setReadId(isReading() ? shownId : null)
    document.addEventListener('focusin', follow)
    document.addEventListener('focusout', follow)
    return () => {
      document.removeEventListener('focusin', follow)
      document.removeEventListener('focusout', follow)
    }
  }, [shownId])

  return { shown, newest, show: setChosenId }
}
