import type { EarconPlayer } from '#core/ports/speech.ts'
import type { Earcon } from '#shared/earcons.ts'

/** Keeps what it was asked to play, for tests of who asks when. */
export interface FakeEarcons extends EarconPlayer {
  /** Since the last take(). */
  take(): Earcon[]
}

export function createFakeEarcons(): FakeEarcons {
  let played: Earcon[] = []
  return {
    // As the real one: 0 is no sound.
    play: (earcon, volumePercent) => void (volumePercent > 0 && played.push(earcon)),
    take() {
      const taken = played
      played = []
      return taken
    },
    close: () => Promise.resolve()
  }
}
