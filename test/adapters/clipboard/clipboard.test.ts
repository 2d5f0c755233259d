// @module-tag xvfb
// @module-tag python3-gi
// @module-tag xclip
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createClipboard } from '#adapters/clipboard/clipboard.ts'
import { copyWithXclip, ownClipboard } from '#test/clipboard-owner.ts'
import { startDesktop, type Desktop } from '#test/desktop.ts'
import { start, until, type Running } from '#test/process.ts'
import { startWaylandDesktop } from '#test/wayland.ts'
import type { Clipboard, ClipboardContent } from '#core/ports/intake.ts'

// Real bytes of three formats; the clipboard does not look into them.
const png = new Uint8Array(60_000).map((_, index) => (index * 31) % 251)
const jpeg = Uint8Array.from([0xff, 0xd8, 0xff, ...png.subarray(0, 9000)])

const nothing: ClipboardContent = {
  picture: null,
  hasText: false,
  isConcealed: false,
  files: [],
  imageAddress: null,
  text: null
}

let desktop: Desktop
let clipboard: Clipboard

beforeAll(async () => {
  desktop = await startDesktop()
  clipboard = createClipboard({ env: desktop.env })
})
afterAll(() => desktop.end())

function startXvfb(...args: string[]): Running {
  return desktop.own(start('Xvfb', [...args, '-screen', '0', '640x480x24', '-nolisten', 'tcp', '-noreset']))
}

/** The number that `-displayfd 1` prints once the server is ready. */
async function displayNumber(xvfb: Running): Promise<string> {
  const [data] = (await once(xvfb.child.stdout as Readable, 'data')) as [Buffer]
  return data.toString().trim()
}

describe('reading', () => {
  it('returns the original bytes of a PNG that xclip copied', async () => {
    await copyWithXclip(desktop, 'image/png', png)
    const content = await clipboard.read()
    expect(content.picture).toEqual(Buffer.from(png))
    expect(content).toMatchObject({ hasText: false, isConcealed: false })
  })

  it('reads a JPEG, and prefers PNG when both are there', async () => {
    await ownClipboard(desktop, { 'image/jpeg': jpeg })
    expect((await clipboard.read()).picture).toEqual(Buffer.from(jpeg))
    await ownClipboard(desktop, { 'image/jpeg': jpeg, 'image/bmp': png.subarray(0, 50), 'image/png': png })
    expect((await clipboard.read()).picture).toEqual(Buffer.from(png))
  })

  it.each(['text/plain', 'text/plain;charset=utf-8', 'UTF8_STRING', 'text/rtf', 'application/rtf'])(
    'says that %s lies beside the picture',
    async (target) => {
      await ownClipboard(desktop, { 'image/png': png, [target]: '1\t2' })
      expect(await clipboard.read()).toMatchObject({ hasText: true, isConcealed: false })
    }
  )

  it('does not count the text of HTML that is a single image', async () => {
    const html = '<meta charset="utf-8"><img src="https://example.org/a>b.png" alt="A > b">'
    await ownClipboard(desktop, { 'image/png': png, 'text/html': html, 'text/plain': 'https://example.org/a.png' })
    expect(await clipboard.read()).toMatchObject({ picture: Buffer.from(png), hasText: false })
    await ownClipboard(desktop, { 'image/png': png, 'text/html': '<table><td>1</td></table>', UTF8_STRING: '1' })
    expect(await clipboard.read()).toMatchObject({ hasText: true })
  })

  it('ignores what a password manager marked, and nothing else', async () => {
    const mark = 'x-kde-passwordManagerHint'
    await ownClipboard(desktop, { 'image/png': png, [mark]: 'secret' })
    expect(await clipboard.read()).toEqual({ ...nothing, isConcealed: true })
    await ownClipboard(desktop, { 'image/png': png, [mark]: 'public' })
    expect(await clipboard.read()).toMatchObject({ picture: Buffer.from(png), isConcealed: false })
  })

  it('waits for a program that draws its picture only when asked', async () => {
    await ownClipboard(desktop, { 'image/png': png }, { hangOn: 'image/png', hangMs: 2500 })
    expect((await clipboard.read({ isForWatcher: true })).picture).toEqual(Buffer.from(png))
  })

  it('gives up on a program that does not answer', async () => {
    const impatient = createClipboard({ env: desktop.env, timeoutMs: 300 })
    const owner = await ownClipboard(desktop, { 'image/png': png }, { hangOn: 'image/png' })
    const reading = impatient.read()
    await expect(reading).rejects.toMatchObject({
      code: 'timed-out',
      message: 'The program you copied from is not responding.'
    })
    owner.child.kill('SIGKILL')
    // Who asks before the X server has noticed the end is answered by nobody.
    await until(async () => (await impatient.read().catch(() => null))?.picture === null, {
      what: 'the empty clipboard'
    })
  })

  it('writes text, which is not a picture', async () => {
    await clipboard.writeText('Größe: 3 €')
    const pasted = await desktop.run('xclip', ['-selection', 'clipboard', '-o', '-t', 'UTF8_STRING'])
    expect(pasted.stdout.toString()).toBe('Größe: 3 €')
    expect(await clipboard.read()).toEqual({ ...nothing, hasText: true, text: 'Größe: 3 €' })
    expect(await clipboard.read({ isForWatcher: true })).toEqual({ ...nothing, hasText: true })
  })

  it('has written a text only when it is there, however late xclip takes the clipboard', async () => {
    const bin = join(desktop.home, 'late')
    await mkdir(bin)
    // As xclip itself does, it ends while the program that owns the clipboard is still on its way.
    const program = '#!/bin/sh\ntext=$(cat)\n(sleep 0.5; printf %s "$text" | /usr/bin/xclip "$@") >/dev/null 2>&1 &\n'
    await writeFile(join(bin, 'xclip'), program, { mode: 0o755 })
    const late = createClipboard({ env: { ...desktop.env, PATH: `${bin}:${desktop.env.PATH}` } })
    await clipboard.writeText('before')
    await late.writeText('after')
    expect((await clipboard.read()).text).toBe('after')
  })

  it('says that it could not copy when xclip never takes the clipboard', async () => {
    const bin = join(desktop.home, 'never')
    await mkdir(bin)
    await writeFile(join(bin, 'xclip'), '#!/bin/sh\nexit 0\n', { mode: 0o755 })
    const never = createClipboard({ env: { ...desktop.env, PATH: `${bin}:${desktop.env.PATH}` } })
    await expect(never.writeText('lost')).rejects.toMatchObject({ code: 'no-permission' })
  })

  it('hands text over itself when xclip is missing, until something else is copied', async () => {
    const alone = createClipboard({ env: { ...desktop.env, PATH: '/nowhere' } })
    const paste = async (target: string): Promise<string> =>
      (await desktop.run('xclip', ['-selection', 'clipboard', '-o', '-t', target])).stdout.toString()
    await alone.writeText('by hand')
    expect(await paste('UTF8_STRING')).toBe('by hand')
    expect(await paste('text/plain')).toBe('by hand')
    expect((await paste('TARGETS')).trim().split('\n')).toEqual(
      expect.arrayContaining(['TARGETS', 'UTF8_STRING', 'text/plain'])
    )
    expect(await paste('image/png')).toBe('')
    const long = 'Größe '.repeat(20_000)
    await alone.writeText(long)
    expect(await paste('UTF8_STRING')).toBe(long)
    await ownClipboard(desktop, { 'image/png': png })
    expect(await alone.read()).toEqual({ ...nothing, picture: Buffer.from(png) })
    await expect(alone.writeText('x'.repeat(300_000))).rejects.toMatchObject({ next: 'Install xclip.' })
  })

  it('does not keep the process alive for the text it hands over', async () => {
    const adapter = new URL('../../../src/adapters/clipboard/clipboard.ts', import.meta.url).href
    const program = `import { createClipboard } from ${JSON.stringify(adapter)}
      await createClipboard({ env: { ...process.env, PATH: '/nowhere' } }).writeText('gone soon')`
    const { code } = await desktop.run(process.execPath, ['--input-type=module', '-e', program], { timeoutMs: 10_000 })
    expect(code).toBe(0)
  })

  it('reads a picture of many megabytes, piece by piece', async () => {
    const large = Buffer.alloc(20_000_000, 'A large picture. ')
    await copyWithXclip(desktop, 'image/png', large)
    const { picture } = await clipboard.read()
    expect(large.equals(picture ?? new Uint8Array())).toBe(true)
  })

  it.each([
    ['text/uri-list', '# two\r\nfile:///home/me/A%20cat.png\r\nfile:///home/me/b.jpg\r\n'],
    ['x-special/gnome-copied-files', 'copy\nfile:///home/me/A%20cat.png\nfile:///home/me/b.jpg']
  ])('lists the copied files of a file manager: %s', async (target, list) => {
    await ownClipboard(desktop, { [target]: list, UTF8_STRING: '/home/me/A cat.png' })
    const files = ['/home/me/A cat.png', '/home/me/b.jpg']
    expect(await clipboard.read()).toEqual({ ...nothing, hasText: true, files, text: '/home/me/A cat.png' })
    expect(await clipboard.read({ isForWatcher: true })).toEqual({ ...nothing, hasText: true, files })
  })

  it('marks files on servers, and leaves out what is not a file', async () => {
    const list = 'file://server/share/a.png\nsmb://nas/b%20c.png\nhttps://example.org/c.png\nfile:////unc/d.png\nnone'
    await ownClipboard(desktop, { 'text/uri-list': list })
    expect((await clipboard.read()).files).toEqual(['//server/share/a.png', '//nas/b c.png', '//unc/d.png'])
  })

  it.each([
    ['<img src="https://example.org/a?b=1&amp;c=2" alt=" src=no">', 'https://example.org/a?b=1&c=2'],
    ["<p><IMG alt='x' SRC='data:image/png;base64,AAAA'></p>", 'data:image/png;base64,AAAA'],
    ['<img alt="src=https://no.example/" src=https://example.org/b.png>', 'https://example.org/b.png'],
    ['<img src="file:///etc/passwd.png">', null],
    [
      '<html><head><title>A letter</title><style>@page { size: 21cm }</style></head><p><img src="file:///tmp/a.png"></p>',
      null
    ],
    ['<img src="blob:https://example.org/1">', null],
    ['<img alt="none">', null]
  ])('finds the address of the single image: %s', async (html, imageAddress) => {
    await ownClipboard(desktop, { 'text/html': html, UTF8_STRING: 'a' })
    expect(await clipboard.read({ isForWatcher: true })).toEqual({ ...nothing, imageAddress })
  })

  it.each(['<img src="data:image/png,a"><img src="data:image/png,b">', '<img src="https://example.org/a"> and a word'])(
    'takes more than one image for text: %s',
    async (html) => {
      await ownClipboard(desktop, { 'text/html': html, UTF8_STRING: 'a', 'image/png': png })
      expect(await clipboard.read({ isForWatcher: true })).toEqual({ ...nothing, hasText: true })
      expect(await clipboard.read()).toMatchObject({ picture: Buffer.from(png), hasText: true, imageAddress: null })
    }
  )

  it('ignores a text of more than a million characters', async () => {
    await ownClipboard(desktop, { UTF8_STRING: 'é'.repeat(1_000_000) })
    expect((await clipboard.read()).text).toHaveLength(1_000_000)
    await ownClipboard(desktop, { UTF8_STRING: 'é'.repeat(1_000_001) })
    expect(await clipboard.read()).toEqual({ ...nothing, hasText: true })
  })

  it('says what is missing without a desktop', async () => {
    const nowhere = createClipboard({ env: { PATH: process.env.PATH } })
    await expect(nowhere.read()).rejects.toMatchObject({ code: 'no-permission' })
    expect(() => nowhere.watch(() => undefined)).toThrow('There is no desktop here, so there is no clipboard.')
    const wrong = createClipboard({ env: { ...desktop.env, DISPLAY: ':4711' } })
    await expect(wrong.read()).rejects.toMatchObject({ code: 'no-permission' })
    expect(() => wrong.watch(() => undefined)).toThrow('No display was found.')
  })
})

describe('watching', () => {
  let stop: () => void = () => undefined
  afterEach(() => stop())

  it('reports each change, and none after it ended', async () => {
    let changes = 0
    stop = clipboard.watch(() => (changes += 1))
    // The first event shows that the connection stands; one may be missed before.
    await until(async () => {
      await clipboard.writeText('ready?')
      return changes > 0
    })
    for (let copies = 0; copies < 2; copies += 1) {
      const before = changes
      await ownClipboard(desktop, { 'image/png': png })
      await until(() => changes > before)
    }
    stop()
    const before = changes
    await clipboard.writeText('after the end')
    expect(changes).toBe(before)
  })

  it('reads small and large pictures meanwhile, also after a program that did not answer', async () => {
    const patient = createClipboard({ env: desktop.env })
    stop = patient.watch(() => undefined)
    const large = Buffer.alloc(3_000_000, 'A large picture. ')
    for (const picture of [png, large, jpeg, large]) {
      await ownClipboard(desktop, { 'image/png': picture })
      expect(Buffer.from(picture).equals((await patient.read()).picture ?? png.subarray(1))).toBe(true)
    }
    await ownClipboard(desktop, { 'image/png': png }, { hangOn: 'image/png' })
    stop()
    const impatient = createClipboard({ env: desktop.env, timeoutMs: 300 })
    stop = impatient.watch(() => undefined)
    await expect(impatient.read()).rejects.toMatchObject({ code: 'timed-out' })
    await ownClipboard(desktop, { 'image/png': jpeg })
    expect((await impatient.read()).picture).toEqual(Buffer.from(jpeg))
  })

  it('survives an X server that goes away, and resumes when it is back', async () => {
    const first = startXvfb('-displayfd', '1')
    const number = await displayNumber(first)
    const env = { ...desktop.env, DISPLAY: `:${number}` }
    const other = createClipboard({ env })
    let changes = 0
    stop = other.watch(() => (changes += 1))
    const seen = (): Promise<unknown> =>
      until(
        async () => {
          const before = changes
          await other.writeText('there?').catch(() => undefined)
          return changes > before
        },
        { everyMs: 100 }
      )
    await seen()
    await first.end()
    await expect(other.read()).rejects.toMatchObject({ code: 'no-permission' })
    startXvfb(`:${number}`)
    await seen()
  })

  it('sends the X server the cookie it asks for', async () => {
    const authority = join(desktop.home, 'cookies')
    const addCookie = async (display: string): Promise<void> => {
      const cookie = '0123456789abcdef0123456789abcdef'
      expect((await desktop.run('xauth', ['-f', authority, 'add', display, '.', cookie])).code).toBe(0)
    }
    // The server takes any cookie of the file; programs look for the one of their display.
    await addCookie(':9999')
    const number = await displayNumber(startXvfb('-displayfd', '1', '-auth', authority))
    const env = { ...desktop.env, DISPLAY: `:${number}`, XAUTHORITY: authority }
    const other = createClipboard({ env })
    await expect(other.read()).rejects.toMatchObject({ code: 'no-permission' })
    await addCookie(`:${number}`)
    let changes = 0
    stop = other.watch(() => (changes += 1))
    await until(async () => {
      await other.writeText('let in?')
      return changes > 0
    })
  })
})

describe('on Wayland', { tags: ['dbus', 'sway', 'wl-clipboard'] }, () => {
  let wayland: Desktop
  beforeAll(async () => void (wayland = await startWaylandDesktop()))
  afterAll(() => wayland.end())

  it('reports each change, returns the original bytes, and writes text', async () => {
    // XWayland is there as well, and would show nothing.
    const other = createClipboard({ env: { ...wayland.env, DISPLAY: ':4711' } })
    let changes = 0
    const stop = other.watch(() => (changes += 1))
    const copy = async (mime: string, bytes: Uint8Array): Promise<void> => {
      const before = changes
      await until(
        async () => {
          await wayland.run('sh', ['-c', `wl-copy --type ${mime} >/dev/null 2>&1`], { input: bytes })
          return changes > before
        },
        { what: 'the change' }
      )
    }
    await copy('image/png', png)
    expect((await other.read({ isForWatcher: true })).picture).toEqual(Buffer.from(png))
    await copy('image/jpeg', jpeg)
    expect((await other.read({ isForWatcher: true })).picture).toEqual(Buffer.from(jpeg))
    await other.writeText('Größe')
    await until(async () => (await other.read()).text === 'Größe')
    stop()
  })
})
