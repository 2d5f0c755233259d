// @module-tag electron
// @module-tag desktop
// @module-tag linux
// @module-tag xvfb
// @module-tag dbus
import { once } from 'node:events'
import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { _electron, type ElectronApplication } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { buildAll } from '../../scripts/build.ts'
import { findElectronRuntime } from '../../scripts/electron-runtime.ts'
import type { Bridge } from '#shared/bridge.ts'
import { createCliHome } from '#test/descry.ts'
import { startDesktop, type Desktop } from '#test/desktop.ts'
import { isKeyringPrompting, lockKeyring } from '#test/locked-keyring.ts'
import { start, until, type Running } from '#test/process.ts'

// How Descry starts and ends in the real Electron. Each test has a Descry, a home and, where it needs one, a desktop of its
// own.

const root = join(import.meta.dirname, '../..')
const runtime = findElectronRuntime(process.env)
const isRoot = process.getuid?.() === 0
const sandbox = isRoot ? ['--no-sandbox'] : []

let desktop: Desktop

beforeAll(async () => {
  await buildAll()
  desktop = await startDesktop({ bus: true })
}, 120_000)

afterAll(() => desktop.end())

async function newHome(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'descry-home-'))
  onTestFinished(() => rm(home, { recursive: true, force: true, maxRetries: 5 }))
  return home
}

const x11 = (env: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(
    Object.entries({ ...env, XDG_SESSION_TYPE: 'x11' }).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]]
    )
  )

async function launch(args: string[], env: NodeJS.ProcessEnv = {}): Promise<ElectronApplication> {
  const app = await _electron.launch({
    executablePath: runtime!,
    args: [...sandbox, ...args, root],
    cwd: root,
    env: x11({ ...desktop.env, DESCRY_HOME: await newHome(), ...env }),
    chromiumSandbox: !isRoot
  })
  onTestFinished(() => app.close())
  return app
}

/** Starts it as npm start does, without Playwright. */
function run(folder: string, on: Desktop, home: string): Running {
  return on.own(start(runtime!, [...sandbox, folder], { env: x11({ ...on.env, DESCRY_HOME: home }), cwd: root }))
}

test("keeps the user's own switches, and gives Orca the tree of the page", async () => {
  const app = await launch(['--enable-features=Vulkan'])
  await app.firstWindow()
  const switches = await app.evaluate(({ app: { commandLine } }) => ({
    features: commandLine.getSwitchValue('enable-features'),
    hasPageTree: commandLine.hasSwitch('force-renderer-accessibility'),
    isSandboxOff: commandLine.hasSwitch('no-sandbox')
  }))
  expect(switches).toMatchObject({ features: expect.stringContaining('Vulkan') as string, hasPageTree: true })
  expect(switches.isSandboxOff).toBe(isRoot)
})

test('has its profile in the folder that a relative DESCRY_HOME names', async () => {
  const home = await newHome()
  const app = await launch([], { DESCRY_HOME: relative(root, home) })
  await app.firstWindow()
  expect(await app.evaluate((electron) => electron.app.getPath('userData'))).toBe(join(home, 'electron'))
})

test('takes the keys with Super, and leaves them alone without', { tags: ['xdotool'] }, async () => {
  const app = await launch([])
  const page = await app.firstWindow()
  await page.locator('h2').first().waitFor()
  expect(await app.evaluate(({ globalShortcut }) => globalShortcut.isRegistered('Control+Shift+Super+K'))).toBe(true)
  expect(await app.evaluate(({ globalShortcut }) => globalShortcut.isRegistered('Control+Shift+K'))).toBe(false)
  await desktop.run('xdotool', ['key', 'ctrl+shift+k'])
  await desktop.run('xdotool', ['key', 'ctrl+shift+super+k'])
  await page.getByRole('dialog').waitFor()
  const reply = await page.evaluate(() =>
    (globalThis as unknown as { descry: Bridge }).descry.request('snapshot', null)
  )
  expect(reply.ok && reply.value.status.hotkeys.filter(({ problem }) => problem !== null)).toEqual([])
})

test('says in a dialog that it is damaged, and ends with 1', { tags: ['xdotool'] }, async () => {
  const folder = await newHome()
  await cp(join(root, 'package.json'), join(folder, 'package.json'))
  await cp(join(root, 'dist'), join(folder, 'dist'), { recursive: true })
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
  await writeFile(join(folder, 'dist/main/shell.js'), "import 'missing-package'")
  const running = run(folder, desktop, await newHome())
  const ended = once(running.child, 'exit')
  const isShown = async (): Promise<boolean> =>
    (await desktop.run('xdotool', ['search', '--onlyvisible', '--pid', String(running.pid)])).stdout.length > 0
  await until(isShown, { what: 'the dialog' })
  await desktop.run('xdotool', ['key', 'Escape'])
  expect(await ended).toEqual([1, null])
})

test.each(['SIGINT', 'SIGTERM'] as const)('ends at %s', async (signal) => {
  const running = run(root, desktop, await newHome())
  const ended = once(running.child, 'exit')
  await until(async () => (await desktop.run('xdotool', ['search', '--name', '^Descry$'])).stdout.length > 0, {
    what: 'the window'
  })
  running.child.kill(signal)
  expect(await ended).toEqual([0, null])
})

test('ends while it waits for a keychain that nobody unlocks', { tags: ['gnome-keyring'] }, async () => {
  const locked = await startDesktop({ keyring: true })
  const home = await createCliHome(locked.env)
  onTestFinished(async () => {
    await home.remove()
    await locked.end()
  })
  await home.descry(['key', 'set'], { input: 'sk-0123456789abcdefghijklmnopqrstuvwxyz' })
  await lockKeyring(locked)
  const running = run(root, locked, await newHome())
  const ended = once(running.child, 'exit')
  await until(() => isKeyringPrompting(locked), { what: 'the prompt' })
  running.child.kill('SIGINT')
  expect(await ended).toEqual([null, 'SIGKILL'])
})
