import { useEffect, useState, type ReactNode } from 'react'
import { isReading, onFocusMove, regionRefs, targetRefs } from '../focus-navigation.ts'
import { timeOf, titleOf } from '../caption/item-labels.ts'
import type { Item } from '#shared/bridge.ts'
import { t } from '#shared/messages/messages.ts'

/** The picture to show: the newest, unless the user chose another or is reading a sentence of one. */
export function useShownItem(items: readonly Item[]): {
  shown: Item | null
  newest: Item | null
  /** Null shows the newest. */
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

interface Props {
  /** Oldest first. */
  items: readonly Item[]
  shownId: string | null
  onChoose: (item: Item) => void
}

/** All pictures and questions, newest first. A plain list that never announces anything (behavior B3). */
export function HistoryList({ items, shownId, onChoose }: Props): ReactNode {
  return (
    <nav aria-labelledby="history-title" className="history" ref={regionRefs.history}>
      <h2 id="history-title" ref={targetRefs.history} tabIndex={-1}>
        {t('window.history')}
      </h2>
      {items.length === 0 ? (
        <p className="hint">{t('window.history.empty')}</p>
      ) : (
        <ul className="plain">
          {items.toReversed().map((item) => (
            <li key={item.id}>
              <button type="button" aria-current={item.id === shownId} onClick={() => onChoose(item)}>
                <span className="entry-title">{titleOf(item)}</span>
                <span className="entry-state">
                  {t('window.history.entry', { state: item.state, time: timeOf(item) })}
                </span>
                {item.isWithheld ? (
                  <span className="entry-caption">{t('caption.hidden')}</span>
                ) : (
                  item.caption && <span className="entry-caption">{item.caption}</span>
                )}
              </button>
            </li>
          ))}
        </ul>
      )}
    </nav>
  )
}
