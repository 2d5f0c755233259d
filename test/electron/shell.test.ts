import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { _electron, type ElectronApplication, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildAll } from '../../scripts/build.ts'
import { findElectronRuntime } from '../../scripts/electron-runtime.ts'
import { ownClipboard } from '#test/clipboard-owner.ts'
import { startDesktop, type Desktop } from '#test/desktop.ts'
import { answer, startModelServer, type ModelServer } from '#test/model-server.ts'
import { photoPicture } from '#test/pictures.ts'
import { until } from '#test/process.ts'

// Layer 5: Descry in the real Electron, on a real X display. Everything below has layer 4's fake beside it
// (test/shell); what only the real one can show is whether the fake tells the truth.

const root = join(import.meta.dirname, '../..')
const runtime = findElectronRuntime(process.env)
if (!runtime) console.warn("Skipped: Electron's runtime is not here. `npx install-electron` fetches it from GitHub.")

const caption = 'A red bicycle leans against a white wall.'

describe.skipIf(!runtime)('Descry in Electron (needs its runtime)', () => {
  let desktop: Desktop
  let server: ModelServer
  let electron: ElectronApplication
  let page: Page
  const requested: string[] = []

  const environment = (): Record<string, string> =>
    Object.fromEntries(
      Object.entries({ ...desktop.env, XDG_SESSION_TYPE: 'x11' }).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, value]]
      )
    )
  const isRoot = process.getuid?.() === 0
  const launchArguments = [...(isRoot ? ['--no-sandbox'] : []), root]
  const pressGlobally = (keys: string): Promise<unknown> =>
    desktop.run('xdotool', ['key', '--clearmodifiers', '--delay', '30', keys])

  beforeAll(async () => {
    await buildAll()
    desktop = await startDesktop({ bus: true })
    server = await startModelServer()
    await mkdir(desktop.env.DESCRY_HOME!, { recursive: true, mode: 0o700 })
    await writeFile(
      join(desktop.env.DESCRY_HOME!, 'settings.json'),
      JSON.stringify({
        baseUrl: server.baseUrl,
        sendingAllowedTo: server.baseUrl,
        isSetUp: true,
        speaker: 'silent',
        screenshotFolders: []
      }),
      { mode: 0o600 }
    )
    electron = await _electron.launch({
      executablePath: runtime!,
      args: launchArguments,
      cwd: root,
      env: environment(),
      chromiumSandbox: !isRoot
    })
    page = await electron.firstWindow()
    page.on('request', (request) => requested.push(request.url()))
    await page.locator('h2').first().waitFor()
  }, 120_000)

  afterAll(async () => {
    await electron?.close()
    await server?.close()
    await desktop?.end()
  })

  test('shows its window, from its own origin, under a strict policy', async () => {
    expect(await page.title()).toBe('Descry')
    expect(page.url()).toBe('app://descry/')
    expect(await page.evaluate(() => location.origin)).toBe('app://descry')
    await expect(page.evaluate(() => fetch('app://descry/'))).rejects.toThrow()
    // oxlint-disable-next-line no-implied-eval, no-new-func -- that it is refused is the point
    await expect(page.evaluate(() => new Function('return 1')() as number)).rejects.toThrow(/EvalError|TrustedScript/u)
    expect(await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())).toBe(true)
  })

  test('gives the page the bridge and nothing else', async () => {
    const seen = await page.evaluate(() => ({
      bridge: Object.keys((globalThis as unknown as { descry: object }).descry).toSorted(),
      require: typeof (globalThis as { require?: unknown }).require,
      process: typeof (globalThis as { process?: unknown }).process
    }))
    expect(seen).toEqual({ bridge: ['on', 'request'], require: 'undefined', process: 'undefined' })
    const preferences = await electron.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
        getLastWebPreferences(): Electron.WebPreferences
      }
      const { sandbox, contextIsolation, nodeIntegration, webSecurity } = contents.getLastWebPreferences()
      return { sandbox, contextIsolation, nodeIntegration, webSecurity }
    })
    expect(preferences).toEqual({ sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true })
  })

  test('stays where it is and opens nothing', async () => {
    await page.evaluate(() => {
      location.href = 'https://descry.invalid/'
      window.open('https://descry.invalid/')
    })
    // The bridge still answers: the page was not replaced.
    const reply = await page.evaluate(() =>
      (
        globalThis as unknown as { descry: { request(name: string, input: unknown): Promise<{ ok: boolean }> } }
      ).descry.request('snapshot', null)
    )
    expect(reply.ok).toBe(true)
    expect(page.url()).toBe('app://descry/')
    expect(electron.windows()).toHaveLength(1)
    await expect(page.evaluate(() => navigator.mediaDevices.getUserMedia({ audio: true }))).rejects.toThrow(/denied/iu)
  })

  test('describes a picture from the clipboard on its global shortcut', async () => {
    const held = await electron.evaluate(({ globalShortcut }) =>
      ['E', 'P', 'X', 'K'].map((key) => globalShortcut.isRegistered(`Control+Shift+Super+${key}`))
    )
    expect(held).toEqual([true, true, true, true])
    // Another program is in front.
    await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize())
    server.script([answer(`${caption}\nTags: bicycle`)])
    await ownClipboard(desktop, { 'image/png': await photoPicture(300, 200, 'png') })
    await page.getByText('Picture ready, not described yet.').waitFor({ state: 'attached' })
    await pressGlobally('ctrl+shift+super+p')
    await until(async () => (await page.locator('#caption').textContent()) === caption, { what: 'the caption' })
    expect(server.requests).toHaveLength(1)
    // A caption never brings the window up.
    expect(await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isMinimized())).toBe(true)
  })

  test('a second start ends at once and shows the window of the first', async () => {
    const second = await desktop.run(runtime!, launchArguments, { timeoutMs: 20_000 })
    expect(second.code).toBe(0)
    await until(
      () =>
        electron.evaluate(({ BrowserWindow }) => {
          const window = BrowserWindow.getAllWindows()[0]
          return window !== undefined && !window.isMinimized() && window.isFocused()
        }),
      { what: 'the window in front' }
    )
  })

  test('a second start with a command has the first do it', async () => {
    server.script([answer('A screen.')])
    const second = await desktop.run(runtime!, [...launchArguments, 'screen'], { timeoutMs: 20_000 })
    expect(second.code).toBe(0)
    await until(async () => (await page.locator('#caption').textContent()) === 'A screen.', { what: 'the caption' })
  })

  test('closing the window keeps it running; quitting ends it with everything it started', async () => {
    await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
    expect(await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
    const { pid } = electron.process()
    const ended = electron.waitForEvent('close')
    await electron.evaluate(({ app }) => app.quit()).catch(() => undefined)
    await ended
    await until(() => !isAlive(pid ?? -1), { what: 'the end of the process' })
    // The page asked for its own files only.
    expect(requested.filter((url) => !/^(?:app:\/\/descry\/|blob:app:\/\/descry\/)/u.test(url))).toEqual([])
  })
})

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
