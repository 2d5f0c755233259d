import { beforeEach, describe, expect, test } from 'vitest'
import { createSpeechQueue, type Reading, type SpeechQueue } from '#core/speaking/speech-queue.ts'
import { defaultSettings } from '#shared/settings.ts'
import { streamInto, type Appendable } from '#test/arriving-caption.ts'
import { createFakeClock, settle } from '#test/clock.ts'
import { createFakeVoice, type FakeVoice } from '#test/fake-voice.ts'

let voice: FakeVoice
let queue: SpeechQueue
let reading: Reading
let rateWpm: number
/** What the window was told to highlight. */
let highlighted: (number | null)[]

beforeEach(() => {
  voice = createFakeVoice('fake')
  rateWpm = 175
  highlighted = []
  queue = createSpeechQueue({
    voices: [voice, createFakeVoice('silent', { isHandDriven: false })],
    settings: () => ({ ...defaultSettings, language: 'en', rateWpm }),
    clock: createFakeClock(),
    onSentence: (sentence) => highlighted.push(sentence && sentence.sentenceId)
  })
  reading = queue.reading
})

/** What was given to the voice since this was asked last. */
async function heard(): Promise<string[]> {
  await settle()
  await settle()
  return voice.spoken.splice(0).map(({ text }) => text)
}

/** Lets the voice finish a number of sentences; gives what it began meanwhile. */
async function finish(times = 1): Promise<string[]> {
  await settle()
  for (let done = 0; done < times; done += 1) {
    voice.finish()
    await settle()
  }
  return heard()
}

async function caption(text = 'One. Two. Three. '): Promise<Appendable> {
  const stream = streamInto(queue, { itemId: 'shown' })
  stream.append(text)
  await settle()
  return stream
}

async function finishedCaption(): Promise<void> {
  ;(await caption()).end()
  await finish(3)
}

describe('pause', () => {
  test('silences the voice; resume speaks the sentence again and continues with what has arrived since', async () => {
    const stream = await caption('One. Two. ')
    expect(await finish()).toEqual(['One.', 'Two.'])
    expect(reading.pause()).toBe(true)
    expect(await heard()).toEqual([])
    expect([voice.isSpeaking, reading.isPaused]).toEqual([false, true])
    stream.append('Three. ')
    stream.end()
    expect(await heard()).toEqual([])
    expect(reading.resume()).toBe(true)
    expect(await finish(2)).toEqual(['Two.', 'Three.'])
    await queue.idle()
    expect(reading.isPaused).toBe(false)
  })

  test('between two sentences holds back what arrives', async () => {
    const stream = await caption('One. ')
    await finish()
    expect(reading.pause()).toBe(true)
    stream.append('Two. ')
    expect(await heard()).toEqual([])
    reading.resume()
    expect(await heard()).toEqual(['Two.'])
  })

  test('returns false when there is nothing to pause or resume', async () => {
    expect([reading.pause(), reading.resume()]).toEqual([false, false])
    await caption()
    expect([reading.pause(), reading.pause(), reading.resume(), reading.resume()]).toEqual([true, false, true, false])
  })

  test('followed quickly by resume restarts the sentence once', async () => {
    await caption()
    reading.pause()
    reading.resume()
    expect(await finish()).toEqual(['One.', 'One.', 'Two.'])
  })

  test('messages wait until it ends and follow the interrupted sentence', async () => {
    await caption()
    reading.pause()
    queue.say('Still working.', 'next')
    queue.say('Picture ready.', 'normal')
    expect(await heard()).toEqual(['One.'])
    reading.resume()
    expect(await finish(2)).toEqual(['One.', 'Still working.', 'Two.'])
  })

  test.each<[string, () => void]>([
    ['a user request', () => queue.say('New.', 'now')],
    ['a new caption', () => streamInto(queue).append('New. ')]
  ])('is ended by %s, which drops the rest', async (_, act) => {
    const stream = await caption()
    reading.pause()
    act()
    stream.append('Four. ')
    expect(await finish()).toEqual(['One.', 'New.'])
    expect(reading.isPaused).toBe(false)
    expect(await heard()).toEqual([])
  })

  test('ends with stop, and when the paused caption is cancelled', async () => {
    const stream = await caption()
    reading.pause()
    queue.stop()
    queue.say('Later.', 'normal')
    expect(await finish()).toEqual(['One.', 'Later.'])
    const other = await caption()
    await heard()
    reading.pause()
    other.cancel()
    stream.cancel()
    await settle()
    queue.say('After.', 'normal')
    expect(await heard()).toEqual(['After.'])
  })

  test('an aside is heard during a pause and does not end it', async () => {
    await caption()
    await heard()
    reading.pause()
    queue.say('200 words a minute.', 'aside')
    expect(await heard()).toEqual(['200 words a minute.'])
    expect(reading.isPaused).toBe(false)
    expect(await finish()).toEqual([])
    expect(reading.isPaused).toBe(true)
    reading.resume()
    expect(await heard()).toEqual(['One.'])
  })
})

test('an aside interrupts, and the interrupted sentence is spoken again; a second aside replaces the first', async () => {
  await caption()
  queue.say('First sentence.', 'aside')
  await settle()
  queue.say('First again. More.', 'aside')
  expect(await finish(3)).toEqual(['One.', 'First sentence.', 'First again.', 'More.', 'One.', 'Two.'])
})

describe('repeat', () => {
  test('speaks the current sentence again while the caption is being spoken, and continues', async () => {
    await caption()
    await finish()
    voice.spoken.length = 0
    expect(reading.repeat()).toBe(true)
    expect(await finish()).toEqual(['Two.', 'Three.'])
  })

  test('speaks the whole caption when it is over, even after it was stopped', async () => {
    expect(reading.repeat()).toBe(false)
    await finishedCaption()
    queue.say('Caption copied.', 'now')
    await finish()
    voice.spoken.length = 0
    reading.repeat()
    expect(await finish(1)).toEqual(['One.', 'Two.'])
    queue.stop()
    reading.repeat()
    expect(await finish(3)).toEqual(['One.', 'Two.', 'Three.'])
    await queue.idle()
  })

  test('includes what arrived after a stop', async () => {
    const stream = await caption('One. ')
    queue.stop()
    stream.append('Two. ')
    stream.end()
    expect(await heard()).toEqual(['One.'])
    await queue.idle()
    reading.repeat()
    expect(await finish(2)).toEqual(['One.', 'Two.'])
  })

  test('ends a pause', async () => {
    await caption()
    await heard()
    reading.pause()
    reading.repeat()
    expect(await finish()).toEqual(['One.', 'Two.'])
  })

  test('of the last caption is followed by the next one', async () => {
    await finishedCaption()
    voice.spoken.length = 0
    const newer = streamInto(queue)
    reading.repeat()
    newer.append('New. ')
    newer.end()
    expect(await finish(4)).toEqual(['One.', 'Two.', 'Three.', 'New.'])
    reading.repeat()
    expect(await heard()).toEqual(['New.'])
  })
})

describe('moving by sentence', () => {
  test('goes forward and back and continues from there', async () => {
    ;(await caption()).end()
    await heard()
    expect(reading.nextSentence()).toBe(true)
    expect(await finish()).toEqual(['Two.', 'Three.'])
    expect(reading.previousSentence()).toBe(true)
    expect(await heard()).toEqual(['Two.'])
    expect(await finish(2)).toEqual(['Three.'])
    await queue.idle()
    // It is over: back from the last sentence.
    expect(reading.previousSentence()).toBe(true)
    expect(await heard()).toEqual(['Two.'])
  })

  test('works faster than the engine stops', async () => {
    await caption('One. Two. Three. Four. ')
    reading.nextSentence()
    reading.nextSentence()
    reading.nextSentence()
    reading.previousSentence()
    expect(await heard()).toEqual(['One.', 'Three.'])
  })

  test('does nothing at either end and returns false', async () => {
    expect([reading.nextSentence(), reading.previousSentence()]).toEqual([false, false])
    const stream = await caption('One. ')
    expect(reading.previousSentence()).toBe(false)
    stream.end()
    expect(reading.nextSentence()).toBe(false)
    expect(voice.isSpeaking).toBe(true)
    expect(await finish()).toEqual(['One.'])
    await queue.idle()
    expect([reading.nextSentence(), reading.previousSentence()]).toEqual([false, false])
  })

  test('past what has arrived waits for more; going back from there reads the last sentence that arrived', async () => {
    const stream = await caption('One. Two. ')
    await heard()
    for (let times = 0; times < 4; times += 1) expect(reading.nextSentence()).toBe(true)
    expect(await heard()).toEqual([])
    reading.previousSentence()
    expect(await heard()).toEqual(['Two.'])
    reading.nextSentence()
    stream.append('Three. ')
    expect(await heard()).toEqual(['Three.'])
  })

  test('ends a pause; messages wait, and the one being spoken is dropped', async () => {
    await caption()
    reading.pause()
    reading.nextSentence()
    await settle()
    queue.say('Message. More of it.', 'next')
    queue.say('Waiting.', 'next')
    expect(await finish()).toEqual(['One.', 'Two.', 'Message.'])
    reading.previousSentence()
    expect(await finish(2)).toEqual(['One.', 'Waiting.', 'Two.'])
  })
})

describe('spell', () => {
  test('spells the current sentence and stays paused there', async () => {
    await caption('Ab c. Two. ')
    await heard()
    expect(reading.spell()).toBe(true)
    expect(await finish(2)).toEqual(['cap A, b, space', 'c, dot'])
    expect(reading.isPaused).toBe(true)
    reading.resume()
    expect(await finish()).toEqual(['Ab c.', 'Two.'])
  })

  test('is silenced by pause', async () => {
    await caption('Ab c. Two. ')
    await heard()
    reading.spell()
    await heard()
    expect(reading.pause()).toBe(true)
    expect(await heard()).toEqual([])
    expect([voice.isSpeaking, reading.pause(), reading.resume()]).toEqual([false, false, true])
    expect(await heard()).toEqual(['Ab c.'])
  })

  test('spells the last sentence of a caption that is over, and pauses nothing', async () => {
    expect(reading.spell()).toBe(false)
    await finishedCaption()
    voice.spoken.length = 0
    reading.spell()
    queue.say('Message.', 'normal')
    expect(await finish(1)).toEqual(['cap T, h, r, e, e, dot', 'Message.'])
  })
})

test('restarts a sentence at the new rate', async () => {
  await caption()
  rateWpm = 250
  expect(reading.restartSentence()).toBe(true)
  await settle()
  await settle()
  expect(voice.spoken.map((one) => [one.text, one.rateWpm])).toEqual([
    ['One.', 175],
    ['One.', 250]
  ])
  queue.stop()
  await settle()
  expect(reading.restartSentence()).toBe(false)
})

test('reports the id of the sentence that is being spoken, and null when none is', async () => {
  const stream = await caption('One. Two. ')
  await finish()
  queue.say('A message.', 'next')
  stream.append('Three. ')
  await finish(2)
  stream.end()
  reading.pause()
  await heard()
  reading.resume()
  await finish()
  await queue.idle()
  expect(highlighted).toEqual([0, 1, null, 2, null, 2, null])
})

test('a closed queue forgets the caption', async () => {
  await caption()
  await queue.close()
  await heard()
  expect([reading.repeat(), reading.nextSentence(), reading.spell()]).toEqual([false, false, false])
})
