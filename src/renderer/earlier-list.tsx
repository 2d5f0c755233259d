import type { ReactNode } from 'react'
import { timeOf } from './caption-view.tsx'
import type { Item } from '#shared/bridge.ts'

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
export function EarlierList({ items, shownId, onChoose }: Props): ReactNode {
  return (
    <nav aria-labelledby="earlier-title" className="earlier" data-region>
      <h2 id="earlier-title" tabIndex={-1}>
        Earlier pictures
      </h2>
      {items.length === 0 && <p>Nothing yet.</p>}
      <ul className="plain">
        {items.toReversed().map((item) => (
          <li key={item.id}>
            <button type="button" aria-current={item.id === shownId} onClick={() => onChoose(item)}>
              <span className="entry-title">
                {item.question ?? item.label}, {timeOf(item)}
                {states[item.state] && `, ${states[item.state]}`}
              </span>
              {item.caption && <span className="entry-caption">{item.caption}</span>}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  )
}
