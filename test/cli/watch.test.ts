// @module-tag xvfb
// @module-tag dbus
// @module-tag pulseaudio
// @module-tag xclip
// @module-tag espeak-ng
import { once } from 'node:events'
import { mkdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { paths } from '#adapters/paths.ts'
import { createCliHome, type CliHome } from '#test/descry.ts'
import { startDesktop, type Desktop } from '#test/desktop.ts'
import { answer, startModelServer, type ModelServer } from '#test/model-server.ts'
import { photoPicture } from '#test/pictures.ts'
import { until, type Running } from '#test/process.ts'

let desktop: Desktop
let home: CliHome
let server: ModelServer
let screenshots: string
const watches: Running[] = []

beforeAll(async () => {
  desktop = await startDesktop({ bus: true, sound: true })
  server = await startModelServer()
  home = await createCliHome({ ...desktop.env, OPENAI_BASE_URL: server.baseUrl })
  screenshots = join(home.dir, 'Screenshots')
  await mkdir(screenshots)
  await writeFile(
    join(home.dir, 'settings.json'),
    JSON.stringify({ screenshotFolders: [screenshots], speaker: 'silent' })
  )
})
afterAll(async () => {
  await server?.close()
  await home?.remove()
  await desktop?.end()
})
beforeEach(() => {
  server.requests.length = 0
  server.script(() => answer('A red\u001b[31m door.\nTags: door'))
})
afterEach(async () => {
  for (const watch of watches.splice(0)) await watch.end()
})

/** A running `descry watch` that has said what it watches. */
async function watch(...args: string[]): Promise<{
  running: Running
  printed: () => string
  prints: (text: string) => Promise<unknown>
  ended: Promise<unknown>
}> {
  const running = home.start(['watch', ...args])
  watches.push(running)
  let printed = ''
  running.child.stdout?.on('data', (chunk) => (printed += String(chunk)))
  running.child.stderr?.on('data', (chunk) => (printed += String(chunk)))
  const prints = (text: string): Promise<unknown> =>
    until(() => printed.includes(text), { what: `"${text}" in: ${printed}` })
  const ended = once(running.child, 'close')
  await prints('Press Ctrl+C to quit.')
  return { running, printed: () => printed, prints, ended }
}

describe('descry watch', () => {
  test('a new screenshot is ready, stays here until asked for, and is then described', async () => {
    const { running, printed, prints, ended } = await watch()
    const { host } = new URL(server.baseUrl)
    expect(printed()).toContain(`Watching the clipboard and ${screenshots}.`)
    expect(printed()).toContain(
      `Pictures stay on this computer until you run descry clipboard or descry screen. Then that one is sent to ${host}.`
    )
    await writeFile(join(screenshots, 'Shot 1.png'), await photoPicture(120, 80, 'png'))
    await prints('Picture ready: Shot 1.png')
    expect(server.requests).toEqual([])

    expect(await home.descry(['clipboard'])).toEqual({ code: 0, stdout: '', stderr: '' })
    await prints('Shot 1.png: A red[31m door.')
    expect(server.requests).toHaveLength(1)
    expect(await home.descry(['ask', 'Is it open?'])).toMatchObject({ code: 0 })
    await until(() => server.requests.length === 2)
    expect(JSON.stringify(server.requests[1]?.body)).toContain('Is it open?')
    // What was captured on command waits for nothing.
    expect(await home.descry(['region', '0,0,50,50'])).toEqual({ code: 0, stdout: '', stderr: '' })
    await prints('Part of the screen: The picture is black. Is the screen curtain on?')
    expect(printed()).not.toContain('Picture ready: Part')
    const status = await home.descry(['status'])
    expect(status).toMatchObject({ code: 0, stderr: '' })
    expect(status.stdout).toContain(host)

    // What needs the window is refused aloud, not passed over.
    for (const command of ['commands', 'history', 'settings', 'open'])
      expect(await home.descry([command]), command).toEqual({
        code: 3,
        stdout: '',
        stderr: 'Descry is running without a window. Quit it with descry quit, then run npm start.\n'
      })

    // A second one does not get in the way of the first.
    expect(await home.descry(['watch'])).toEqual({
      code: 3,
      stdout: '',
      stderr: 'Descry is already running. To quit it, run descry quit.\n'
    })
    expect(await home.descry(['stop'])).toMatchObject({ code: 0 })

    const from = performance.now()
    running.child.kill('SIGINT')
    expect(await ended).toEqual([130, null])
    // It does not wait for its watchers, which may take half a minute.
    expect(performance.now() - from).toBeLessThan(20_000)
    await expect(stat(paths(home.env).tokenFile)).rejects.toThrow('ENOENT')
    expect(await home.descry(['stop'])).toMatchObject({ code: 3 })
  })

  test('--auto describes a clipboard picture at once; quit from outside ends it', async () => {
    const { printed, prints, ended } = await watch('--auto')
    expect(printed()).toContain(`Each new picture is sent to ${new URL(server.baseUrl).host}.`)
    const picture = join(home.dir, 'clip.png')
    await writeFile(picture, await photoPicture(160, 100, 'png'))
    desktop.start('xclip', ['-selection', 'clipboard', '-t', 'image/png', '-i', picture, '-quiet'])
    await prints('A red[31m door.')
    expect(server.requests).toHaveLength(1)
    expect(await home.descry(['quit'])).toEqual({ code: 0, stdout: '', stderr: '' })
    expect(await ended).toEqual([0, null])
  })

  test('without a key it says where pictures would go as soon as there is one', async () => {
    const running = home.start(['watch', '--auto'], { OPENAI_BASE_URL: '' })
    watches.push(running)
    let printed = ''
    running.child.stdout?.on('data', (chunk) => (printed += String(chunk)))
    await until(() => printed.includes('Press Ctrl+C to quit.'), { what: 'the start' })
    expect(printed).toContain(
      'Each new picture will be sent to api.openai.com once there is an API key. None was found, so pictures stay on this computer for now.'
    )
  })

  test('--offline sends nothing, even when asked', async () => {
    const { printed, prints } = await watch('--auto', '--offline')
    expect(printed()).toContain('No picture leaves this computer.')
    await writeFile(join(screenshots, 'Shot 2.png'), await photoPicture(140, 80, 'png'))
    await prints('Picture ready: Shot 2.png')
    expect(await home.descry(['clipboard'])).toMatchObject({ code: 0 })
    await prints('140 by 80 pixels')
    expect(server.requests).toEqual([])

    // Not that it was too many pictures.
    expect(await home.descry(['watch', 'pause'])).toMatchObject({ code: 0 })
    await prints('Watching paused.\n')
    expect(await home.descry(['watch', 'pause'])).toMatchObject({ code: 0 })
    await prints('Watching resumed\n')
  })
})

describe('without a running Descry', () => {
  test('descry screen captures and describes here', async () => {
    // An empty one is all of one color, and is not sent.
    await desktop.run('xsetroot', ['-mod', '5', '7', '-fg', 'white', '-bg', 'navy'])
    const { code, stdout } = await home.descry(['screen', '--json'])
    expect({ code, line: JSON.parse(stdout) }).toMatchObject({
      code: 0,
      line: { source: 'screen', width: 1600, height: 900, offline: false }
    })
    expect(JSON.stringify(server.requests[0]?.body)).toContain('Screen: the title of the dialog or page')
  })

  test('descry clipboard describes the picture that is there', async () => {
    expect(await home.descry(['clipboard', '--offline'])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('160 by 100')
    })
  })
})
