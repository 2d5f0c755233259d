import { describe, expect, test } from 'vitest'
import type { Utterance, Voice, VoiceEvent } from '#core/ports.ts'
import { until } from '#test/process.ts'
import type { Recording } from '#test/sound.ts'

export interface VoiceUnderTest {
  create: () => Voice
  /** Kills the engine that is speaking; missing where there is none to kill. */
  killEngine?: () => void | Promise<void>
  /** What is heard, where the engine sounds. */
  recording?: () => Recording
  /** The voice shows text only: an utterance is over before it can be stopped. */
  isInstant?: boolean
}

export const sentence = 'A dialog asks whether to save the changes to the letter before it is closed.'

export function utterance(text: string, changes: Partial<Utterance> = {}): Utterance {
  return { text, language: 'en', rateWpm: 450, volumePercent: 100, pitchPercent: 50, voice: null, ...changes }
}

/** Speaks and collects what the voice tells. */
export function listen(voice: Voice, what: Utterance): { events: VoiceEvent[]; over: Promise<VoiceEvent> } {
  const events: VoiceEvent[] = []
  const over = new Promise<VoiceEvent>((resolve) => {
    voice.speak(what, (event) => {
      events.push(event)
      if (event.type !== 'began') resolve(event)
    })
  })
  return { events, over }
}

/** Not skipped but absent: where it makes no sense there is nothing to catch up on. */
const testUnless = (isSenseless: boolean) => (isSenseless ? () => undefined : test)

const began = (events: VoiceEvent[]) => until(() => events.some(({ type }) => type === 'began'), { what: 'began' })

/** What the queue relies on, whichever engine speaks. */
export function describeVoiceContract(
  name: string,
  { create, killEngine, recording, isInstant = false }: VoiceUnderTest
): void {
  describe(`the contract of a voice: ${name}`, () => {
    test('proves that it sounds', async () => {
      const voice = create()
      expect(await voice.check()).toBe(true)
      await voice.close()
    })

    test('tells began, then ended, once each', async () => {
      const voice = create()
      const first = listen(voice, utterance('Ready.'))
      await first.over
      const second = listen(voice, utterance('Set.'))
      await second.over
      for (const { events } of [first, second]) expect(events.map(({ type }) => type)).toEqual(['began', 'ended'])
      await voice.close()
    })

    testUnless(isInstant)('is stopped at once and speaks again', async () => {
      const voice = create()
      const first = listen(voice, utterance(sentence))
      await began(first.events)
      voice.stop()
      voice.stop()
      expect(await first.over).toEqual({ type: 'stopped' })
      const second = listen(voice, utterance('Again.'))
      expect(await second.over).toEqual({ type: 'ended' })
      expect(first.events.map(({ type }) => type)).toEqual(['began', 'stopped'])
      await voice.close()
    })

    test('can be stopped before it began, and when nothing is spoken', async () => {
      const voice = create()
      voice.stop()
      const first = listen(voice, utterance(sentence))
      voice.stop()
      expect(await first.over).toEqual({ type: 'stopped' })
      voice.stop()
      expect(await listen(voice, utterance('Again.')).over).toEqual({ type: 'ended' })
      await voice.close()
    })

    test('reads an odd language tag, rate and volume as data', async () => {
      const voice = create()
      const odd = utterance('Fine.', { language: '-x\r\nQUIT; touch x', rateWpm: 9999, volumePercent: -5 })
      expect(await listen(voice, odd).over).toEqual({ type: 'ended' })
      expect(await listen(voice, utterance('Fine.', { language: 'tlh' })).over).toEqual({ type: 'ended' })
      await voice.close()
    })

    testUnless(isInstant)('ends what it says when it is closed', async () => {
      const voice = create()
      const startMs = performance.now()
      const { events, over } = listen(voice, utterance(sentence))
      await began(events)
      await recording?.().sound(startMs)
      await voice.close()
      expect((await over).type).toMatch(/^(?:stopped|failed)$/u)
      const closedMs = performance.now()
      await voice.close()
      if (recording === undefined) return
      // Long enough to hear an engine that goes on.
      await until(() => performance.now() - closedMs > 500)
      expect(recording().firstSoundMs(closedMs + 100)).toBe(null)
    })

    testUnless(!killEngine)('tells that its engine died, and speaks again', async () => {
      const voice = create()
      const { events, over } = listen(voice, utterance(sentence))
      await began(events)
      await killEngine?.()
      expect((await over).type).toBe('failed')
      expect(await listen(voice, utterance('Again.')).over).toEqual({ type: 'ended' })
      expect(events).toHaveLength(2)
      await voice.close()
    })
  })
}
