import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildMain, buildWindow } from '../../scripts/build.ts'
import { startDesktop, type Desktop } from '#test/desktop.ts'

// The shell as it is shipped: built into one file, with the real app and its native packages in it. Only `electron` is
// the fake, put in by a hook on the module loader.

const root = join(import.meta.dirname, '../..')
let desktop: Desktop
let folder: string

beforeAll(async () => {
  desktop = await startDesktop({ display: false })
  folder = await mkdtemp(join(tmpdir(), 'descry-built-'))
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
  await symlink(join(root, 'assets'), join(folder, 'assets'))
  await writeFile(join(folder, 'package.json'), '{"type":"module"}')
  await Promise.all([buildMain(join(folder, 'dist')), buildWindow(join(folder, 'dist'))])
})

afterAll(async () => {
  await desktop.end()
  await rm(folder, { recursive: true, force: true })
})

const names = 'app, session, globalShortcut, protocol, ipcMain, dialog, Menu, BrowserWindow, Tray, Notification'
const runner = `
  import { registerHooks } from 'node:module'
  import { createFakeElectron } from ${JSON.stringify(join(root, 'test/support/fake-electron.ts'))}
  import { until } from ${JSON.stringify(join(root, 'test/support/process.ts'))}

  const url = 'data:text/javascript,' + encodeURIComponent('export const { ${names} } = globalThis.fakeElectron')
  registerHooks({
    resolve: (name, context, next) => (name === 'electron' ? { url, shortCircuit: true } : next(name, context))
  })
  const fake = createFakeElectron({ appPath: import.meta.dirname })
  globalThis.fakeElectron = fake.module
  process.argv = ['electron', import.meta.dirname]
  await import('./dist/main/main.js')
  fake.app.becomeReady()
  await until(() => fake.log.includes('show window') || fake.errorBoxes.length > 0)
  const ours = { origin: 'app://descry', parent: null }
  const page = await fake.fetch('app://descry/')
  const html = await page.text()
  const scripts = [...html.matchAll(/src="\\.(\\/[^"]+)"/g)].map(([, path]) => path)
  const script = await fake.fetch('app://descry' + scripts[0])
  const snapshot = await fake.invoke('descry:request', ours, 'snapshot', null)
  fake.app.quit()
  await until(() => fake.app.exitCode !== null)
  console.log(JSON.stringify({
    errors: fake.errorBoxes, html, script: script.status, type: script.headers.get('Content-Type'), snapshot,
    exitCode: fake.app.exitCode
  }))
  process.exit()`

it('runs the real app, answers its page and quits', async () => {
  await writeFile(join(folder, 'runner.mjs'), runner)
  const { stdout, stderr } = await desktop.run(process.execPath, [join(folder, 'runner.mjs')], { timeoutMs: 25_000 })
  const line = stdout.toString().trim()
  expect(line, stderr.toString()).toMatch(/^\{/u)
  expect(JSON.parse(line)).toMatchObject({
    errors: [],
    html: expect.stringContaining('<title>Descry</title>') as unknown,
    script: 200,
    type: 'text/javascript; charset=utf-8',
    snapshot: { ok: true, value: { items: [], status: { host: { name: 'electron' }, sendingOn: false } } },
    exitCode: 0
  })
})
