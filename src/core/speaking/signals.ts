import { earconMessages, type Earcon } from '#shared/earcons.ts'
import { t } from '#shared/messages/messages.ts'
import type { Settings } from '#shared/settings.ts'
import type { EarconPlayer, Presence } from '../ports/speech.ts'
import type { Occasion, Route, Routes } from './routes.ts'

/** Earcons, each as a sound, or where Descry makes none and says nothing as its text twin: never as both. */
export interface Signals {
  /** @param words the route that a message beside the earcon took; null when it was dropped. */
  give(earcon: Earcon, occasion: Occasion, words?: Promise<Route | null>): Promise<void>
  /** The tick of another wait: its twin is shown again, once. */
  beginWait(): void
}

export function createSignals(options: {
  earcons: EarconPlayer
  presence: Presence
  settings: () => Settings
  findRoute: Routes['find']
  showTwin: (text: string) => void
}): Signals {
  const { earcons, presence, settings, findRoute, showTwin } = options
  let wasWorkingShown = false

  return {
    async give(earcon, occasion, words) {
      if (occasion === 'watcher' && (await presence.isShared())) return
      const { speaker, earconVolumePercent } = settings()
      if (speaker !== 'silent' && earconVolumePercent > 0) return earcons.play(earcon, earconVolumePercent)
      if (earcon === 'working' && wasWorkingShown) return
      const route = await (words ?? findRoute(occasion))
      // Words beside it say more. Without words: who switched the sounds off and hears Descry speak needs no twin.
      const isSaid = words ? route?.to !== 'nobody' : speaker !== 'silent' && route?.to !== 'nobody'
      if (isSaid) return
      if (earcon === 'working') wasWorkingShown = true
      showTwin(t(earconMessages[earcon]))
    },
    beginWait() {
      wasWorkingShown = false
    }
  }
}
