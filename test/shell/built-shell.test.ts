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

const names = [
  'app, session, globalShortcut, protocol, ipcMain, dialog, Menu, BrowserWindow, Tray, Notification',
  'utilityProcess'
].join(', ')
const runner = `
  import { registerHooks } from 'node:module'
  import { createFakeElectron } from ${JSON.stringify(join(root, 'test/support/fake-electron.ts'))}
  import { until } from ${JSON.stringify(join(root, 'test/support/process.ts'))}

  const url = 'data:text/javascript,' + encodeURIComponent('export const { ${names} } = globalThis.fakeElectron')
  registerHooks({
    resolve: (name, context, next) => (name === 'electron' ? { url, shortCircuit: true } : next(name, context))
  })
  const fake = createFakeElectron({ appPath: import.meta.dirname, chosenFiles: [import.meta.dirname + '/chosen.svg'] })
  globalThis.fakeElectron = fake.module
  process.argv = ['electron', import.meta.dirname, import.meta.dirname + '/drawing.svg']
  await import('./dist/main/main.js')
  fake.app.becomeReady()
  await until(() => fake.log.includes('show window') || fake.errorBoxes.length > 0)
  const ours = { origin: 'app://descry', parent: null }
  const page = await fake.fetch('app://descry/')
  const html = await page.text()
  const scripts = [...html.matchAll(/src="\\.(\\/[^"]+)"/g)].map(([, path]) => path)
  const script = await fake.fetch('app://descry' + scripts[0])
  const ask = (name, input) => fake.invoke('descry:request', ours, name, input)
  fake.applicationMenu[0].submenu.find(({ id }) => id === 'open').click()
  let snapshot
  await until(async () => {
    snapshot = await ask('snapshot', null)
    return snapshot.value.items.filter(({ facts }) => facts).length === 2
  }, { timeoutMs: 20_000 })
  const picture = await ask('picture', { itemId: snapshot.value.items[0].id })
  fake.app.quit()
  await until(() => fake.app.exitCode !== null)
  console.log(JSON.stringify({
    errors: fake.errorBoxes, html, script: script.status, type: script.headers.get('Content-Type'), snapshot,
    picture: Buffer.from(picture.value).subarray(0, 3).toString('hex'), helper: fake.helpers[0].modulePath,
    exitCode: fake.app.exitCode
  }))
  process.exit()`

// Drawn by a helper process, which only Electron can start.
const drawing =
  '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"><rect width="150" height="99" fill="red"/></svg>'

it('runs the real app, opens a file that needs a helper process, answers its page and quits', async () => {
  await writeFile(join(folder, 'drawing.svg'), drawing)
  await writeFile(join(folder, 'chosen.svg'), drawing)
  await writeFile(join(folder, 'runner.mjs'), runner)
  const { stdout, stderr } = await desktop.run(process.execPath, [join(folder, 'runner.mjs')], { timeoutMs: 25_000 })
  // One from the command line, as a file manager gives it; one from the menu's dialog.
  const labels = ['drawing.svg', 'chosen.svg'].map((label) => expect.objectContaining({ label }) as unknown)
  const line = stdout.toString().trim()
  expect(line, stderr.toString()).toMatch(/^\{/u)
  expect(JSON.parse(line)).toMatchObject({
    errors: [],
    html: expect.stringContaining('<title>Descry</title>') as unknown,
    script: 200,
    type: 'text/javascript; charset=utf-8',
    helper: join(folder, 'dist/main/helper-program.js'),
    // A JPEG.
    picture: 'ffd8ff',
    snapshot: {
      ok: true,
      value: {
        items: expect.arrayContaining(labels) as unknown,
        status: { host: { name: 'electron' }, sendingOn: false }
      }
    },
    exitCode: 0
  })
})
