import { beforeEach, describe, expect, test } from 'vitest'
import { createSpeechQueue, type SpeechQueue } from '#core/speaking/speech-queue.ts'
import type { Failure } from '#shared/errors.ts'
import { defaultSettings, type Settings } from '#shared/settings.ts'
import { streamInto } from '#test/arriving-caption.ts'
import { createFakeClock, settle, type FakeClock } from '#test/clock.ts'
import { createFakeVoice, type FakeVoice } from '#test/fake-voice.ts'
import { until } from '#test/process.ts'

let clock: FakeClock
let first: FakeVoice
let second: FakeVoice
let silent: FakeVoice
let failures: Failure[]
let queue: SpeechQueue
let engine: string | null

beforeEach(() => {
  clock = createFakeClock()
  first = createFakeVoice('first')
  second = createFakeVoice('second')
  silent = createFakeVoice('silent', { isHandDriven: false })
  failures = []
  engine = null
  queue = createSpeechQueue({
    voices: [first, second, silent],
    settings: () => ({ ...defaultSettings, language: 'de-DE', rateWpm: 300, volumePercent: 50, engine }),
    clock,
    onFailure: (failure) => failures.push(failure)
  })
})

/** Lets a voice finish everything it is given. */
async function finishAll(voice: FakeVoice): Promise<void> {
  await settle()
  while (voice.isSpeaking) {
    voice.finish()
    await settle()
  }
}

describe('opening', () => {
  test('the first voice that works is used', async () => {
    first.sounds = false
    expect(queue.voiceName).toBe('none')
    expect(await queue.open()).toBe('second')
    await queue.open()
    expect([first.checks, second.checks, silent.checks]).toEqual([1, 1, 0])
    expect(queue.voiceName).toBe('second')
  })

  test('the first utterance opens the queue', async () => {
    queue.say('Hello.', 'normal')
    await settle()
    expect(first.spoken).toEqual([
      { text: 'Hello.', language: 'de-DE', rateWpm: 300, volumePercent: 50, pitchPercent: 50, voice: null }
    ])
  })

  test('reports once that no voice works', async () => {
    first.sounds = second.sounds = false
    expect(await queue.open()).toBe('silent')
    queue.say('One. Two.', 'normal')
    await queue.idle()
    expect(silent.texts).toEqual(['One.', 'Two.'])
    expect(failures.map(({ code }) => code)).toEqual(['no-voice'])
  })
})

describe('order', () => {
  test('one sentence is spoken at a time', async () => {
    queue.say('One. **Two**.\nThree', 'normal')
    await settle()
    expect(first.texts).toEqual(['One.'])
    await finishAll(first)
    expect(first.texts).toEqual(['One.', 'Two.', 'Three'])
  })

  test('"next" comes before "normal", "now" silences everything', async () => {
    queue.say('Long. Longer.', 'normal')
    queue.say('After.', 'normal')
    queue.say('Soon.', 'next', 'en')
    await settle()
    first.finish()
    await settle()
    expect(first.texts).toEqual(['Long.', 'Soon.'])
    expect(first.spoken[1]?.language).toBe('en')
    queue.say('At once.', 'now')
    await settle()
    await finishAll(first)
    expect(first.texts).toEqual(['Long.', 'Soon.', 'At once.'])
    await queue.idle()
  })

  test('a caption is spoken as its sentences are complete, and keeps its turn', async () => {
    const stream = streamInto(queue)
    queue.say('Later.', 'normal')
    stream.append('A cat sits')
    await settle()
    expect(first.texts).toEqual([])
    stream.append(' there. It sl')
    await settle()
    expect(first.texts).toEqual(['A cat sits there.'])
    first.finish()
    queue.say('Urgent.', 'next')
    await settle()
    first.finish()
    stream.append('eeps')
    stream.end()
    stream.append(' Nothing.')
    await finishAll(first)
    expect(first.texts).toEqual(['A cat sits there.', 'Urgent.', 'It sleeps', 'Later.'])
    await queue.idle()
  })

  test('a newer caption interrupts the older one, whose rest is not heard', async () => {
    const older = streamInto(queue)
    older.append('One. Two. ')
    await settle()
    const newer = streamInto(queue)
    older.append('Three. ')
    older.end()
    newer.append('New. ')
    newer.end()
    await settle()
    await finishAll(first)
    expect(first.texts).toEqual(['One.', 'New.'])
    await queue.idle()
  })

  test('cancel silences its own caption only', async () => {
    const stream = streamInto(queue)
    stream.append('One. Two. ')
    queue.say('Other.', 'normal')
    await settle()
    stream.cancel()
    stream.append('Three. ')
    await settle()
    await finishAll(first)
    expect(first.texts).toEqual(['One.', 'Other.'])
  })

  test('text without words is not given to an engine', async () => {
    queue.say('… \n--- \n"" \n100 %', 'normal')
    await settle()
    await finishAll(first)
    expect(first.texts).toEqual(['100 %'])
  })
})

describe('stopping', () => {
  test('drops everything, and the queue can be used at once', async () => {
    const stream = streamInto(queue)
    stream.append('One. Two. ')
    queue.say('Three.', 'normal')
    await settle()
    queue.stop()
    stream.append('Four. ')
    await settle()
    expect(first.isSpeaking).toBe(false)
    await queue.idle()
    queue.say('Five.', 'now')
    await settle()
    await finishAll(first)
    expect(first.texts).toEqual(['One.', 'Five.'])
  })

  test('an engine that does not stop is replaced by the next one', async () => {
    queue.say('One.', 'normal')
    await settle()
    first.obeysStop = false
    queue.say('Two.', 'now')
    await clock.advance(1000)
    expect(second.texts).toEqual(['Two.'])
  })

  test('silencing the engine itself ends the whole message', async () => {
    queue.say('One. Two.', 'normal')
    queue.say('Three.', 'normal')
    await settle()
    first.stop()
    await settle()
    await finishAll(first)
    expect(first.texts).toEqual(['One.', 'Three.'])
  })

  test('idle() resolves on an idle queue and on a stopped one', async () => {
    await queue.idle()
    streamInto(queue)
    queue.stop()
    await queue.idle()
    await queue.close()
    queue.say('Too late.', 'now')
    await queue.idle()
    expect(first.texts).toEqual([])
  })
})

describe('voices that die', () => {
  test('the next voice speaks the whole sentence, and the rest', async () => {
    queue.say('One. Two. Three.', 'normal')
    await settle()
    first.finish()
    await settle()
    first.begin()
    first.fail()
    await settle()
    expect(queue.voiceName).toBe('second')
    await finishAll(second)
    expect(first.texts).toEqual(['One.', 'Two.'])
    expect(second.texts).toEqual(['Two.', 'Three.'])
    expect(failures).toEqual([])
  })

  test('an engine that hangs counts as dead', async () => {
    queue.say('One.', 'normal')
    await settle()
    first.obeysStop = false
    await clock.advance(20_000)
    expect(second.texts).toEqual(['One.'])
  })

  test('a better voice is used again after its rest, not before', async () => {
    queue.say('One. Two.', 'normal')
    await settle()
    first.fail()
    await settle()
    await finishAll(second)
    expect(second.texts).toEqual(['One.', 'Two.'])
    await clock.advance(31_000)
    queue.say('Three.', 'normal')
    await settle()
    await finishAll(first)
    expect(first.texts).toEqual(['One.', 'Three.'])
  })

  test('a voice that did not work is tried again while another speaks', async () => {
    first.sounds = false
    await queue.open()
    first.sounds = true
    await clock.advance(31_000)
    queue.say('One. Two.', 'normal')
    await settle()
    second.finish()
    await finishAll(first)
    expect([second.texts, first.texts]).toEqual([['One.'], ['Two.']])
  })

  test('a voice that died is checked again meanwhile, so that it is ready if the other dies, too', async () => {
    queue.say('One. Two.', 'normal')
    await settle()
    first.fail()
    await settle()
    expect([first.checks, second.isSpeaking]).toEqual([2, true])
    first.sounds = false
    second.fail()
    await settle()
    expect([first.checks, first.isSpeaking]).toEqual([2, true])
  })

  test('no sentence is lost when engines keep dying', async () => {
    const texts = Array.from({ length: 20 }, (_, index) => `Sentence ${index}.`)
    queue.say(texts.join('\n'), 'normal')
    const heard: string[] = []
    for (let deaths = 0; heard.length < texts.length;) {
      await settle()
      const voice = [first, second].find(({ isSpeaking }) => isSpeaking)
      if (!voice) break
      // Every sentence kills the engine that tries it first.
      if (deaths <= heard.length) {
        deaths += 1
        voice.fail()
      } else {
        heard.push(voice.texts.at(-1) ?? '')
        voice.finish()
      }
    }
    expect(heard).toEqual(texts)
    expect(silent.texts).toEqual([])
  })

  test('when all voices are dead, the text is still shown and the failure reported', async () => {
    queue.say('One.', 'normal')
    await settle()
    for (const voice of [first, second, first, second, first, second]) {
      expect(voice.isSpeaking).toBe(true)
      voice.fail()
      await settle()
    }
    await queue.idle()
    expect(silent.texts).toEqual(['One.'])
    expect(failures.map(({ code }) => code)).toEqual(['no-voice'])
  })

  test('a sentence that no voice could speak does not silence the next one', async () => {
    queue.say('One. Two.', 'normal')
    await settle()
    for (const voice of [first, second, first, second, first, second]) {
      voice.fail()
      await settle()
    }
    await until(() => first.isSpeaking, { what: 'the next sentence' })
    expect(silent.texts).toEqual(['One.'])
    expect(first.texts.at(-1)).toBe('Two.')
    await finishAll(first)
  })
})

describe('the engine of the settings', () => {
  /** The voice that speaks one more sentence. */
  async function nextVoice(): Promise<string> {
    queue.say('More.', 'normal')
    await settle()
    const name = queue.voiceName
    for (const voice of [first, second]) await finishAll(voice)
    await queue.idle()
    return name
  }

  test('is tried first', async () => {
    engine = 'second'
    expect(await queue.open()).toBe('second')
    expect(await nextVoice()).toBe('second')
    expect(first.checks).toBe(0)
  })

  test('is used from the next sentence on when it changes, and back again', async () => {
    expect(await nextVoice()).toBe('first')
    queue.say('One. Two.', 'normal')
    await settle()
    engine = 'second'
    first.finish()
    await settle()
    expect([first.texts.at(-1), second.texts]).toEqual(['One.', ['Two.']])
    await finishAll(second)
    engine = null
    expect(await nextVoice()).toBe('first')
  })

  test('changes nothing if it is unknown, does not work, or is the last one', async () => {
    second.sounds = false
    for (const name of ['nonsense', 'second', 'silent', null]) {
      engine = name
      expect(await nextVoice()).toBe('first')
    }
    expect(second.checks).toBe(1)
  })

  test('is tried at once even if it failed a moment ago', async () => {
    engine = 'second'
    await queue.open()
    queue.say('One.', 'normal')
    await settle()
    second.fail()
    expect(await nextVoice()).toBe('first')
    engine = null
    await nextVoice()
    engine = 'second'
    expect(await nextVoice()).toBe('second')
  })
})

describe('the language of a caption', () => {
  const german = 'Ein Hund liegt neben einer Bank im Park und schläft.'
  const english = 'The woman in the yellow raincoat is walking with her dog.'

  async function speakCaptions(languages: string[]): Promise<FakeVoice> {
    const voice = createFakeVoice('fake', { isHandDriven: false })
    voice.list = () => Promise.resolve(languages.map((language) => ({ id: language, name: language, language })))
    const settings = (): Settings => ({ ...defaultSettings, language: 'de-AT' })
    const queue = createSpeechQueue({ voices: [voice], settings, clock: createFakeClock() })
    await queue.open()
    await settle()
    for (const caption of [german, english, german]) {
      const stream = streamInto(queue, { priority: 'normal' })
      stream.append(caption)
      stream.end()
      await queue.idle()
    }
    return voice
  }

  test('is the one asked for, unless the text is clearly in another', async () => {
    const voice = await speakCaptions(['de', 'en-GB'])
    expect(voice.spoken.map(({ text, language }) => [text, language])).toEqual([
      [german, 'de-AT'],
      [english, 'en'],
      [german, 'de-AT']
    ])
  })

  test('says once that no voice speaks it', async () => {
    const voice = await speakCaptions(['en-GB'])
    expect(voice.texts).toEqual([german, 'No German voice is installed.', english, german])
  })
})
