import type { Clock } from '../ports/time.ts'
import type { Voice } from '../ports/speech.ts'
import type { Utterance } from '#shared/speech.ts'
import { captionLanguageOf, type Settings } from '#shared/settings.ts'
import type { VoiceChoice } from './voice-choice.ts'

/** One piece of text that an engine speaks or is about to speak. */
export interface SpokenSentence {
  /** False after stop(), although it may be heard for some more milliseconds. */
  readonly isWanted: boolean
  /** Silences it; no other voice speaks it again. */
  stop(): void
  /** `silenced`: by something else, such as a key of the desktop. `lost`: no voice could speak it. Never rejects. */
  done: Promise<'ended' | 'stopped' | 'silenced' | 'lost'>
}

type Outcome = 'ended' | 'stopped' | 'failed' | 'hung'

/** An engine that has not reported that it stopped within this time counts as dead. */
const stopLimitMs = 1000

/** Speaks one piece completely: by the chosen voice and, if that dies, by the next one from the beginning. */
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
        // A hang is not tried twice, because the user would wait for it again.
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
        // Far more than the slowest engine needs: for one that hangs, for instance on a suspended sound server.
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
