// @module-tag linux
// @module-tag fonts-dejavu
import { once } from 'node:events'
import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { packPackages, readPackerConfig, root } from './packer.ts'
import { buildMain, buildWindow } from '../../scripts/build.ts'
import { codePicture } from '#test/code-pictures.ts'
import { startDesktop, type Desktop } from '#test/desktop.ts'
import { isKeyringPrompting, lockKeyring } from '#test/locked-keyring.ts'
import { pdfFile } from '#test/pdf-files.ts'
import { createCliHome } from '#test/descry.ts'
import { start, until } from '#test/process.ts'
import { cornerTiffPage, tiffFile } from '#test/tiff-files.ts'

// The shell as it is shipped: built, with the real app and with no more of its packages than are packed. Only `electron` is
// the fake, put in by a hook on the module loader.

let desktop: Desktop
let folder: string

beforeAll(async () => {
  desktop = await startDesktop({ display: false })
  folder = await mkdtemp(join(tmpdir(), 'descry-built-'))
  await symlink(join(root, 'assets'), join(folder, 'assets'))
  await writeFile(join(folder, 'package.json'), '{"type":"module"}')
  await packPackages(await readPackerConfig(), folder)
  await Promise.all([buildMain(join(folder, 'dist')), buildWindow(join(folder, 'dist'))])
  // Thousands of files are linked, and two programs built.
}, 180_000)

afterAll(async () => {
  await desktop.end()
  await rm(folder, { recursive: true, force: true })
})

const names = [
  'app, session, globalShortcut, protocol, ipcMain, dialog, Menu, BrowserWindow, Tray, Notification',
  'clipboard, utilityProcess'
].join(', ')
/** Puts the fake in place of Electron. */
const prelude = `
  import { registerHooks } from 'node:module'
  import { createFakeElectron } from ${JSON.stringify(join(root, 'test/support/fake-electron.ts'))}
  import { until } from ${JSON.stringify(join(root, 'test/support/process.ts'))}

  const url = 'data:text/javascript,' + encodeURIComponent('export const { ${names} } = globalThis.fakeElectron')
  registerHooks({
    resolve: (name, context, next) => (name === 'electron' ? { url, shortCircuit: true } : next(name, context))
  })
  const folder = import.meta.dirname`
const runner = `${prelude}
  const fake = createFakeElectron({ appPath: folder, chosenFiles: [folder + '/letter.pdf'] })
  globalThis.fakeElectron = fake.module
  process.argv = ['electron', folder, folder + '/drawing.svg']
  await fake.app.launch(() => import('./dist/main/main.js'))
  await until(() => fake.log.includes('show window') || fake.errorBoxes.length > 0)
  const ours = { origin: 'app://descry', parent: null }
  const page = await fake.fetch('app://descry/')
  const html = await page.text()
  const scripts = [...html.matchAll(/src="\\.(\\/[^"]+)"/g)].map(([, path]) => path)
  const script = await fake.fetch('app://descry' + scripts[0])
  const ask = (name, input) => fake.invoke('descry:request', ours, name, input)
  let snapshot
  const described = (count) => until(async () => {
    snapshot = await ask('snapshot', null)
    return snapshot.value.items.filter(({ state }) => state === 'done').length === count
  }, { timeoutMs: 50_000, what: count + ' described' })
  await described(1)
  fake.app.emit('second-instance', {}, [], '/', { command: null, paths: [folder + '/scan.tif', folder + '/ticket.png'] })
  await described(3)
  fake.applicationMenu[0].submenu.find(({ id }) => id === 'open').click()
  await described(4)
  const opened = await Promise.all(snapshot.value.items.map(async ({ id, label, facts }) => {
    const picture = await ask('picture', { itemId: id, isLarge: false })
    return { label, text: facts.text, codes: facts.codes.map((code) => code.text), shown: Buffer.from(picture.value).subarray(0, 3).toString('hex') }
  }))
  fake.app.quit()
  await until(() => fake.app.exitCode !== null)
  console.log(JSON.stringify({
    errors: fake.errorBoxes, html, script: script.status, type: script.headers.get('Content-Type'),
    status: snapshot.value.status, opened, helper: fake.helpers[0].modulePath, exitCode: fake.app.exitCode
  }))
  process.exit()`

const drawing =
  '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="90"><text x="20" y="60" font-size="40">Garden</text></svg>'

/** Drawn and read by helper processes, with packages that are packed in part only. */
const files: Record<string, string | Uint8Array> = {
  'drawing.svg': drawing,
  'scan.tif': tiffFile([cornerTiffPage()]),
  'letter.pdf': pdfFile([{ lines: ['Dear neighbour'] }])
}
const jpeg = 'ffd8ff'

// Helper processes give way to all others, so four files take long on a busy machine.
it(
  'runs the real app, opens files from wherever they come, answers its page and quits',
  { timeout: 60_000 },
  async () => {
    const ticket = await codePicture('ticket 7')
    for (const [name, content] of Object.entries({ ...files, 'ticket.png': ticket }))
      await writeFile(join(folder, name), content)
    await writeFile(join(folder, 'runner.mjs'), runner)
    const { stdout, stderr } = await desktop.run(process.execPath, [join(folder, 'runner.mjs')], { timeoutMs: 55_000 })
    const line = stdout.toString().trim()
    expect(line, stderr.toString()).toMatch(/^\{/u)
    expect(JSON.parse(line)).toMatchObject({
      errors: [],
      html: expect.stringContaining('<title>Descry</title>') as unknown,
      script: 200,
      type: 'text/javascript; charset=utf-8',
      status: { host: { name: 'electron' }, sendingOn: false },
      opened: [
        // At the first start, by another start, from the menu.
        { label: 'drawing.svg', text: 'Garden', shown: jpeg },
        { label: 'scan.tif', shown: jpeg },
        { label: 'ticket.png', codes: ['ticket 7'], shown: jpeg },
        { label: 'letter.pdf', text: 'Dear neighbour', shown: jpeg }
      ],
      helper: join(folder, 'dist/main/helper-program.js'),
      exitCode: 0
    })
  }
)

it('says in a dialog what is missing from a damaged installation, and ends', async () => {
  await cp(join(folder, 'dist/main'), join(folder, 'damaged'), { recursive: true })
  await writeFile(join(folder, 'damaged/shell.js'), "import 'missing-package'")
  const starter = `${prelude}
  const fake = createFakeElectron({ appPath: folder })
  globalThis.fakeElectron = fake.module
  await fake.app.launch(() => import('./damaged/main.js'))
  await until(() => fake.app.exitCode !== null)
  console.log(JSON.stringify({ errors: fake.errorBoxes, exitCode: fake.app.exitCode }))`
  await writeFile(join(folder, 'starter.mjs'), starter)
  const { stdout, stderr } = await desktop.run(process.execPath, [join(folder, 'starter.mjs')])
  expect(JSON.parse(stdout.toString() || stderr.toString())).toEqual({
    errors: [
      {
        title: 'Descry could not start',
        content: expect.stringMatching(
          /^Something went wrong in Descry\..*Cannot find package 'missing-package'/su
        ) as string
      }
    ],
    exitCode: 1
  })
})

it(
  'ends although nobody unlocks the keychain, for whose thread Node would wait',
  { tags: ['xvfb', 'dbus', 'gnome-keyring'] },
  async () => {
    // With a display, because the keychain then asks for its password in a window, which nobody answers here.
    const locked = await startDesktop({ keyring: true })
    const home = await createCliHome(locked.env)
    try {
      await home.descry(['key', 'set'], { input: 'sk-0123456789abcdefghijklmnopqrstuvwxyz' })
      await lockKeyring(locked)
      const starter = `${prelude}
      const fake = createFakeElectron({ appPath: folder })
      globalThis.fakeElectron = fake.module
      fake.app.exit = (code) => process.exit(code) // waits for threads, as Electron's does
      await fake.app.launch(() => import('./dist/main/main.js'))
      await until(() => fake.log.includes('window'))
      setInterval(() => undefined, 1000)
      console.log('started')
      process.on('SIGINT', () => fake.app.signal('SIGINT'))`
      await writeFile(join(folder, 'starter.mjs'), starter)
      const running = locked.own(start(process.execPath, [join(folder, 'starter.mjs')], { env: locked.env }))
      let output = ''
      running.child.stdout?.on('data', (chunk) => (output += String(chunk)))
      const ended = once(running.child, 'close')
      await until(() => output.includes('started'), { what: 'the start' })
      await until(() => isKeyringPrompting(locked), { what: 'the prompt' })
      running.child.kill('SIGINT')
      expect(await ended).toEqual([null, 'SIGKILL'])
    } finally {
      await home.remove()
      await locked.end()
    }
  }
)
