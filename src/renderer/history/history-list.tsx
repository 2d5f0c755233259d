import type { ReactNode } from 'react'
import { timeOf, titleOf } from '../caption/item-labels.ts'
import type { Item } from '#shared/bridge.ts'
import { t } from '#shared/messages/messages.ts'

const states: Record<Item['state'], string> = {
  waiting: 'not described',
  describing: 'being described',
  done: '',
  stopped: 'stopped',
  failed: 'failed'
}

interface Props {
  /** Oldest first. */
  items: readonly Item[]
  shownId: string | null
  onChoose: (item: Item) => void
}

/** Everything that came, newest first. A plain list: it never announces itself. */
export function HistoryList({ items, shownId, onChoose }: Props): ReactNode {
  return (
    <nav aria-labelledby="history-title" className="earlier" data-region>
      <h2 id="history-title" tabIndex={-1}>
        Earlier pictures
      </h2>
      {items.length === 0 ? (
        <p className="hint">Nothing yet.</p>
      ) : (
        <ul className="plain">
          {items.toReversed().map((item) => (
            <li key={item.id}>
              <button type="button" aria-current={item.id === shownId} onClick={() => onChoose(item)}>
                <span className="entry-title">{titleOf(item)}</span>
                <span className="entry-state">{[timeOf(item), states[item.state]].filter(Boolean).join(', ')}</span>
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
