import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runShell, type FakeDescry } from './running-shell.ts'
import { startRequest, startRequestIn } from '#app/start-request.ts'
import { preventable, type FakeElectron } from '#test/fake-electron.ts'
import { until } from '#test/process.ts'

const opened = (descry: FakeDescry): unknown[] =>
  descry.runs.map(({ command, input, surface }) => {
    expect([command, surface]).toEqual(['open', 'cli'])
    return (input as { path: string }).path
  })

const fromFinder = (fake: FakeElectron, path: string): boolean => {
  const event = preventable({})
  fake.app.emit('open-file', event, path)
  return event.defaultPrevented
}

describe('"Open with Descry"', () => {
  it('at the first start opens the files that were named, in their order, in the window', async () => {
    const { fake, descry } = await runShell({ isPackaged: true, arguments: ['/home/me/one.png', '/home/me/two.pdf'] })
    expect(fake.windows[0]!.isVisible()).toBe(true)
    await until(() => descry.runs.length === 2)
    expect(opened(descry)).toEqual(['/home/me/one.png', '/home/me/two.pdf'])
    expect(fake.log.indexOf('run open')).toBeGreaterThan(fake.log.indexOf('start app'))
  })

  it('while Descry runs hands the files over, as the other start sees them, and shows the window', async () => {
    const second = await runShell({ isSecond: true, isPackaged: true, arguments: ['one.png'] })
    expect(second.fake.app.handedOver).toEqual({ command: null, paths: [resolve('one.png')] })

    const { fake, descry } = await runShell({ arguments: ['screen'] })
    descry.runs.length = 0
    expect(fake.windows[0]!.isVisible()).toBe(false)
    fake.app.emit('second-instance', {}, ['descry', 'one.png'], '/elsewhere', second.fake.app.handedOver)
    await until(() => descry.runs.length === 1 && fake.windows[0]!.isFocused())
    expect(opened(descry)).toEqual([resolve('one.png')])
  })

  it('on macOS waits for Descry when it comes before Electron is ready, and works afterwards', async () => {
    const { fake, descry } = await runShell({
      platform: 'darwin',
      isPackaged: true,
      beforeReady: (early) => expect(fromFinder(early, '/Users/me/early.heic')).toBe(true)
    })
    await until(() => descry.runs.length === 1)
    const window = fake.windows[0]!
    window.close()
    expect(fromFinder(fake, '/Users/me/later.png')).toBe(true)
    await until(() => descry.runs.length === 2 && window.isFocused())
    expect(opened(descry)).toEqual(['/Users/me/early.heic', '/Users/me/later.png'])
  })

  it('opens one file after the other', async () => {
    const { fake, descry } = await runShell({ platform: 'darwin' })
    const waiting: (() => void)[] = []
    const begun: unknown[] = []
    descry.run = (_command, input) => {
      begun.push(input)
      return new Promise((done) => waiting.push(() => done({ ok: true, value: null })))
    }
    for (const name of ['a', 'b', 'c']) fromFinder(fake, `/${name}.png`)
    for (const count of [1, 2, 3]) {
      await until(() => begun.length === count)
      waiting.shift()?.()
    }
    expect(begun).toEqual([{ path: '/a.png' }, { path: '/b.png' }, { path: '/c.png' }])
  })
})

describe('what a start asks for', () => {
  it.each([
    [['screen'], { command: 'screen', paths: [] }],
    [['--no-sandbox', 'clipboard', '--lang=de'], { command: 'clipboard', paths: [] }],
    // The rest of a command is not obeyed.
    [['screen', 'photo.jpg', 'quit'], { command: 'screen', paths: [] }],
    [['open'], { command: 'open', paths: [] }],
    [['open', 'photo.jpg'], { command: null, paths: ['/home/me/photo.jpg'] }],
    [['photo.jpg', 'quit'], { command: null, paths: ['/home/me/photo.jpg', '/home/me/quit'] }],
    [['/tmp/a b.png', './-x.png'], { command: null, paths: ['/tmp/a b.png', '/home/me/-x.png'] }],
    [['file:///tmp/a%20b.png', 'FILE:/tmp/c.png'], { command: null, paths: ['/tmp/a b.png', '/tmp/c.png'] }],
    // Options that look like paths.
    [['--user-data-dir=/tmp/x.png', '-/etc/x.png', '-psn_0_12345', ''], { command: null, paths: [] }],
    [['commands'], { command: 'commands', paths: [] }],
    // Opened, they are not found: nothing is fetched, and the user is told.
    [['https://example.org/x.png'], { command: null, paths: ['/home/me/https:/example.org/x.png'] }],
    [['file://server/x.png'], { command: null, paths: ['/home/me/file:/server/x.png'] }],
    // Not commands of a start.
    [['ask'], { command: null, paths: ['/home/me/ask'] }],
    [['watch'], { command: null, paths: ['/home/me/watch'] }],
    [['constructor'], { command: null, paths: ['/home/me/constructor'] }],
    [[], { command: null, paths: [] }]
  ])('is read from %o', { tags: ['posix'] }, (words, expected) => {
    expect(startRequest(words, '/home/me')).toEqual(expected)
  })

  it('begins after the folder of a checkout', () => {
    expect(startRequest(['--no-sandbox', '/src/screen', 'stop'], '/', 1)).toEqual({ command: 'stop', paths: [] })
    expect(startRequest(['/src/screen'], '/', 1)).toEqual({ command: null, paths: [] })
  })

  it('survives being handed over', () => {
    for (const words of [['screen'], ['a.png', 'b.png'], []])
      expect(startRequestIn({ ...startRequest(words, '/') })).toEqual(startRequest(words, '/'))
  })
})
