import { describe, expect, test } from 'vitest'
import type { ReaderOutput } from '#core/ports/speech.ts'
import { hostileCaptions } from '#test/hostile-captions.ts'
import { until } from '#test/process.ts'
import { printableLine } from '#shared/printable.ts'

export interface ReaderUnderTest {
  create: () => ReaderOutput
  /** Starts the reader at the other end, with nothing heard yet. It is not there before. */
  arrive: () => Promise<void>
  /** Ends it, at once and in the middle of what it does. */
  leave: () => Promise<void>
  /** What it was given to say, in order. A text with "(hold)" in it keeps it busy until it leaves or is silenced. */
  heard: () => string[]
  /** What it was given for the braille display. */
  brailled: () => string[]
  /** How often it was silenced. */
  silenced: () => number
  /** How an utterance that nobody disturbs ends. */
  outcome: 'spoken' | 'handed-over'
  /** Processes that the adapter started and that still run. */
  helpers: () => number[]
}

export const hostileTexts = [
  ...hostileCaptions('/tmp/descry-reader-canary'),
  'Say "hello" & <b>it\'s</b> fine \\" & quit',
  '</speak><mark name="x"/> & ]]> <!-- ',
  '" & (do shell script "touch /tmp/descry-reader-canary") & "',
  'First line\nsecond line\r\nthird\tcell',
  'A cat 🐈‍⬛ and a flag 🏳️‍🌈',
  'שלום עולם, مرحبا بالعالم \u202eabc\u202c',
  'Half a pair \ud83d and nothing \u0000 more'
]

/** What the announcer relies on, whichever reader speaks. */
export function describeReaderContract(name: string, reader: ReaderUnderTest): void {
  const { create, arrive, leave, heard, brailled, silenced, outcome, helpers } = reader

  describe(`the contract of a reader's output: ${name}`, () => {
    test('a reader that is not running takes no text and causes no wait', async () => {
      const output = create()
      expect(await output.check()).toBe(false)
      await expect(output.speak('Hello.', 'en')).rejects.toMatchObject({ code: 'no-voice' })
      output.stop()
      await output.close()
      expect(helpers()).toEqual([])
    })

    test('is found silently, and takes an utterance for speech and braille', async () => {
      await arrive()
      const output = create()
      expect(await output.check()).toBe(true)
      expect(heard()).toEqual([])
      expect(await output.speak('A letter. It asks whether to save the changes.', 'en')).toBe(outcome)
      expect(await output.speak('Two buttons.', 'en')).toBe(outcome)
      const expected = ['A letter. It asks whether to save the changes.', 'Two buttons.']
      await until(() => heard().length === 2)
      expect(heard()).toEqual(expected)
      await until(() => brailled().length === 2)
      expect(brailled()).toEqual(expected)
      await output.close()
      await leave()
    })

    test('hostile text arrives as text', async () => {
      await arrive()
      const output = create()
      for (const text of hostileTexts) await output.speak(text, 'en\n"/><x')
      await until(() => heard().length === hostileTexts.length)
      expect(heard()).toEqual(hostileTexts.map((text) => printableLine(text).toWellFormed()))
      await output.close()
      await leave()
    })

    test('is silenced, and speaks again', async () => {
      await arrive()
      const output = create()
      output.stop()
      expect(silenced()).toBe(0)
      const first = output.speak(outcome === 'spoken' ? 'First (hold).' : 'First.', 'en')
      await until(() => heard().length === 1, { what: 'the utterance' })
      if (outcome === 'handed-over') await first
      output.stop()
      await until(() => silenced() === 1, { what: 'silence' })
      expect(await first).toBe(outcome === 'spoken' ? 'cancelled' : outcome)
      expect(await output.speak('Second.', 'en')).toBe(outcome)
      expect(heard()[1]).toBe('Second.')
      await output.close()
      await leave()
    })

    test('a reader that quits in the middle is reported as no-voice, and used again when it is back', async () => {
      await arrive()
      const output = create()
      const speaking = output.speak('Please (hold) on.', 'en')
      const told = expect(speaking).rejects.toMatchObject({ code: 'no-voice', next: "Using Descry's voice." })
      await until(() => heard().length === 1, { what: 'the utterance' })
      await leave()
      await told
      expect(await output.check()).toBe(false)
      await arrive()
      expect(await output.check()).toBe(true)
      expect(await output.speak('Back again.', 'en')).toBe(outcome)
      await output.close()
      await leave()
    })

    test('closing ends its helpers and can be repeated', async () => {
      await arrive()
      const output = create()
      const speaking = output.speak('Please (hold) on.', 'en').catch(() => null)
      await until(() => heard().length === 1, { what: 'the utterance' })
      await output.close()
      await speaking
      await output.close()
      await until(() => helpers().length === 0, { what: 'the end of its helpers' })
      await leave()
    })
  })
}
