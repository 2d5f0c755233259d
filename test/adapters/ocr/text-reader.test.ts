import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { createCanvasDecoder } from '#adapters/pictures/canvas.ts'
import { createTextReader } from '#adapters/ocr/text-reader.ts'
import { isRunning, rememberingStart } from '#test/helper-processes.ts'
import type { DecodedPicture } from '#core/ports/pictures.ts'
import { createFakeClock } from '#test/clock.ts'
import { blankPicture, pagePicture, photoPicture, screenPicture, terminalPicture } from '#test/pictures.ts'
import { run, until } from '#test/process.ts'
import { wordRecall, wordsOf } from '#test/texts.ts'

// Reading gives way to everything else, so a busy machine makes it slow.
vi.setConfig({ testTimeout: 120_000 })

const decoder = createCanvasDecoder()
const reader = createTextReader()
afterAll(() => reader.close())

describe('reading text', () => {
  it.each([
    ['a page', pagePicture],
    ['a terminal, light on dark', terminalPicture]
  ])('finds 95 % of the words of %s', async (_, make) => {
    const { bytes, words } = await make()
    expect(words.length).toBeGreaterThanOrEqual(150)
    const { text } = await reader.read(await decoder.decode(bytes))
    expect(wordRecall(words, wordsOf(text))).toBeGreaterThanOrEqual(0.95)
  })

  it('says where each word is, in pixels of the source', async () => {
    const { words, text } = await reader.read(await decoder.decode(await screenPicture()))
    expect(text).toContain('This message will be deleted permanently.')
    const { box, confidence } = words.find((word) => word.text === 'permanently.') ?? expect.fail('not read')
    expect(confidence).toBeGreaterThan(60)
    expect(box.x).toBeGreaterThan(760)
    expect(box.x + box.width).toBeLessThan(970)
    expect(box.y).toBeGreaterThan(395)
    expect(box.y + box.height).toBeLessThan(435)
  })

  it('finds none in a photo, a blank picture and a single pixel', async () => {
    for (const bytes of [
      await photoPicture(640, 480),
      await blankPicture([0, 0, 0], { noise: 2, width: 320, height: 200 }),
      await blankPicture([255, 255, 255], { width: 1, height: 1 })
    ])
      expect(await reader.read(await decoder.decode(bytes))).toMatchObject({ text: '', words: [] })
  })
})

describe('stopping and failing', () => {
  it('stops at once when asked, running or waiting, and reads the next picture', async () => {
    const [page, screen] = [
      await decoder.decode((await pagePicture()).bytes),
      await decoder.decode(await screenPicture())
    ]
    const controllers = [new AbortController(), new AbortController()]
    const running = reader.read(page, controllers[0]?.signal)
    const waiting = reader.read(page, controllers[1]?.signal)
    const next = reader.read(screen)
    controllers[1]?.abort()
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' })
    controllers[0]?.abort(new Error('for any reason'))
    await expect(running).rejects.toMatchObject({ name: 'AbortError' })
    expect((await next).text).toContain('Delete message?')
    await expect(reader.read(page, AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' })
  })

  it('says internal when a picture breaks it, and reads the next one', async () => {
    const good = await decoder.decode(await screenPicture(400, 300))
    const broken: DecodedPicture = { ...good, width: 10, height: 10, pixels: () => expect.fail('out of memory') }
    await expect(reader.read(broken)).rejects.toMatchObject({ name: 'DescryError', code: 'internal' })
    expect((await reader.read(good)).text).toContain('Drafts')
  })

  it('says internal when its process dies, and starts another', async () => {
    const { startHelper, started } = rememberingStart()
    const own = createTextReader(startHelper)
    try {
      const screen = await decoder.decode(await screenPicture(400, 300))
      await own.read(screen)
      const reading = own.read(screen)
      process.kill(started[0]?.pid ?? 0, 'SIGKILL')
      await expect(reading).rejects.toMatchObject({ name: 'DescryError', code: 'internal' })
      expect((await own.read(screen)).text).toContain('Drafts')
      process.kill(started[1]?.pid ?? 0, 'SIGKILL')
      await until(() => !started.some(isRunning), { what: 'the end of the idle process' })
      expect((await own.read(screen)).text).toContain('Drafts')
      expect(started).toHaveLength(3)
    } finally {
      await own.close()
    }
    expect(started.some(isRunning)).toBe(false)
  })

  it('ends its process after a minute without a picture, and starts another for the next', async () => {
    const { startHelper, started } = rememberingStart()
    const clock = createFakeClock()
    const own = createTextReader(startHelper, clock)
    try {
      const screen = await decoder.decode(await screenPicture(400, 300))
      own.prepare?.()
      await own.read(screen)
      await clock.advance(59_000)
      await own.read(screen)
      await clock.advance(59_000)
      expect(started.map(isRunning)).toEqual([true])
      await clock.advance(1000)
      await until(() => !started.some(isRunning), { what: 'the end of the process' })
      expect(clock.pending).toBe(0)
      expect((await own.read(screen)).text).toContain('Drafts')
      expect(started).toHaveLength(2)
    } finally {
      await own.close()
    }
    expect(clock.pending).toBe(0)
  })

  it('reads again after it was closed', async () => {
    const own = createTextReader()
    const screen = await decoder.decode(await screenPicture(400, 300))
    await own.read(screen)
    await own.close()
    expect((await own.read(screen)).text).toContain('Drafts')
    await own.close()
    await own.close()
  })
})

describe('as a process', () => {
  it('needs no network, writes no file, prints nothing and lets Node end', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'descry-ocr-'))
    try {
      const log = join(folder, 'network.log')
      await writeFile(log, '')
      await writeFile(join(folder, 'page.png'), await screenPicture(400, 300))
      const program = `
        import { readFile } from 'node:fs/promises'
        import { createCanvasDecoder } from ${JSON.stringify(import.meta.resolve('#adapters/pictures/canvas.ts'))}
        import { createTextReader } from ${JSON.stringify(import.meta.resolve('#adapters/ocr/text-reader.ts'))}
        import { createZxingReader } from ${JSON.stringify(import.meta.resolve('#adapters/pictures/zxing.ts'))}
        const picture = await createCanvasDecoder().decode(await readFile('page.png'))
        const reader = createTextReader()
        const { text } = await reader.read(picture)
        await createZxingReader().read(picture)
        await reader.close()
        process.stdout.write(text.includes('Drafts') ? 'read' : 'not read')`
      await writeFile(join(folder, 'program.mjs'), program)
      const { code, stdout, stderr } = await run(
        process.execPath,
        ['--import', resolve('test/support/no-network.ts'), 'program.mjs'],
        { cwd: folder, env: { ...process.env, DESCRY_NETWORK_LOG: log } }
      )
      expect({ code, stdout: stdout.toString(), stderr: stderr.toString() }).toEqual({
        code: 0,
        stdout: 'read',
        stderr: ''
      })
      expect(await readFile(log, 'utf8')).toBe('')
      expect((await readdir(folder)).toSorted()).toEqual(['network.log', 'page.png', 'program.mjs'])
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})
