import { earconWords, type Earcon } from '#shared/earcons.ts'
import type { Settings } from '#shared/settings.ts'
import type { EarconPlayer, ScreenLock } from '../ports.ts'
import type { Cause, Route, Routes } from './routes.ts'

/** Earcons, each as a sound, or where Descry makes none and says nothing as its text twin: never as both. */
export interface Signals {
  /** @param words the route that a message beside the earcon took; null when it was dropped. */
  give(earcon: Earcon, cause: Cause, words?: Promise<Route | null>): Promise<void>
  /** The tick of another wait: its twin is shown again, once. */
  beginWait(): void
}

export function createSignals(options: {
  earcons: EarconPlayer
  screenLock: ScreenLock
  settings: () => Settings
  findRoute: Routes['find']
  showTwin: (text: string) => void
}): Signals {
  const { earcons, screenLock, settings, findRoute, showTwin } = options
  let wasWorkingShown = false

  return {
    async give(earcon, cause, words) {
      if (cause === 'watcher' && (await screenLock.isLocked())) return
      const { speaker, earconVolumePercent } = settings()
      if (speaker !== 'silent' && earconVolumePercent > 0) return earcons.play(earcon, earconVolumePercent)
      if (earcon === 'working' && wasWorkingShown) return
      const route = await (words ?? findRoute(cause))
      // Words beside it say more. Without words: who switched the sounds off and hears Descry speak needs no twin.
      const isSaid = words ? route?.to !== 'nobody' : speaker !== 'silent' && route?.to !== 'nobody'
      if (isSaid) return
      if (earcon === 'working') wasWorkingShown = true
      showTwin(earconWords[earcon].text)
    },
    beginWait() {
      wasWorkingShown = false
    }
  }
}
