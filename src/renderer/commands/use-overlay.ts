import { useCallback, useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { moveFocus, rememberFocus, type Region } from '../focus-navigation.ts'
import type { Bridge, EventPayload } from '#shared/bridge.ts'

export type Grid = EventPayload<'grid'>

/** An overlay that makes the rest of the window inert: the command list, or the grid for choosing part of a picture. */
type Overlay = 'commands' | Grid | null

export interface OverlayState {
  overlay: Overlay
  openCommands: () => void
  /** Moves focus to a region, or back to where it was. Returns false if that region isn't shown. */
  close: (region?: Region) => boolean
}

export function useOverlay(bridge: Bridge): OverlayState {
  const [overlay, setOverlay] = useState<Overlay>(null)
  const returnFocus = useRef<(() => void) | null>(null)

  const open = useCallback((next: Overlay): void => {
    returnFocus.current ??= rememberFocus()
    setOverlay(next)
  }, [])
  const openCommands = useCallback(() => open('commands'), [open])
  const close = useCallback((region?: Region): boolean => {
    const goBack = returnFocus.current
    returnFocus.current = null
    // Immediately, because inert elements can't take focus.
    flushSync(() => setOverlay(null))
    if (region) return moveFocus(region)
    goBack?.()
    return true
  }, [])
  useEffect(() => bridge.on('grid', open), [bridge, open])

  return { overlay, openCommands, close }
}
