import type { Clock } from '../ports/time.ts'
import type { Utterance, Voice } from '../ports/speech.ts'
import { captionLanguageOf, type Settings } from '#shared/settings.ts'
import type { VoiceChoice } from './voice-choice.ts'

/** One sentence on its way to, or in, an engine. */
export interface SpokenSentence {
  /** False after stop(): what is still heard of it is a matter of milliseconds. */
  readonly isWanted: boolean
  /** Silences it; it is not spoken again by another voice. */
  stop(): void
  /** `silenced`: by somebody else, such as a key of the desktop; `lost`: no voice could speak it. Never rejects. */
  done: Promise<'ended' | 'stopped' | 'silenced' | 'lost'>
}

type Outcome = 'ended' | 'stopped' | 'failed' | 'hung'

/** An engine that does not report its silence within this time is taken for dead. */
const stopLimitMs = 1000

/** Speaks one sentence whole: by the voice of choice, and when that dies by the next, from its beginning. */
export function createSentenceSpeaker(
  choice: VoiceChoice,
  settings: () => Settings,
  clock: Clock
): (text: string, language: string | undefined) => SpokenSentence {
  return (text, language) => {
    let isWanted = true
    let stopVoice = (): void => undefined

    async function speak(): Promise<'ended' | 'stopped' | 'silenced' | 'lost'> {
      const attempts = new Map<Voice, number>()
      for (;;) {
        const voice = await choice.pick(attempts)
        if (!isWanted) return 'stopped'
        if (voice === null) return 'lost'
        const outcome = await speakOnce(voice, utteranceFor(text, language, settings()))
        const isDead = outcome === 'failed' || outcome === 'hung'
        if (isDead) choice.failed(voice)
        if (!isWanted) return 'stopped'
        if (!isDead) return outcome === 'ended' ? 'ended' : 'silenced'
        // Nobody shall wait for the same hang twice.
        attempts.set(voice, outcome === 'hung' ? Infinity : (attempts.get(voice) ?? 0) + 1)
      }
    }

    /** Resolves when the engine is done with the utterance. */
    function speakOnce(voice: Voice, utterance: Utterance): Promise<Outcome> {
      return new Promise((resolve) => {
        const settle = (outcome: Outcome): void => {
          cancelWatch()
          resolve(outcome)
        }
        // Far more than the slowest engine needs: this is for one that hangs, such as on a suspended sound server.
        let cancelWatch = clock.after(10_000 + utterance.text.length * 300, () => {
          voice.stop()
          settle('hung')
        })
        stopVoice = () => {
          voice.stop()
          cancelWatch()
          cancelWatch = clock.after(stopLimitMs, () => settle('hung'))
        }
        voice.speak(utterance, (event) => {
          if (event.type !== 'began' && event.type !== 'mark') settle(event.type)
        })
      })
    }

    return {
      get isWanted() {
        return isWanted
      },
      stop() {
        if (!isWanted) return
        isWanted = false
        stopVoice()
      },
      done: speak()
    }
  }
}

function utteranceFor(text: string, language: string | undefined, settings: Settings): Utterance {
  const { rateWpm, volumePercent, pitchPercent, voice } = settings
  return {
    text,
    language: language ?? captionLanguageOf(settings),
    rateWpm,
    volumePercent,
    pitchPercent,
    voice
  }
}
