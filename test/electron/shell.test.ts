// @module-tag electron
// @module-tag desktop
import { createWriteStream } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { _electron, type ElectronApplication, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { buildAll } from '../../scripts/build.ts'
import { findElectronRuntime } from '../../scripts/electron-runtime.ts'
import type { Bridge } from '#shared/bridge.ts'
import { ownClipboard } from '#test/clipboard-owner.ts'
import { startDesktop, type Desktop } from '#test/desktop.ts'
import { answer, startModelServer, type ModelServer } from '#test/model-server.ts'
import { pdfFile } from '#test/pdf-files.ts'
import { photoPicture } from '#test/pictures.ts'
import { isAlive, run, until } from '#test/process.ts'

// Descry in the real Electron: on Linux on a private X display, elsewhere on the computer's own. test/shell checks the same
// over a fake; only this shows whether the fake is right. With DESCRY_TEST_ARTIFACTS, a screenshot after each test and what
// Electron prints are kept in that folder.

const root = join(import.meta.dirname, '../..')
const runtime = findElectronRuntime(process.env)
const artifacts = process.env.DESCRY_TEST_ARTIFACTS

/** Where the app runs. */
type Ground = Pick<Desktop, 'env' | 'home' | 'run' | 'end'>

async function startGround(): Promise<Ground & { desktop: Desktop | null }> {
  if (process.platform === 'linux') {
    const desktop = await startDesktop({ bus: true })
    return { ...desktop, desktop }
  }
  const home = await mkdtemp(join(tmpdir(), 'descry-electron-'))
  const env = { ...process.env, DESCRY_HOME: join(home, 'descry') }
  return {
    desktop: null,
    home,
    env,
    run: (command, args = [], options = {}) => run(command, args, { env, ...options }),
    end: () => rm(home, { recursive: true, force: true, maxRetries: 5 })
  }
}

const caption = 'A red bicycle leans against a white wall.'

describe('Descry in Electron', () => {
  let desktop: Awaited<ReturnType<typeof startGround>>
  let server: ModelServer
  let electron: ElectronApplication
  let page: Page
  const requested: string[] = []

  const environment = (): Record<string, string> =>
    Object.fromEntries(
      Object.entries({ ...desktop.env, XDG_SESSION_TYPE: 'x11', ELECTRON_ENABLE_LOGGING: '1' }).flatMap(
        ([name, value]) => (value === undefined ? [] : [[name, value]])
      )
    )
  const isRoot = process.getuid?.() === 0
  const launchArguments = [...(isRoot ? ['--no-sandbox'] : []), root]
  const pressGlobally = (keys: string): Promise<unknown> =>
    desktop.run('xdotool', ['key', '--clearmodifiers', '--delay', '30', keys])

  beforeAll(async () => {
    await buildAll()
    desktop = await startGround()
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
    if (artifacts) {
      await mkdir(artifacts, { recursive: true })
      const log = createWriteStream(join(artifacts, 'electron.log'))
      const { stdout, stderr } = electron.process()
      stdout?.pipe(log, { end: false })
      stderr?.pipe(log, { end: false })
    }
    page = await electron.firstWindow()
    page.on('request', (request) => requested.push(request.url()))
    await page.locator('h2').first().waitFor()
  }, 120_000)

  afterEach(async ({ task }) => {
    if (!artifacts || page.isClosed()) return
    await page.screenshot({ path: join(artifacts, `${task.name.replaceAll(/\W+/gu, '-')}.png`) })
  })

  afterAll(async () => {
    await electron?.close()
    await server?.close()
    await desktop?.end()
  })

  test('shows its window from its own origin under a strict policy', async () => {
    expect(await page.title()).toBe('Descry')
    expect(page.url()).toBe('app://descry/#window')
    expect(await page.evaluate(() => location.origin)).toBe('app://descry')
    await expect(page.evaluate(() => fetch('app://descry/'))).rejects.toThrow()
    // oxlint-disable-next-line no-implied-eval, no-new-func -- this tests that it is refused
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

  test('refuses navigation and new windows', async () => {
    await page.evaluate(() => {
      location.href = 'https://descry.invalid/'
      window.open('https://descry.invalid/')
    })
    // The bridge still answers, so the page was not replaced.
    const reply = await page.evaluate(() =>
      (
        globalThis as unknown as { descry: { request(name: string, input: unknown): Promise<{ ok: boolean }> } }
      ).descry.request('snapshot', null)
    )
    expect(reply.ok).toBe(true)
    expect(page.url()).toBe('app://descry/#window')
    expect(electron.windows()).toHaveLength(1)
    await expect(page.evaluate(() => navigator.mediaDevices.getUserMedia({ audio: true }))).rejects.toThrow(/denied/iu)
  })

  test('holds the global hotkeys', async () => {
    const reply = await page.evaluate(() =>
      (globalThis as unknown as { descry: Bridge }).descry.request('snapshot', null)
    )
    const hotkeys = reply.ok ? reply.value.status.hotkeys.filter(({ accelerator }) => accelerator !== null) : []
    expect(new Set(hotkeys.map(({ accelerator }) => accelerator?.at(-1)))).toEqual(new Set('EGKPX'))
    expect(hotkeys.map(({ problem }) => problem)).toEqual([null, null, null, null, null])
  })

  test('closes in full screen, and comes back', async () => {
    const state = (): Promise<{ isFullScreen: boolean; isShown: boolean }[]> =>
      electron.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows().map((window) => ({
          isFullScreen: window.isFullScreen(),
          isShown: window.isVisible() && !window.isMinimized()
        }))
      )
    await electron.evaluate(({ BrowserWindow }) => {
      const window = BrowserWindow.getAllWindows()[0]!
      const entered = new Promise<void>((resolve) => window.once('enter-full-screen', resolve))
      window.setFullScreen(true)
      return entered
    })
    await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
    await until(async () => (await state())[0]?.isShown === false, { what: 'the closed window' })
    // On macOS a full screen would outlive the window, black.
    if (process.platform === 'darwin') expect(await state()).toMatchObject([{ isFullScreen: false }])
    await electron.evaluate(({ app }) => app.emit('activate'))
    await until(async () => (await state())[0]?.isShown, { what: 'the window' })
    await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setFullScreen(false))
    await until(async () => !(await state())[0]?.isFullScreen, { what: 'the end of full screen' })
  })

  const pressing = { tags: ['linux', 'xdotool', 'python3-gi'] }
  test('describes a copied picture on the global hotkey', pressing, async () => {
    // Another program has the focus.
    await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize())
    server.script([answer(`${caption}\nTags: bicycle`)])
    if (!desktop.desktop) throw new Error('Only Linux has a desktop of its own here.')
    await ownClipboard(desktop.desktop, { 'image/png': await photoPicture(300, 200, 'png') })
    await page.locator('article .state', { hasText: 'Not described yet' }).waitFor({ state: 'attached' })
    await pressGlobally('ctrl+shift+super+p')
    await until(async () => (await page.locator('#caption').textContent()) === caption, { what: 'the caption' })
    expect(server.requests).toHaveLength(1)
    // A caption never brings the window to the front.
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

  // Elsewhere the system may ask for permission to record the screen.
  const capturing = { tags: ['linux', 'libxcb'] }
  test('a second start hands its command to the first', capturing, async () => {
    server.script([answer('A screen.')])
    const second = await desktop.run(runtime!, [...launchArguments, 'screen'], { timeoutMs: 20_000 })
    expect(second.code).toBe(0)
    await until(async () => (await page.locator('#caption').textContent()) === 'A screen.', { what: 'the caption' })
  })

  /** Waits until the newest picture has this name and is described. */
  const describedAs = (label: string): Promise<unknown> =>
    until(
      () =>
        page.evaluate(async (wanted) => {
          const { descry } = globalThis as unknown as { descry: Bridge }
          const reply = await descry.request('snapshot', null)
          const newest = reply.ok ? reply.value.items.at(-1) : undefined
          return newest?.label === wanted && newest.state === 'done'
        }, label),
      { what: `${label} described` }
    )

  test('a second start hands its files to the first ("Open with Descry")', async () => {
    // The SVG is drawn by a utility process.
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="90"><text x="9" y="50">Hello</text></svg>'
    await writeFile(join(desktop.home, 'a drawing.svg'), svg)
    await writeFile(join(desktop.home, 'letter.pdf'), pdfFile([{ lines: ['Dear neighbour'] }]))
    server.script(() => answer('A file.'))
    const address = pathToFileURL(join(desktop.home, 'a drawing.svg')).href
    for (const [file, label] of [
      [address, 'a drawing.svg'],
      [join(desktop.home, 'letter.pdf'), 'letter.pdf']
    ] as const) {
      const second = await desktop.run(runtime!, [...launchArguments, file], { timeoutMs: 20_000 })
      expect(second.code).toBe(0)
      await describedAs(label)
    }
    expect(await electron.evaluate(({ app }) => app.getAppMetrics().some(({ name }) => name === 'Descry helper'))).toBe(
      true
    )
  })

  test('opens a file from the Finder, and one chosen in the menu', async () => {
    const path = join(desktop.home, 'photo.png')
    await writeFile(path, await photoPicture(310, 200, 'png'))
    // Only macOS sends it; the event is Electron's own.
    await electron.evaluate(({ app }, file) => app.emit('open-file', { preventDefault: () => undefined }, file), path)
    await describedAs('photo.png')
    await writeFile(join(desktop.home, 'chosen.png'), await photoPicture(320, 200, 'png'))
    await electron.evaluate(
      ({ dialog, Menu }, file) => {
        dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [file] })
        Menu.getApplicationMenu()?.getMenuItemById('open')?.click()
      },
      join(desktop.home, 'chosen.png')
    )
    await describedAs('chosen.png')
  })

  test('opens a large file dropped on the window', async () => {
    await page.evaluate(() => {
      const [width, height, head] = [2600, 2688, 54]
      const bytes = new Uint8Array(head + width * height * 3)
      const view = new DataView(bytes.buffer)
      bytes.set([0x42, 0x4d])
      for (const [offset, value] of Object.entries({ 2: bytes.length, 10: head, 14: 40, 18: width, 22: height }))
        view.setUint32(Number(offset), value, true)
      view.setUint16(26, 1, true)
      view.setUint16(28, 24, true)
      bytes.fill(0xff, bytes.length - width * 3 * 600)
      const dataTransfer = new DataTransfer()
      dataTransfer.items.add(new File([bytes], 'large.bmp'))
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
    })
    await describedAs('large.bmp')
  })

  test('chooses part of the screen by keyboard', capturing, async () => {
    server.script([answer('The top left.')])
    await electron.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('region')?.click())
    await page.getByLabel('Selected area').waitFor()
    await page.keyboard.press('7')
    await page.keyboard.press('Enter')
    await until(async () => (await page.locator('#caption').textContent()) === 'The top left.', { what: 'the caption' })
  })

  test('has short menus that show keys without registering them', async () => {
    const menus = await electron.evaluate(({ Menu }) =>
      (Menu.getApplicationMenu()?.items ?? []).map(({ label, submenu }) => [label, submenu?.items.length ?? 0] as const)
    )
    expect(menus.map(([label]) => label.replace('&', '')).filter((label) => label !== 'Descry')).toEqual(
      ['File', 'Edit', 'Capture', 'Caption', 'Speech', 'View', 'Window', 'Help'] // in the order of the bar
    )
    expect(Math.max(...menus.map(([, count]) => count))).toBeLessThanOrEqual(12)
  })

  test('keeps running when the window closes; quitting ends everything it started', async () => {
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
