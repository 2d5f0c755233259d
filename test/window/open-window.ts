import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { createDependencies, type Dependencies } from '#app/dependencies.ts'
import { startPreview, type Preview } from '#preview/preview.ts'
import type { Settings } from '#shared/settings.ts'
import { t } from '#shared/messages/messages.ts'
import { ownClipboard } from '#test/clipboard-owner.ts'
import { createFakeEarcons } from '#test/fake-earcons.ts'
import { startDesktop, type Desktop, type DesktopParts } from '#test/desktop.ts'
import { createFakeVoice, type FakeVoice } from '#test/fake-voice.ts'
import { startModelServer, type ModelServer } from '#test/model-server.ts'
import { until } from '#test/process.ts'
import { buildWindow } from '../../scripts/build.ts'

/** The real preview on a private desktop: built renderer, real preload, real handlers, a model server on loopback. */
export interface OpenWindow {
  desktop: Desktop
  server: ModelServer
  preview: Preview
  page: Page
  dependencies: Dependencies
  /** Descry's own, unless `dependencies` gives others. */
  voice: FakeVoice
  distDir: string
  /** What the page wrote to the console, every failed or foreign request, every policy violation. */
  complaints: string[]
  /** Presses real keys, named as xdotool names them, through the X server, and waits until the window has received them. */
  press(...keys: string[]): Promise<void>
  /** Types text through the X server. */
  type(text: string): Promise<void>
  /** Puts a PNG on the clipboard and waits until the window shows it. */
  copy(picture: Uint8Array): Promise<void>
  end(): Promise<void>
}

export interface OpenWindowOptions {
  desktop?: DesktopParts
  /** In addition to the server's address. By default, Descry is set up and may send to the server. */
  settings?: Partial<Settings>
  dependencies?: (dependencies: Dependencies, env: NodeJS.ProcessEnv) => Partial<Dependencies>
  /** Called with the desktop before the window opens. */
  before?: (desktop: Desktop) => Promise<void>
}

export async function openWindow(options: OpenWindowOptions = {}): Promise<OpenWindow> {
  const distDir = await mkdtemp(join(tmpdir(), 'descry-dist-'))
  const [desktop, server] = await Promise.all([startDesktop(options.desktop), startModelServer(), buildWindow(distDir)])
  // Native modules read the display and the bus from this process.
  Object.assign(process.env, desktop.env)
  await options.before?.(desktop)
  const real = createDependencies(desktop.env)
  const voice = createFakeVoice('fake', { isHandDriven: false })
  const dependencies: Dependencies = {
    ...real,
    voices: [voice],
    // A screen reader of another test must not be found.
    screenReader: { running: () => Promise.resolve(null) },
    earcons: createFakeEarcons(),
    ...options.dependencies?.(real, desktop.env)
  }
  const settings: Partial<Settings> = {
    baseUrl: server.baseUrl,
    sendingAllowedTo: server.baseUrl,
    isSetUp: true,
    screenshotFolders: [],
    // Tests copy the same pictures again and again.
    keepCaptions: false,
    ...options.settings
  }
  await mkdir(dirname(dependencies.paths.settingsFile), { recursive: true, mode: 0o700 })
  await writeFile(dependencies.paths.settingsFile, JSON.stringify(settings), { mode: 0o600 })
  const preview = await startPreview({ distDir, env: desktop.env, app: { dependencies } })
  const { page } = preview
  const complaints = listenForComplaints(page)
  await page.addInitScript(countKeys)
  await page.evaluate(countKeys)
  await page.locator('h2').first().waitFor()
  await until(async () => (await desktop.run('xdotool', ['getactivewindow'])).code === 0, { what: 'an active window' })

  return {
    desktop,
    server,
    preview,
    page,
    dependencies,
    voice,
    distDir,
    complaints,
    async press(...keys) {
      const before = await keysSoFar(page)
      await desktop.run('xdotool', keys.flatMap(pressAsAHand))
      // A key may close the window.
      await until(async () => page.isClosed() || (await keysSoFar(page)) >= before + keys.length, { what: 'the keys' })
    },
    async type(text) {
      await desktop.run('xdotool', ['type', '--clearmodifiers', '--delay', '20', text])
    },
    async copy(picture) {
      await ownClipboard(desktop, { 'image/png': picture })
      await page.locator('article .state', { hasText: t('window.state.waiting') }).waitFor()
    },
    async end() {
      await preview.close()
      await server.close()
      await desktop.end()
      await rm(distDir, { recursive: true })
    }
  }
}

/**
 * A chord for xdotool that releases its modifiers last, as a hand does. `xdotool key ctrl+k` releases Ctrl first: Orca then
 * takes the K for its own key for the next link, and stays silent about what follows.
 */
function pressAsAHand(chord: string): string[] {
  const names = chord.split('+')
  const modifiers = names.slice(0, -1)
  return [
    ...modifiers.flatMap((name) => ['keydown', name]),
    'key',
    '--delay',
    '30',
    names.at(-1) ?? '',
    ...modifiers.toReversed().flatMap((name) => ['keyup', name])
  ]
}

/** Runs in the page. Counts every key except modifiers. */
function countKeys(): void {
  const page = globalThis as unknown as { keysSoFar: number }
  page.keysSoFar = 0
  const modifiers = new Set(['Control', 'Shift', 'Alt', 'Meta'])
  addEventListener('keydown', ({ key }) => (page.keysSoFar += modifiers.has(key) ? 0 : 1), { capture: true })
}

async function keysSoFar(page: Page): Promise<number> {
  return await page.evaluate(() => (globalThis as unknown as { keysSoFar: number }).keysSoFar).catch(() => Infinity)
}

function listenForComplaints(page: Page): string[] {
  const complaints: string[] = []
  page.on('console', (message) => complaints.push(`console: ${message.text()}`))
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`))
  page.on('requestfailed', (request) => complaints.push(`failed: ${request.url()}`))
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url())
    if (protocol !== 'blob:' && origin !== 'https://descry.invalid') complaints.push(`foreign: ${request.url()}`)
  })
  return complaints
}

/** `expect.poll` with a timeout for a busy machine. */
export function eventually<Value>(probe: () => Value | Promise<Value>): ReturnType<typeof expect.poll<Value>> {
  return expect.poll(probe, { timeout: 40_000 })
}

/** The label or text of the element that has focus. */
export function focusedText(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement
    if (element instanceof HTMLInputElement || element instanceof HTMLSelectElement) {
      return element.labels?.[0]?.textContent ?? ''
    }
    return element === document.body ? 'nothing' : (element?.textContent ?? '')
  })
}
