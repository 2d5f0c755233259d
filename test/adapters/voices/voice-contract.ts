import { describe, expect, test } from 'vitest'
import type { Voice } from '#core/ports/speech.ts'
import type { Utterance, VoiceEvent } from '#shared/speech.ts'
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
  /** The engine lists voices; without one to choose the list is empty. */
  hasVoices?: boolean
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
      if (event.type !== 'began' && event.type !== 'mark') resolve(event)
    })
  })
  return { events, over }
}

/** Not skipped but absent: where it makes no sense there is nothing to catch up on. */
const testUnless = (isSenseless: boolean) => (isSenseless ? () => undefined : test)

/** What is told of an utterance beside its marks. */
export const told = (events: VoiceEvent[]) => events.map(({ type }) => type).filter((type) => type !== 'mark')

const began = (events: VoiceEvent[]) => until(() => events.some(({ type }) => type === 'began'), { what: 'began' })

/** What the queue relies on, whichever engine speaks. */
export function describeVoiceContract(
  name: string,
  { create, killEngine, recording, isInstant = false, hasVoices = false }: VoiceUnderTest
): void {
  describe(`the contract of a voice: ${name}`, () => {
    // A real sound card: on a busy machine it may miss the only word.
    test('proves that it sounds', { retry: 2 }, async () => {
      const voice = create()
      expect(await voice.check()).toBe(true)
      await voice.close()
    })

    test('lists each voice once, with a readable name and a language', async () => {
      const voice = create()
      const voices = await voice.list()
      expect(voices.length > 0).toBe(hasVoices)
      expect(new Set(voices.map(({ id }) => id)).size).toBe(voices.length)
      for (const { name: label, language } of voices) {
        expect(label.trim()).not.toBe('')
        expect(Intl.getCanonicalLocales(language)).toEqual([language])
      }
      await voice.close()
    })

    test('reports began, then ended, once each, with marks at words in between', async () => {
      const voice = create()
      for (const text of ['Ready.', 'Go <b>.']) {
        const { events, over } = listen(voice, utterance(text))
        await over
        expect(told(events)).toEqual(['began', 'ended'])
        const marks = events.flatMap((event) => (event.type === 'mark' ? [event.character] : []))
        expect(marks).toEqual(marks.toSorted((one, other) => one - other))
        for (const character of marks) expect(text.slice(character)).toMatch(/^(?<!\S)\S/u)
        if (marks.length > 0) expect([events[0]?.type, events.at(-1)?.type]).toEqual(['began', 'ended'])
      }
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
      expect(told(first.events)).toEqual(['began', 'stopped'])
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

    test('reads an odd language tag, rate, volume, pitch and voice as data', async () => {
      const voice = create()
      const hostile = '-x\r\nQUIT; touch x'
      const odd = { language: hostile, rateWpm: 9999, volumePercent: -5, pitchPercent: 9999, voice: hostile }
      expect(await listen(voice, utterance('Fine.', odd)).over).toEqual({ type: 'ended' })
      const rare = { language: 'tlh', pitchPercent: -5, voice: 'none of mine' }
      expect(await listen(voice, utterance('Fine.', rare)).over).toEqual({ type: 'ended' })
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
      expect(told(events)).toEqual(['began', 'failed'])
      await voice.close()
    })
  })
}
