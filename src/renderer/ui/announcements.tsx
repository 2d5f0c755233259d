import { createContext, useReducer, useRef, type ReactNode } from 'react'
import type { EventPayload } from '#shared/bridge.ts'
import type { Failure } from '#shared/errors.ts'

export type Announcement = EventPayload<'announce'>

interface Line extends Announcement {
  id: number
}

/**
 * Long enough for a screen reader to pick up the line, short enough that users don't come across it while reading the
 * window.
 */
const keptMs = 4000
/** If two lines arrive at once, Orca says only the second. */
const apartMs = 250

type Action = { type: 'add'; line: Line } | { type: 'drop'; id: number }

function reduce(lines: Line[], action: Action): Line[] {
  return action.type === 'add' ? [...lines, action.line] : lines.filter(({ id }) => id !== action.id)
}

/** The lines to announce, and a function that adds one. The same text twice is announced twice. */
export function useAnnouncements(): [readonly Line[], (announcement: Announcement) => void] {
  const [lines, dispatch] = useReducer(reduce, [])
  const lastId = useRef(0)
  const lastText = useRef('')
  const freeFromMs = useRef(0)
  const announce = useRef(({ text, urgency }: Announcement): void => {
    lastId.current += 1
    // Orca ignores a line that equals the one before. A no-break space at the end makes them differ without being heard.
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
    // Not atomic, additions only: each new line is announced alone, and removing it is silent.
    <div role={role} aria-atomic="false" aria-relevant="additions" className="visually-hidden">
      {children}
    </div>
  )
}

/**
 * The window's only two live regions. They exist from the start, because a region inserted together with its text is not
 * announced, and they are outside everything that becomes inert.
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

/** Announces something that only the window knows. A context, so that every control can use it. */
export const Say = createContext<(text: string) => void>(() => undefined)

/** What went wrong and what to do next, in a paragraph. */
export function FailureText({ failure }: { failure: Failure }): ReactNode {
  return (
    <p className="failure">
      <strong>{failure.message}</strong> {failure.next}
    </p>
  )
}
