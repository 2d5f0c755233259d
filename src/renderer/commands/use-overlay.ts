import { useCallback, useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { moveFocus, rememberFocus, type Region } from '../focus-navigation.ts'
import type { Bridge, EventPayload } from '#shared/bridge.ts'

export type Grid = EventPayload<'grid'>

/** What covers the window and makes the rest of it inert: the command list, or the grid that chooses part of a picture. */
type Overlay = 'commands' | Grid | null

export interface OverlayState {
  overlay: Overlay
  openCommands: () => void
  /** Moves focus to a region, or back to where it was. Returns false when that region is not shown. */
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
    // Immediately: what is inert takes no focus.
    flushSync(() => setOverlay(null))
    if (region) return moveFocus(region)
    goBack?.()
    return true
  }, [])
  useEffect(() => bridge.on('grid', open), [bridge, open])

  return { overlay, openCommands, close }
}
