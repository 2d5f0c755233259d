import { beforeEach, describe, expect, test } from 'vitest'
import { failure } from '#shared/errors.ts'
import {
  createAnnouncing,
  orcaIsGone,
  outOfReach,
  sentences,
  twoUtterances,
  type Announcing
} from '#test/announcing.ts'
import { settle } from '#test/clock.ts'
import type { FakeReader } from '#test/fake-reader.ts'
import type { FakeVoice } from '#test/fake-voice.ts'

let announcing: Announcing
let announcer: Announcing['announcer']
let orca: FakeReader
let voice: FakeVoice
let world: Announcing['world']
let region: string[]

/** Orca runs, and the user is in another program. */
beforeEach(() => {
  announcing = createAnnouncing()
  ;({ announcer, orca, voice, world, region } = announcing)
  orca.isThere = true
  world.reader = 'Orca'
})

const heard = (): { reader: string[]; voice: string[]; region: string[] } => ({
  reader: orca.texts,
  voice: voice.texts,
  region
})

describe('through the screen reader, away from our window', () => {
  test('a caption is two utterances, for speech and braille', async () => {
    await announcing.describePicture()
    await announcer.idle()
    expect(heard()).toEqual({ reader: twoUtterances, voice: [], region: [] })
  })

  test('a caption is in the language of captions, or in its own if that is clearly another', async () => {
    const caption = announcer.caption()
    caption.append('Eine Katze sitzt vor dem Fenster. This sentence was written in English by mistake. ')
    caption.end()
    await announcer.idle()
    expect(orca.heard.map(({ language }) => language)).toEqual(['de', 'en'])
  })

  test.each<[string, Partial<Announcing['world']>, 'command' | 'watcher', Partial<ReturnType<typeof heard>>]>([
    ['what came by itself too', {}, 'watcher', { reader: twoUtterances }],
    ['by choice', { settings: { speaker: 'reader' } }, 'command', { reader: twoUtterances }],
    ['the window in focus: the live region', { isFocused: true }, 'command', { region: twoUtterances }],
    [
      'own voice by choice: commands, and no braille',
      { settings: { speaker: 'own' } },
      'command',
      { voice: sentences }
    ],
    ['own voice by choice: what came by itself', { settings: { speaker: 'own' } }, 'watcher', {}],
    ['silent', { settings: { speaker: 'silent' } }, 'command', {}],
    ['another reader, without interface', { reader: 'Narrator' }, 'command', { voice: [...sentences, ...outOfReach] }],
    ['no reader', { reader: null }, 'command', { voice: sentences }]
  ])('%s', async (_, changes, cause, expected) => {
    Object.assign(world, changes)
    await announcing.describePicture(cause)
    expect(heard()).toEqual({ reader: [], voice: [], region: [], ...expected })
  })

  test('our voice speaks if the reader accepts no text, and says so once', async () => {
    orca.isThere = false
    await announcing.describePicture()
    await announcing.describePicture()
    expect(heard()).toEqual({ reader: [], voice: [...sentences, ...outOfReach, ...sentences], region: [] })
  })

  test('our voice speaks if the reader needs a permission, and says once which', async () => {
    orca.isForbidden = true
    await announcing.describePicture()
    await announcing.describePicture()
    expect(heard()).toEqual({
      reader: [],
      voice: [...sentences, 'It is not allowed.', 'Allow it.', ...sentences],
      region: []
    })
    orca.isForbidden = false
    await announcing.clock.advance(5000)
    await announcing.describePicture()
    expect(orca.texts).toEqual(twoUtterances)
  })

  test('the reader says that it speaks now if the permission was given meanwhile', async () => {
    orca.isForbidden = true
    announcer.say('Picture ready', 'watcher')
    await settle()
    expect(voice.isSpeaking).toBe(true)
    orca.isForbidden = false
    await announcing.finishAll()
    expect(heard()).toEqual({ reader: ['Descry now speaks through Orca.'], voice: ['Picture ready'], region: [] })
  })

  test('the reader is asked whether it accepts text once in five seconds, and never if it is not to speak', async () => {
    await announcing.describePicture()
    await announcing.describePicture()
    expect(orca.checks).toBe(1)
    await announcing.clock.advance(5000)
    await announcing.describePicture()
    expect(orca.checks).toBe(2)
    await announcing.clock.advance(5000)
    world.settings = { speaker: 'own' }
    await announcing.describePicture()
    expect(orca.checks).toBe(2)
  })

  test('messages and failures go to the reader in order and in English, with a repeated failure shortened', async () => {
    announcer.say('Picture ready', 'watcher')
    announcer.say('Caption copied', 'answer')
    announcer.fail(failure('refused'))
    announcer.fail(failure('refused'))
    announcer.say('Zwei Katzen.', 'watcher', 'de')
    await announcer.idle()
    // The answer has interrupted what was not yet said.
    expect(orca.heard).toEqual([
      { text: 'Caption copied', language: 'en' },
      { text: 'The provider declined to describe this picture. Try reading its text only.', language: 'en' },
      { text: 'The provider declined to describe this picture.', language: 'en' },
      { text: 'Zwei Katzen.', language: 'de' }
    ])
    expect(voice.texts).toEqual([])
  })

  test('warnings come with the second utterance', async () => {
    const caption = announcer.caption()
    caption.append('A dog. It barks')
    caption.warn(failure('cut-off'))
    caption.end()
    await announcer.idle()
    expect(orca.texts).toEqual(['A dog.', 'It barks. The description was cut short. Try again.'])
  })
})

describe('focus that moves in mid-stream', () => {
  test.each<[string, boolean, ReturnType<typeof heard>]>([
    ['into the window', true, { reader: ['First one.'], voice: [], region: ['Second one. Third one.'] }],
    ['out of the window', false, { reader: ['Second one. Third one.'], voice: [], region: ['First one.'] }]
  ])('%s: each utterance once, where the user is', async (_, isFocused, expected) => {
    world.isFocused = !isFocused
    const caption = announcer.caption()
    caption.append('First one. Second ')
    await settle()
    world.isFocused = isFocused
    caption.append('one. Third one. ')
    caption.end()
    await announcer.idle()
    expect(heard()).toEqual(expected)
  })
})

test('each sentence is heard exactly once, however focus and reader come and go', async () => {
  const said = ['Eins ist da.', 'Zwei ist da.', 'Drei ist da.', 'Vier ist da.']
  // Which of four things happens before each sentence and before the end: all 1024 ways.
  for (let way = 0; way < 4 ** 5; way += 1) {
    const announcing = createAnnouncing()
    const { announcer, orca, voice, world, region } = announcing
    orca.isThere = true
    Object.assign(world, { reader: 'Orca', isFocused: way % 2 === 0 })
    const happen = (step: number): void => {
      const what = Math.floor(way / 4 ** step) % 4
      if (what === 1) world.isFocused = !world.isFocused
      if (what === 2) orca.leave()
      if (what === 3) world.reader = world.reader === null ? 'Orca' : null
    }
    const caption = announcer.caption()
    for (const [step, sentence] of said.entries()) {
      happen(step)
      caption.append(`${sentence} `)
      await settle()
    }
    happen(said.length)
    caption.end()
    await announcing.finishAll()
    await announcer.idle()
    const everywhere = [...orca.texts, ...voice.texts, ...region].join(' ')
    const times = said.map((sentence) => everywhere.split(sentence).length - 1)
    expect(times, `way ${way}`).toEqual([1, 1, 1, 1])
  }
})

describe('silence', () => {
  test.each<[string, () => void, string[]]>([
    ['stop', () => announcer.stop(), []],
    ['a new command', () => void announcer.caption(), []],
    ['an answer', () => announcer.say('Stopped', 'answer'), ['Stopped']]
  ])('%s silences the reader and drops the second utterance', async (_, act, after) => {
    orca.isTelling = true
    const caption = announcer.caption()
    caption.append('First one. Second one. ')
    await settle()
    act()
    caption.append('Third one. ')
    caption.end()
    await settle()
    expect(orca.silenced).toBe(1)
    expect(heard()).toEqual({ reader: ['First one.', ...after], voice: [], region: [] })
  })

  test('when the user silences the reader, neither the rest nor what waits is said', async () => {
    orca.isTelling = true
    const caption = announcer.caption()
    caption.append('First one. Second one. ')
    caption.end()
    await settle()
    announcer.say('Picture ready', 'watcher')
    await settle()
    orca.silenceByUser()
    await announcer.idle()
    expect(heard()).toEqual({ reader: ['First one.'], voice: [], region: [] })
    // The next one is heard again.
    orca.isTelling = false
    await announcing.describePicture()
    expect(orca.texts).toEqual(['First one.', ...twoUtterances])
  })

  test('the second utterance waits until the reader is done with the first', async () => {
    orca.isTelling = true
    const caption = announcer.caption()
    caption.append('First one. Second one. ')
    caption.end()
    await settle()
    expect(orca.texts).toEqual(['First one.'])
    orca.finish()
    await settle()
    expect(orca.texts).toEqual(['First one.', 'Second one.'])
    orca.finish()
    await announcer.idle()
  })

  test('of several new pictures the newest is heard', async () => {
    orca.isTelling = true
    const older = announcer.caption('watcher')
    older.append('Old one. Old two. ')
    await settle()
    announcer.say('Watching paused.', 'watcher')
    await settle()
    const newer = announcer.caption('watcher')
    newer.append('New one. ')
    newer.end()
    older.end()
    await settle()
    orca.finish()
    await settle()
    expect(orca.silenced).toBe(1)
    expect(orca.texts).toEqual(['Old one.', 'Watching paused.', 'New one.'])
  })
})

describe('a reader that goes away', () => {
  test('before the second utterance: our voice says the rest, and that the reader stopped', async () => {
    const caption = announcer.caption()
    caption.append('First one. Second one. ')
    await settle()
    orca.leave()
    world.reader = null
    caption.append('Third one. ')
    caption.warn(failure('cut-off'))
    caption.end()
    await announcing.finishAll()
    await announcer.idle()
    const warning = ['The description was cut short.', 'Try again.']
    expect(heard()).toEqual({
      reader: ['First one.'],
      voice: ['Second one.', 'Third one.', ...warning, ...orcaIsGone],
      region: []
    })
  })

  test('before the detector notices: our voice does the same', async () => {
    const caption = announcer.caption()
    caption.append('First one. Second one. ')
    await settle()
    orca.leave()
    caption.end()
    await announcing.finishAll()
    expect(heard()).toEqual({ reader: ['First one.'], voice: ['Second one.', ...orcaIsGone], region: [] })
  })

  test('in the middle of the first utterance: our voice says it again from the start, and the rest as it arrives', async () => {
    orca.isTelling = true
    const caption = announcer.caption()
    caption.append('First one. Second one. ')
    await settle()
    orca.leave()
    await announcing.finishAll()
    expect(voice.texts).toEqual(['First one.', 'Second one.'])
    caption.append('Third one. ')
    caption.end()
    await announcing.finishAll()
    await announcer.idle()
    expect(voice.texts).toEqual(['First one.', 'Second one.', 'Third one.', ...orcaIsGone])
  })

  test('in the middle of the second utterance: our voice says it again', async () => {
    orca.isTelling = true
    const caption = announcer.caption()
    caption.append('First one. Second one. ')
    caption.end()
    await settle()
    orca.finish()
    await settle()
    orca.leave()
    await announcing.finishAll()
    await announcer.idle()
    expect(voice.texts).toEqual(['Second one.', ...orcaIsGone])
  })

  test('after a stop: nothing more is said', async () => {
    orca.isTelling = true
    const caption = announcer.caption()
    caption.append('First one. Second one. ')
    caption.end()
    await settle()
    announcer.stop()
    orca.leave()
    await announcing.finishAll()
    await announcer.idle()
    expect(voice.texts).toEqual([])
  })

  test('the loss is said once, and again only after the reader was back', async () => {
    const loseInTheMiddle = async (): Promise<string[]> => {
      const caption = announcer.caption()
      caption.append('First one. ')
      await settle()
      orca.leave()
      caption.append('Second one. ')
      caption.end()
      await announcing.finishAll()
      return voice.texts.slice(-2)
    }
    expect(await loseInTheMiddle()).toEqual(orcaIsGone)
    // Still in the list of processes: Descry's voice goes on without repeating why.
    await announcing.describePicture()
    expect(voice.texts.slice(-3)).toEqual(sentences)
    orca.isThere = true
    await announcing.clock.advance(5000)
    expect(await loseInTheMiddle()).toEqual(orcaIsGone)
  })

  test('our voice says a message that the reader did not accept', async () => {
    announcer.say('Picture ready', 'watcher')
    await announcer.idle()
    orca.leave()
    announcer.say('Watching paused.', 'watcher')
    await announcing.finishAll()
    await announcer.idle()
    expect(heard()).toEqual({ reader: ['Picture ready'], voice: ['Watching paused.', ...orcaIsGone], region: [] })
    expect(voice.spoken.map(({ language }) => language)).toEqual(['en', 'en', 'en'])
  })
})
