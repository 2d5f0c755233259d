import { beforeEach, expect, test } from 'vitest'
import type { Preferences } from '#app/preferences.ts'
import { createSpeechCommands } from '#app/commands/speech-commands.ts'
import type { Announcer } from '#core/speaking/announcer.ts'
import { createSpeechQueue, type SpeechQueue } from '#core/speaking/speech-queue.ts'
import { streamInto } from '#test/arriving-caption.ts'
import { createFakeClock, settle } from '#test/clock.ts'
import { createFakeVoice, type FakeVoice } from '#test/fake-voice.ts'
import { defaultSettings, type Settings } from '#shared/settings.ts'

let voice: FakeVoice
let queue: SpeechQueue
let settings: Settings
let told: string[]
let commands: ReturnType<typeof createSpeechCommands>

beforeEach(async () => {
  voice = createFakeVoice('fake')
  settings = { ...defaultSettings, language: 'en' }
  told = []
  queue = createSpeechQueue({ voices: [voice], settings: () => settings, clock: createFakeClock() })
  const preferences = {
    current: () => settings,
    change: async (patch: Partial<Settings>) => void (settings = { ...settings, ...patch })
  } as Preferences
  const announcer = { say: (text: string) => told.push(text) } as unknown as Announcer
  commands = createSpeechCommands({ queue, announcer, preferences })
  await queue.open()
})

async function read(caption: string): Promise<void> {
  const stream = streamInto(queue)
  stream.append(caption)
  stream.end()
  await settle()
}
const press = async (id: keyof typeof commands): Promise<void> => {
  await commands[id]({}, 'window')
  await settle()
}

test('pause silences, and the same command goes on from the sentence that was broken off', async () => {
  await read('One cat. Two dogs.')
  expect(voice.texts).toEqual(['One cat.'])
  await press('pause')
  expect(voice.isSpeaking).toBe(false)
  await press('pause')
  expect(voice.texts).toEqual(['One cat.', 'One cat.'])
  expect(told).toEqual([])
})

test('sentences can be walked through, and the edges are told', async () => {
  await read('One cat. Two dogs.')
  await press('next-sentence')
  expect(voice.texts.at(-1)).toBe('Two dogs.')
  await press('next-sentence')
  expect(voice.texts.at(-1)).toBe('Last sentence')
  voice.finish()
  await settle()
  expect(voice.texts.at(-1)).toBe('Two dogs.')
  await press('previous-sentence')
  expect(voice.texts.at(-1)).toBe('One cat.')
  await press('previous-sentence')
  expect(voice.texts.at(-1)).toBe('First sentence')
  expect(told).toEqual([])
})

test('a new speed is heard at once: in the sentence being spoken, else in words', async () => {
  await press('faster')
  expect(voice.texts).toEqual(['200 words a minute'])
  voice.finish()
  await read('One cat.')
  await press('faster')
  expect(voice.spoken.map(({ rateWpm }) => rateWpm)).toEqual([200, 200, 225])
  await press('slower')
  expect(voice.spoken.at(-1)).toMatchObject({ text: 'One cat.', rateWpm: 200 })
})

test('the speed stays within what the settings allow', async () => {
  settings.rateWpm = 440
  await press('faster')
  expect(settings.rateWpm).toBe(440)
  expect(voice.texts).toEqual(['440 words a minute'])
})

test('the sentence is spelled', async () => {
  await read('A cat.')
  await press('spell')
  expect(voice.texts.at(-1)).not.toBe('A cat.')
  expect(told).toEqual([])
})

test('no key press is met with silence', async () => {
  for (const id of ['pause', 'previous-sentence', 'next-sentence', 'spell'] as const) await press(id)
  expect(told).toHaveLength(4)
})
