import { useEffect, useState } from 'react'
import { isReading, onFocusMove } from '../focus-navigation.ts'
import type { Item } from '#shared/bridge.ts'

/** Which picture is shown: the newest, unless the user chose another one or is reading a sentence of one. */
export function useShownItem(items: readonly Item[]): {
  shown: Item | null
  newest: Item | null
  /** Null follows the newest. */
  show: (id: string | null) => void
} {
  const [chosenId, setChosenId] = useState<string | null>(null)
  const [readId, setReadId] = useState<string | null>(null)
  const newest = items.at(-1) ?? null
  const itemWithId = (id: string | null): Item | undefined => items.find((item) => item.id === id)
  const shown = itemWithId(readId) ?? itemWithId(chosenId) ?? newest
  const shownId = shown?.id ?? null

  useEffect(() => onFocusMove(() => setReadId(isReading() ? shownId : null)), [shownId])

  return { shown, newest, show: setChosenId }
}
