import { useCallback, useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import type { Bridge, EventPayload } from '#shared/bridge.ts'

export type Grid = EventPayload<'grid'>

/** What lies over the window while the rest of it is inert: the list of commands, or the choosing of a part. */
type Overlay = 'commands' | Grid | null

export interface OverlayState {
  overlay: Overlay
  openCommands: () => void
  /** Focus goes to `target`, else back to where it was before. */
  close: (target?: HTMLElement | null) => void
}

export function useOverlay(bridge: Bridge): OverlayState {
  const [overlay, setOverlay] = useState<Overlay>(null)
  const focusBefore = useRef<HTMLElement | null>(null)

  const open = useCallback((next: Overlay): void => {
    focusBefore.current ??= document.activeElement as HTMLElement | null
    setOverlay(next)
  }, [])
  const openCommands = useCallback(() => open('commands'), [open])
  const close = useCallback((target?: HTMLElement | null): void => {
    const before = focusBefore.current
    focusBefore.current = null
    // At once: what is inert takes no focus.
    flushSync(() => setOverlay(null))
    const next = target === undefined ? before : target
    next?.focus()
  }, [])
  useEffect(() => bridge.on('grid', open), [bridge, open])

  return { overlay, openCommands, close }
}
