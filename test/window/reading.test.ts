// @module-tag xvfb
// @module-tag chromium
// @module-tag xdotool
// @module-tag python3-gi
// @module-tag fonts-dejavu
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWindow, type OpenWindow } from './open-window.ts'
import { audit } from '#test/audit.ts'
import { createFakeEarcons, type FakeEarcons } from '#test/fake-earcons.ts'
import { createFakeVoice, type FakeVoice } from '#test/fake-voice.ts'
import { answer } from '#test/model-server.ts'
import { photoPicture } from '#test/pictures.ts'
import { until } from '#test/process.ts'

/** Descry's own voice, led by keys in the window: its engine is played by the test, all else is real. */
let w: OpenWindow
let voice: FakeVoice
let earcons: FakeEarcons

const marked = (): Promise<string[]> => w.page.locator('.read').allTextContents()
const spoken = (text: string): Promise<unknown> =>
  until(() => voice.texts.at(-1) === text && voice.isSpeaking, { what: text })

beforeAll(async () => {
  voice = createFakeVoice('fake')
  earcons = createFakeEarcons()
  voice.list = () => Promise.resolve([{ id: 'deep', name: 'Deep', language: 'en' }])
  w = await openWindow({ settings: { language: 'en' }, dependencies: () => ({ voices: [voice], earcons }) })
})
afterAll(() => w.end())

test('highlights the sentence that is being read, and no other with the same words, and keys move through the caption', async () => {
  w.server.script([answer('A red bicycle. A white wall. A red bicycle.')])
  await w.copy(await photoPicture(300, 200, 'png'))
  await spoken('Picture ready')
  voice.finish()
  await w.press('ctrl+p')
  await spoken('A red bicycle.')
  await until(async () => (await marked()).join() === 'A red bicycle.', { what: 'the mark' })
  expect(await audit(w.page)).toEqual([])

  await w.press('F8')
  await until(() => !voice.isSpeaking, { what: 'the pause' })
  await until(async () => (await marked()).length === 0, { what: 'no mark' })
  await w.press('F8')
  await spoken('A red bicycle.')
  await w.press('F9')
  await spoken('A white wall.')
  await until(async () => (await marked()).join() === 'A white wall.', { what: 'the mark to move' })
  await w.press('F7')
  await spoken('A red bicycle.')
  await w.press('shift+F9')
  await until(() => voice.spoken.at(-1)?.rateWpm === 200, { what: 'the higher speed' })
  expect(voice.texts.at(-1)).toBe('A red bicycle.')
  await w.press('ctrl+period')
  await spoken('Stopped')
  voice.finish()
})

test('each change to the voice and the sounds is heard immediately', async () => {
  const pitch = w.page.getByLabel('Pitch')
  await pitch.fill('80')
  await pitch.press('Enter')
  await spoken('This is how Descry sounds.')
  expect(voice.spoken.at(-1)?.pitchPercent).toBe(80)
  voice.finish()
  await w.page.getByLabel('Voice', { exact: true }).selectOption('deep')
  await until(() => voice.spoken.at(-1)?.voice === 'deep', { what: 'the chosen voice' })
  voice.finish()
  const sounds = w.page.getByLabel('Sound effects volume')
  earcons.take()
  await sounds.fill('30')
  await sounds.press('Enter')
  await until(() => earcons.take().includes('ready'), { what: 'the sound' })
  expect(await audit(w.page)).toEqual([])
})
