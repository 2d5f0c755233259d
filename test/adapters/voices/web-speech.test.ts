// @module-tag dbus
// @module-tag pulseaudio
// @module-tag speech-dispatcher
// @module-tag chromium
import { readFile } from 'node:fs/promises'
import { stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'
import { chromium, type BrowserContext, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWebSpeechVoice } from '#adapters/voices/web-speech.ts'
import { createEmitter } from '#core/async/emitter.ts'
import { chromiumArguments, findChromium } from '#preview/chromium.ts'
import type { RequestInput } from '#shared/bridge.ts'
import type { Desktop } from '#test/desktop.ts'
import { startSoundDesktop } from '#test/sound-desktop.ts'
import { pitchHz, type Recording } from '#test/sound.ts'
import { describeVoiceContract, listen, utterance } from './voice-contract.ts'

// The real browser with the renderer's real half, heard on the null sink of a private desktop.
let desktop: Desktop
let recording: Recording
let context: BrowserContext
let page: Page
const events = createEmitter<RequestInput<'speech-event'>>()

beforeAll(async () => {
  ;({ desktop, recording } = await startSoundDesktop())
  context = await chromium.launchPersistentContext(join(desktop.home, 'chromium'), {
    executablePath: (await findChromium(process.env)).path,
    chromiumSandbox: false,
    args: [...chromiumArguments(), '--enable-speech-dispatcher'],
    env: Object.fromEntries(Object.entries(desktop.env).filter((entry): entry is [string, string] => !!entry[1]))
  })
  page = context.pages()[0] ?? (await context.newPage())
  await startRendererHalf()
})
afterAll(async () => {
  await context.close()
  await desktop.end()
})

/** The renderer's own module, with a bridge that leads here. */
async function startRendererHalf(): Promise<void> {
  await page.exposeFunction('tell', (event: RequestInput<'speech-event'>) => events.emit(event))
  const source = await readFile(new URL('../../../src/renderer/web-speech.ts', import.meta.url), 'utf8')
  const script = stripTypeScriptTypes(source)
    .replaceAll(/^import .*$/gmu, '')
    .replaceAll('export ', '')
  await page.evaluate(`{ ${script}
    startWebSpeech({ request: (name, event) => tell(event), on: (name, listener) => { globalThis.hear = listener } })
  }`)
}

const create = () =>
  createWebSpeechVoice({
    isOpen: () => true,
    onEvent: events.on,
    send(order) {
      void page.evaluate((sent) => (globalThis as unknown as { hear(order: unknown): void }).hear(sent), order)
    }
  })

describeVoiceContract('Web Speech', { create, recording: () => recording, hasVoices: true })

test('uses the requested voice and pitch', async () => {
  const voice = create()
  const voices = await voice.list()
  const german = voices.find(({ name, language }) => language === 'de' && name.startsWith('German'))
  const pitches: number[] = []
  for (const pitchPercent of [50, 100]) {
    const sinceMs = performance.now()
    const { over } = listen(voice, utterance('Siebzehn.', { voice: german?.id ?? null, pitchPercent, rateWpm: 175 }))
    expect(await over).toEqual({ type: 'ended' })
    pitches.push(pitchHz(recording.heard(sinceMs)))
  }
  // Chromium passes on less of it than the engine could do.
  const [own = 0, high = 0] = pitches
  expect(high).toBeGreaterThan(own * 1.1)
})

test('fails its check without a window, and without an answer', async () => {
  let isOpen = false
  const voice = createWebSpeechVoice({ isOpen: () => isOpen, onEvent: () => undefined, send: () => undefined })
  expect(await voice.check()).toBe(false)
  expect((await listen(voice, utterance('Hello.')).over).type).toBe('failed')
  isOpen = true
  expect((await listen(voice, utterance('Hello.')).over).type).toBe('failed')
})
