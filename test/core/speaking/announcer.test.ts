import { beforeEach, describe, expect, test } from 'vitest'
import { failure } from '#shared/errors.ts'
import { createAnnouncing, outOfReach, sentences, twoUtterances, type Announcing } from '#test/announcing.ts'
import { settle, type FakeClock } from '#test/clock.ts'
import type { FakeVoice } from '#test/fake-voice.ts'

let announcing: Announcing
let announcer: Announcing['announcer']
let clock: FakeClock
let voice: FakeVoice
let world: Announcing['world']
let region: string[]

beforeEach(() => {
  announcing = createAnnouncing()
  ;({ announcer, clock, voice, world, region } = announcing)
})

const finishAll = (): Promise<void> => announcing.finishAll()
const describePicture = (cause?: 'command' | 'watcher'): Promise<void> => announcing.describePicture(cause)

describe('exactly one announcer', () => {
  test.each<[string, Partial<typeof world>, 'command' | 'watcher', string[], string[]]>([
    ['no reader', {}, 'command', sentences, []],
    ['no reader, window focused: the region stays empty', { isFocused: true }, 'command', sentences, []],
    [
      'a reader that is chosen but does not run',
      { settings: { speaker: 'reader' }, isFocused: true },
      'command',
      sentences,
      []
    ],
    ['a reader, window focused', { reader: 'Orca', isFocused: true }, 'command', [], twoUtterances],
    [
      'a reader by choice',
      { reader: 'Orca', isFocused: true, settings: { speaker: 'reader' } },
      'watcher',
      [],
      twoUtterances
    ],
    ['a reader out of reach', { reader: 'Orca' }, 'command', [...sentences, ...outOfReach], []],
    [
      'own voice beside a reader: commands',
      { reader: 'Orca', isFocused: true, settings: { speaker: 'own' } },
      'command',
      sentences,
      []
    ],
    [
      'own voice beside a reader: watchers',
      { reader: 'Orca', isFocused: true, settings: { speaker: 'own' } },
      'watcher',
      [],
      twoUtterances
    ],
    [
      'own voice beside a reader, elsewhere: watchers',
      { reader: 'Orca', settings: { speaker: 'own' } },
      'watcher',
      [],
      []
    ],
    ['own voice without a reader: watchers', { settings: { speaker: 'own' } }, 'watcher', sentences, []],
    ['a host that cannot tell about focus', { isHostBroken: true }, 'command', sentences, []],
    ['silent', { settings: { speaker: 'silent' } }, 'command', [], []],
    [
      'silent, window focused',
      { settings: { speaker: 'silent' }, isFocused: true, reader: 'Orca' },
      'command',
      [],
      twoUtterances
    ]
  ])('%s', async (_, changes, cause, spoken, shown) => {
    Object.assign(world, changes)
    await describePicture(cause)
    expect(voice.texts).toEqual(spoken)
    expect(region).toEqual(shown)
    await announcer.idle()
  })

  test('our voice says the rest when the window loses focus, because the live region would not be heard', async () => {
    Object.assign(world, { reader: 'Orca', isFocused: true })
    const caption = announcer.caption()
    caption.append('First one. ')
    await settle()
    world.isFocused = false
    caption.append('Second one. ')
    caption.end()
    await finishAll()
    expect([voice.texts, region]).toEqual([['Second one.', ...outOfReach], ['First one.']])
  })

  test('says once a run that the reader cannot be reached', async () => {
    world.reader = 'Orca'
    await describePicture()
    await describePicture()
    expect(voice.texts).toEqual([...sentences, ...outOfReach, ...sentences])
  })
})

test("a caption is in the language of captions, Descry's messages are in English", async () => {
  const answer = announcer.caption()
  answer.append('Ein Hund liegt neben einer Bank im Park. ')
  answer.warn(failure('no-key'))
  answer.end()
  await finishAll()
  expect(voice.spoken.map(({ language }) => language)).toEqual(['de', 'en', 'en'])
})

describe('interruptions', () => {
  test('a newer caption silences the older one, which ends silently', async () => {
    const older = announcer.caption()
    older.append('Old one. Old two. ')
    await settle()
    const newer = announcer.caption()
    await settle()
    expect(voice.isSpeaking).toBe(false)
    older.append('Old three. ')
    older.end()
    newer.append('New one. ')
    newer.end()
    await finishAll()
    expect(voice.texts).toEqual(['Old one.', 'New one.'])
    await announcer.idle()
  })

  test.each<[string, () => void]>([
    ['stop', () => announcer.stop()],
    ['a new command', () => void announcer.caption()],
    ['an answer', () => announcer.say('Stopped', 'answer')]
  ])('%s drops the second utterance to a reader', async (_, act) => {
    Object.assign(world, { reader: 'Orca', isFocused: true })
    const caption = announcer.caption()
    caption.append('First one. Second one. ')
    await settle()
    act()
    caption.end()
    await settle()
    expect(region.filter((text) => text !== 'Stopped')).toEqual(['First one.'])
  })

  test('an answer does not drop a caption that has not begun', async () => {
    const caption = announcer.caption()
    announcer.say('Two cents spent.', 'answer')
    await finishAll()
    caption.append('A cat. ')
    caption.end()
    await finishAll()
    expect(voice.texts).toEqual(['Two cents spent.', 'A cat.'])
  })

  test('a new picture neither interrupts nor replaces what the user asked for', async () => {
    const asked = announcer.caption('command')
    asked.append('Asked one. ')
    await settle()
    const came = announcer.caption('watcher')
    came.append('Came during it. ')
    came.end()
    await settle()
    asked.append('Asked two. ')
    asked.end()
    const cameLater = announcer.caption('watcher')
    cameLater.append('Came after it. ')
    cameLater.end()
    await finishAll()
    expect(voice.texts).toEqual(['Asked one.', 'Asked two.', 'Came after it.'])
    await announcer.idle()
  })

  test('of several new pictures the newest is heard', async () => {
    const older = announcer.caption('watcher')
    older.append('Old one. Old two. ')
    await settle()
    const newer = announcer.caption('watcher')
    await settle()
    expect(voice.isSpeaking).toBe(true)
    newer.append('New one. ')
    newer.end()
    older.end()
    await finishAll()
    expect(voice.texts).toEqual(['Old one.', 'New one.'])
  })

  test('cancel ends a caption, stop ends everything, and the announcer is idle after both', async () => {
    const caption = announcer.caption()
    caption.append('One. Two. ')
    await settle()
    caption.cancel()
    caption.append('Three. ')
    caption.end()
    announcer.say('Picture ready', 'watcher')
    announcer.stop()
    await settle()
    await announcer.idle()
    expect(voice.texts).toEqual(['One.'])
  })
})

describe('waiting', () => {
  test('"Still working" is said once, after 12 s without a sentence', async () => {
    const caption = announcer.caption()
    await clock.advance(11_999)
    expect(voice.texts).toEqual([])
    await clock.advance(1)
    await finishAll()
    await clock.advance(60_000)
    caption.append('Done. ')
    caption.end()
    await finishAll()
    expect(voice.texts).toEqual(['Still working', 'Done.'])
  })

  test('"Still working" is not said once the first sentence has arrived, nor after a stop', async () => {
    announcer.caption().append('A cat. It')
    await finishAll()
    await clock.advance(15_000)
    announcer.caption()
    announcer.stop()
    await clock.advance(15_000)
    expect(voice.texts).toEqual(['A cat.'])
    expect(clock.pending).toBe(0)
  })
})

describe('failures', () => {
  test('are said with the next step, and for ten minutes after that without it', async () => {
    const say = async () => {
      announcer.fail(failure('no-credit'))
      await finishAll()
      return voice.texts.splice(0)
    }
    await say()
    await clock.advance(9 * 60_000)
    await say()
    await clock.advance(10 * 60_000)
    await say()
    const [whole, next] = ['Your credit with the provider is used up.', 'Add credit on its billing page.']
    expect(voice.texts).toEqual([whole, next, whole, whole, next])
  })

  test('have at most 15 words', async () => {
    Object.assign(world, { reader: 'Orca', isFocused: true })
    announcer.fail({ code: 'internal', message: 'word '.repeat(14).trim(), next: 'Try again.' })
    announcer.fail({ code: 'offline', message: 'word '.repeat(40).trim(), next: 'Try again.' })
    await settle()
    expect(region).toEqual([`! ${'word '.repeat(14).trim()}`, `! ${'word '.repeat(15)}…`])
  })

  test('a warning follows the caption, in English', async () => {
    const caption = announcer.caption()
    caption.warn(failure('no-key'))
    caption.append('Ein Hund. ')
    caption.end()
    await finishAll()
    expect(voice.texts).toEqual(['Ein Hund.', 'A key is needed.', 'Add it in Settings.'])
    expect(voice.spoken.map(({ language }) => language)).toEqual(['de', 'en', 'en'])
  })

  test('a reader gets warnings with the second utterance, or alone if there is no caption', async () => {
    Object.assign(world, { reader: 'Orca', isFocused: true })
    const caption = announcer.caption()
    caption.append('A dog. It barks')
    caption.warn(failure('cut-off'))
    caption.end()
    await announcer.idle()
    const empty = announcer.caption()
    empty.warn(failure('refused'))
    empty.end()
    await announcer.idle()
    expect(region).toEqual([
      'A dog.',
      'It barks. The description was cut short. Try again.',
      'The provider declined to describe this picture. Try reading its text only.'
    ])
  })
})

test('messages keep their order', async () => {
  announcer.say('Picture ready', 'watcher')
  announcer.say('Watching paused.', 'watcher')
  await finishAll()
  expect(voice.texts).toEqual(['Picture ready', 'Watching paused.'])
})

describe('a notice', () => {
  async function describeWithNotice(): Promise<void> {
    const caption = announcer.caption()
    caption.notice('Notice: private.')
    caption.append('A letter. It is long. ')
    await settle()
    caption.append('It ends.')
    caption.end()
    await finishAll()
  }

  test('is said right after the first sentence', async () => {
    await describeWithNotice()
    expect(voice.texts).toEqual(['A letter.', 'Notice: private.', 'It is long.', 'It ends.'])
  })

  test('begins the second utterance for a screen reader', async () => {
    world.reader = 'Orca'
    world.isFocused = true
    await describeWithNotice()
    expect(region).toEqual(['A letter.', 'Notice: private. It is long. It ends.'])
  })

  test('is said once even if it comes late', async () => {
    const caption = announcer.caption()
    caption.append('A letter. It is long. ')
    await settle()
    caption.notice('Notice: private.')
    caption.append('It ends.')
    caption.end()
    await finishAll()
    expect(voice.texts).toEqual(['A letter.', 'It is long.', 'Notice: private.', 'It ends.'])
  })
})
