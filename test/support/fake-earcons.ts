import type { EarconPlayer } from '#core/ports/speech.ts'
import type { Earcon } from '#shared/earcons.ts'

/** Records what it was asked to play. */
export interface FakeEarcons extends EarconPlayer {
  /** Since the last take(). */
  take(): Earcon[]
}

export function createFakeEarcons(): FakeEarcons {
  let played: Earcon[] = []
  return {
    // Like the real one: volume 0 is no sound.
    play: (earcon, volumePercent) => void (volumePercent > 0 && played.push(earcon)),
    take() {
      const taken = played
      played = []
      return taken
    },
    close: () => Promise.resolve()
  }
}
