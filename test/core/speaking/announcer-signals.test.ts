import { beforeEach, describe, expect, test } from 'vitest'
import type { CaptionAnnouncement } from '#core/speaking/announcer.ts'
import { failure } from '#shared/errors.ts'
import { createAnnouncing, type Announcing } from '#test/announcing.ts'
import { settle, type FakeClock } from '#test/clock.ts'
import type { FakeEarcons } from '#test/fake-earcons.ts'
import type { FakeReader } from '#test/fake-reader.ts'
import type { FakeVoice } from '#test/fake-voice.ts'

let announcing: Announcing
let announcer: Announcing['announcer']
let clock: FakeClock
let earcons: FakeEarcons
let orca: FakeReader
let voice: FakeVoice
let world: Announcing['world']
let region: string[]

beforeEach(() => {
  announcing = createAnnouncing()
  ;({ announcer, clock, earcons, orca, voice, world, region } = announcing)
  orca.isThere = true
})

/** Everything that tells something, one after the other, with what was heard of each. */
async function signalAll(): Promise<Record<string, string[]>> {
  const told: Record<string, string[]> = {}
  const note = async (name: string, act: () => void): Promise<void> => {
    act()
    await announcing.finishAll()
    const sounds = earcons.take().map((earcon) => `(${earcon})`)
    told[name] = [...sounds, ...voice.texts, ...region, ...orca.texts.map((text) => `Orca: ${text}`)]
    for (const list of [voice.spoken, region, orca.heard]) list.length = 0
  }
  await note('captured', () => announcer.captured())
  await note('ready', () => announcer.pictureReady())
  await note('failed', () => announcer.fail(failure('offline')))
  await note('failed again', () => announcer.fail(failure('offline')))
  return told
}

const [cause, next] = ['Sending is off.', 'Turn sending on for a full description.']
const both = `${cause} ${next}`

describe('each sound comes with its words, or is replaced by its text', () => {
  test.each<[string, Partial<Announcing['world']>, Record<string, string[]>]>([
    [
      'our own voice',
      {},
      {
        captured: ['(captured)'],
        ready: ['(ready)', 'Picture ready'],
        failed: ['(failed)', cause, next],
        'failed again': ['(failed)', cause]
      }
    ],
    [
      'the reader',
      { reader: 'Orca' },
      {
        captured: ['(captured)'],
        ready: ['(ready)', 'Orca: Picture ready'],
        failed: ['(failed)', `Orca: ${both}`],
        'failed again': ['(failed)', `Orca: ${cause}`]
      }
    ],
    [
      'the window',
      { reader: 'Orca', isFocused: true },
      {
        captured: ['(captured)'],
        ready: ['(ready)', 'Picture ready'],
        failed: ['(failed)', `! ${both}`],
        'failed again': ['(failed)', `! ${cause}`]
      }
    ],
    [
      'sounds off',
      { settings: { earconVolumePercent: 0 } },
      { captured: [], ready: ['Picture ready'], failed: [cause, next], 'failed again': [cause] }
    ],
    [
      'sounds off, and what came by itself is not spoken: the twin through the reader',
      { reader: 'Orca', settings: { speaker: 'own', earconVolumePercent: 0 } },
      { captured: [], ready: ['Orca: Picture ready'], failed: [cause, next], 'failed again': [cause] }
    ],
    [
      'silent, the window in focus: no sound, twins and words in the window',
      { reader: 'Orca', isFocused: true, settings: { speaker: 'silent' } },
      {
        captured: ['Captured'],
        ready: ['Picture ready'],
        failed: [`! ${both}`],
        'failed again': [`! ${cause}`]
      }
    ],
    [
      'silent, elsewhere: twins through the reader',
      { reader: 'Orca', settings: { speaker: 'silent' } },
      {
        captured: ['Orca: Captured'],
        ready: ['Orca: Picture ready'],
        failed: ['Orca: Failed'],
        'failed again': ['Orca: Failed']
      }
    ],
    [
      'silent, elsewhere, without a reader',
      { settings: { speaker: 'silent' } },
      { captured: [], ready: [], failed: [], 'failed again': [] }
    ]
  ])('%s', async (_, changes, expected) => {
    Object.assign(world, changes)
    expect(await signalAll()).toEqual(expected)
  })
})

describe('a slow request', () => {
  test('is silent for 3 s, then ticks, says "Still working" once at 12 s, and stops when the caption begins', async () => {
    const caption = announcer.caption()
    await clock.advance(2999)
    expect(earcons.take()).toEqual([])
    await clock.advance(1)
    expect(earcons.take()).toEqual(['working'])
    await clock.advance(8999)
    expect(earcons.take()).toEqual(['working', 'working'])
    await clock.advance(1)
    await announcing.finishAll()
    await clock.advance(8000)
    expect(voice.texts).toEqual(['Still working'])
    expect(earcons.take()).toEqual(['working', 'working'])
    caption.append('A cat. ')
    await announcing.finishAll()
    await clock.advance(60_000)
    expect(earcons.take()).toEqual([])
    expect(clock.pending).toBe(0)
  })

  test.each<[string, (caption: CaptionAnnouncement) => void]>([
    ['stop', () => announcer.stop()],
    ['a failure', (caption) => caption.cancel()]
  ])('%s ends it', async (_, act) => {
    act(announcer.caption())
    await clock.advance(60_000)
    expect([earcons.take(), clock.pending]).toEqual([[], 0])
  })
  test('never ticks while our voice speaks', async () => {
    announcer.caption()
    announcer.say('Sixty cents are spent.', 'answer')
    await clock.advance(4000)
    expect([voice.isSpeaking, earcons.take()]).toEqual([true, []])
    await announcing.finishAll()
    await clock.advance(3000)
    expect(earcons.take()).toEqual(['working'])
  })

  test('never ticks while the reader speaks', async () => {
    Object.assign(world, { reader: 'Orca' })
    orca.isTelling = true
    announcer.caption()
    announcer.say('Sixty cents are spent.', 'answer')
    await clock.advance(4000)
    expect(earcons.take()).toEqual([])
    orca.finish()
    await clock.advance(3000)
    expect(earcons.take()).toEqual(['working'])
  })

  test.each([true, false])(
    'nor as long as a reader that does not tell may speak (window focused: %s)',
    async (isFocused) => {
      Object.assign(world, { reader: 'Orca', isFocused })
      announcer.caption()
      await clock.advance(2000)
      // 80 characters: about five seconds.
      announcer.say('x'.repeat(80), 'watcher')
      await clock.advance(4500)
      expect(earcons.take()).toEqual([])
      await clock.advance(500 + 4000)
      expect(earcons.take()).toEqual(['working'])
    }
  )

  test('shows its text once a wait, not with every tick, if the speaker is silent', async () => {
    Object.assign(world, { reader: 'Orca', settings: { speaker: 'silent' } })
    announcer.caption()
    await clock.advance(11_000)
    expect(orca.texts).toEqual(['Working'])
    announcer.caption()
    await clock.advance(11_000)
    expect(orca.texts).toEqual(['Working', 'Working'])
    expect(earcons.take()).toEqual([])
  })
})

describe('no voice can be heard', () => {
  const words = 'No working voice was found. Install espeak-ng, or check your sound output.'

  test.each<[string, Partial<Announcing['world']>, string[], string[]]>([
    ['the window alerts, with or without focus', {}, [`! ${words}`], []],
    ['a reader in our window reads the alert', { reader: 'Orca', isFocused: true }, [`! ${words}`], []],
    ['elsewhere the reader says it', { reader: 'Orca', settings: { speaker: 'own' } }, [], [words]]
  ])('%s', async (_, changes, shown, read) => {
    Object.assign(world, changes)
    announcer.voiceFailed(failure('no-voice'))
    await settle()
    expect([region, orca.texts, voice.texts]).toEqual([shown, read, []])
    expect(earcons.take()).toEqual(['failed'])
  })
})

describe('in a shared room', () => {
  test('new pictures are silent, and what was asked for is heard', async () => {
    world.isShared = true
    announcer.pictureReady()
    announcer.say('50 pictures ready', 'watcher')
    announcer.fail(failure('offline'), 'watcher')
    await announcing.describePicture('watcher')
    expect([...earcons.take(), ...voice.texts, ...region, ...orca.texts]).toEqual([])
    announcer.say('Caption copied', 'answer')
    await announcing.finishAll()
    expect(voice.texts).toEqual(['Caption copied'])
    world.isShared = false
    announcer.pictureReady()
    await announcing.finishAll()
    expect(earcons.take()).toEqual(['ready'])
    expect(voice.texts).toEqual(['Caption copied', 'Picture ready'])
  })

  test.each<['command' | 'watcher', string[], string[]]>([
    ['command', ['working', 'working', 'working'], ['Still working']],
    ['watcher', [], []]
  ])('how a request goes on is told when its cause is a %s', async (cause, sounds, words) => {
    world.isShared = true
    announcer.caption(cause)
    await clock.advance(12_000)
    await announcing.finishAll()
    expect([earcons.take(), voice.texts]).toEqual([sounds, words])
  })

  test('an answer does not wait for the system to say whether the room is shared', async () => {
    world.isShared = new Promise(() => undefined)
    announcer.pictureReady()
    await settle()
    announcer.say('Caption copied', 'answer')
    await announcing.finishAll()
    expect(voice.texts).toEqual(['Caption copied'])
  })
})
