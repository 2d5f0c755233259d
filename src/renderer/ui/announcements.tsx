import { useReducer, useRef, type ReactNode, createContext } from 'react'
import type { EventPayload } from '#shared/bridge.ts'

export type Announcement = EventPayload<'announce'>

interface Line extends Announcement {
  id: number
}

/** Long enough for a screen reader to fetch it, short enough that nobody finds it again while reading the window. */
const keptMs = 4000
/** Of two lines that come at once Orca says only the second. */
const apartMs = 250

type Action = { type: 'add'; line: Line } | { type: 'drop'; id: number }

function reduce(lines: Line[], action: Action): Line[] {
  return action.type === 'add' ? [...lines, action.line] : lines.filter(({ id }) => id !== action.id)
}

/** Lines to be announced, and a function that adds one. The same text twice is two lines: it is announced twice. */
export function useAnnouncements(): [readonly Line[], (announcement: Announcement) => void] {
  const [lines, dispatch] = useReducer(reduce, [])
  const lastId = useRef(0)
  const lastText = useRef('')
  const freeFromMs = useRef(0)
  const announce = useRef(({ text, urgency }: Announcement): void => {
    lastId.current += 1
    // Orca takes the same words again for the same event. A space that nobody hears makes them others.
    lastText.current = text === lastText.current ? `${text}\u00a0` : text
    const id = lastId.current
    const waitMs = Math.max(0, freeFromMs.current - performance.now())
    freeFromMs.current = performance.now() + waitMs + apartMs
    const line = { id, text: lastText.current, urgency }
    setTimeout(() => dispatch({ type: 'add', line }), waitMs)
    setTimeout(() => dispatch({ type: 'drop', id }), waitMs + keptMs)
  })
  return [lines, announce.current]
}

function Region({ role, children }: { role: 'status' | 'alert'; children: ReactNode }): ReactNode {
  return (
    // Not atomic, additions only: a line that joins another is announced alone, and its going away is silent.
    <div role={role} aria-atomic="false" aria-relevant="additions" className="visually-hidden">
      {children}
    </div>
  )
}

/**
 * The only two live regions of the window. They are there from the start, because a region that comes together with its
 * text is not announced, and they lie outside everything that becomes inert.
 */
export function LiveRegions({ lines }: { lines: readonly Line[] }): ReactNode {
  const of = (urgency: Announcement['urgency']): ReactNode =>
    lines.filter((line) => line.urgency === urgency).map(({ id, text }) => <div key={id}>{text}</div>)
  return (
    <>
      <Region role="status">{of('polite')}</Region>
      <Region role="alert">{of('assertive')}</Region>
    </>
  )
}

/** Says to a screen reader what the window itself found out, for controls that lie deep in it. */
export const Say = createContext<(text: string) => void>(() => undefined)
