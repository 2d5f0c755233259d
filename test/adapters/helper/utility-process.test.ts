import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createCanvas } from '@napi-rs/canvas'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { buildMain } from '../../../scripts/build.ts'
import {
  forkHelper,
  helperProgram,
  type HelperListener,
  type HelperProcess,
  type StartHelper
} from '#adapters/helper/helper-process.ts'
import { forkUtilityHelper } from '#adapters/helper/helper-process.electron.ts'
import { createCanvasDecoder } from '#adapters/pictures/canvas.ts'
import { createFileOpener } from '#adapters/pictures/file-opener.ts'
import { createTextReader } from '#adapters/ocr/text-reader.ts'
import type { DecodedPicture } from '#core/ports/pictures.ts'
import { font } from '#test/fonts.ts'
import { startLoopbackServer } from '#test/loopback-server.ts'
import { pdfFile } from '#test/pdf-files.ts'
import { cornerTiffPage, tiffFile } from '#test/tiff-files.ts'
import { FakeUtilityProcess } from '#test/utility-process.ts'

vi.mock('electron', () => ({
  utilityProcess: {
    fork: (program: string, _arguments: string[], options: Electron.ForkOptions) =>
      new FakeUtilityProcess(program, options)
  }
}))

const root = join(import.meta.dirname, '../../..')
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'descry-utility-'))
  await writeFile(join(folder, 'package.json'), '{"type":"module"}')
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction')
  await buildMain(join(folder, 'dist'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Red, green and blue at a place in the picture, in the picture's own pixels. */
function colorAt(picture: DecodedPicture, x: number, y: number): number[] {
  const { data, width } = picture.pixels({ maxWidthPx: picture.width, maxHeightPx: picture.height })
  const at = (y * width + x) * 4
  return [...data.subarray(at, at + 3)]
}

describe('the built helper, as a utility process of Electron', () => {
  /** The processes it ran in. */
  const started: HelperProcess[] = []
  const start: StartHelper = (listener) => {
    const helper = forkUtilityHelper(listener, join(folder, 'dist/main/helper-program.js'))
    started.push(helper)
    return helper
  }
  const decoder = createCanvasDecoder(start)

  it('draws an SVG', async () => {
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="600">' +
      '<rect width="600" height="600" fill="#00f"/><rect x="600" width="600" height="600" fill="#0f0"/></svg>'
    const picture = await decoder.decode(Buffer.from(svg))
    expect([picture.width, picture.height]).toEqual([1200, 600])
    expect(colorAt(picture, 100, 300)).toEqual([0, 0, 255])
    expect(colorAt(picture, 1100, 300)).toEqual([0, 255, 0])
  })

  it('draws a page of a PDF and reads its text', async () => {
    const square = '1 0 0 rg 0 0 200 200 re f'
    const file = await createFileOpener(decoder, start).open(
      pdfFile([{ lines: ['First page'] }, { lines: ['Dear neighbour'], content: square, size: [400, 400] }])
    )
    expect(file.parts).toHaveLength(2)
    const second = file.parts[1]!
    expect(await second.text()).toBe('Dear neighbour')
    const picture = await decoder.decode(await second.load())
    await file.close()
    expect(colorAt(picture, 4, picture.height - 4)).toEqual([255, 0, 0])
    expect(colorAt(picture, picture.width - 4, picture.height - 4)).toEqual([255, 255, 255])
  })

  it('draws a TIFF', async () => {
    const picture = await decoder.decode(tiffFile([cornerTiffPage()]))
    expect(colorAt(picture, 2, 2)).toEqual([255, 0, 0])
    expect(colorAt(picture, 40, 28)).toEqual([255, 255, 255])
  })

  it('says that a damaged file cannot be read, and draws the next one', async () => {
    await expect(decoder.decode(pdfFile([{}]).subarray(0, 60))).rejects.toMatchObject({ name: 'DescryError' })
    const picture = await decoder.decode(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'))
    expect(picture.width).toBeGreaterThan(0)
  })

  it('reads the text of a picture', async () => {
    const canvas = createCanvas(700, 160)
    const context = canvas.getContext('2d')
    context.fillStyle = '#fff'
    context.fillRect(0, 0, 700, 160)
    context.fillStyle = '#000'
    context.font = font(48)
    context.fillText('Platform 9 departs at 17:45', 30, 95)
    const reader = createTextReader(start)
    const { text } = await reader.read(await decoder.decode(canvas.toBuffer('image/png')))
    await reader.close()
    expect(text).toBe('Platform 9 departs at 17:45')
  })

  it('ran in processes of its own', () => {
    expect(started.length).toBeGreaterThanOrEqual(4)
  })
})

describe.each([
  ['a utility process', forkUtilityHelper],
  ['a process of Node', forkHelper]
])('%s', (_name, fork: (listener: HelperListener, program: string) => HelperProcess) => {
  it("gets nothing of the user's environment and a limited heap", async () => {
    const program = join(folder, 'report.mjs')
    await writeFile(
      program,
      `import { getHeapStatistics } from 'node:v8'
       const report = { env: { ...process.env }, heapBytes: getHeapStatistics().heap_size_limit }
       const answer = { ok: true, value: report }
       if (process.parentPort) process.parentPort.on('message', () => process.parentPort.postMessage(answer))
       else process.on('message', () => process.send(answer))`
    )
    vi.stubEnv('OPENAI_API_KEY', 'sk-never-to-be-seen')
    const { promise, resolve } = Promise.withResolvers<{ env: Record<string, string>; heapBytes: number }>()
    const gone = Promise.withResolvers<void>()
    const helper = fork(
      {
        onOutcome: (outcome) => outcome.ok && resolve(outcome.value as Awaited<typeof promise>),
        onGone: () => gone.resolve()
      },
      program
    )
    try {
      helper.post({ name: 'report', input: null })
      const { env, heapBytes } = await promise
      // The channel of child_process.fork is Node's own.
      const names = Object.keys(env).filter((name) => !name.startsWith('NODE_CHANNEL_'))
      expect(names.toSorted()).toEqual(process.platform === 'win32' ? ['LANG', 'SystemRoot'] : ['LANG'])
      // 1 GB for old objects, and what V8 adds for young ones; without a limit it is 2 GB or more.
      expect(heapBytes / 1024 ** 2).toBeLessThan(1536)
    } finally {
      vi.unstubAllEnvs()
      helper.kill()
      await gone.promise
    }
  })
})

describe.each([
  ['a utility process', forkUtilityHelper, 'dist/main/helper-program.js', null],
  ['a process of Node', forkHelper, helperProgram, 'ERR_ACCESS_DENIED']
] as const)('code of a hostile file in %s', (_name, fork, helper, fileError) => {
  /** The helper of Node reads only its own package. */
  let within: string
  beforeAll(async () => {
    const cache = join(root, 'node_modules/.cache')
    await mkdir(cache, { recursive: true })
    within = await mkdtemp(join(cache, 'descry-hostile-'))
  })
  afterAll(() => rm(within, { recursive: true }))

  /** What becomes of each attempt, once the helper's own program has started. */
  async function attempt(code: string, url: string): Promise<string> {
    const program = join(within, 'hostile.mjs')
    await writeFile(
      program,
      `import ${JSON.stringify(pathToFileURL(resolve(folder, helper)).href)}
       const fs = await import('node:fs')
       const net = await import('node:net')
       const dns = await import('node:dns')
       const dgram = await import('node:dgram')
       const { execFileSync } = await import('node:child_process')
       const url = new URL(${JSON.stringify(url)})
       const failure = (error) => error.code ?? error.cause?.message ?? error.message
       const run = async () => { ${code}; return 'done' }
       const report = async () => ({ ok: true, value: { attempt: await run().catch(failure) } })
       if (process.parentPort) process.parentPort.on('message', () => report().then((answer) => process.parentPort.postMessage(answer)))
       else process.on('message', () => report().then((answer) => process.send(answer)))`
    )
    const { promise, resolve: answered } = Promise.withResolvers<string>()
    const gone = Promise.withResolvers<void>()
    const onOutcome: HelperListener['onOutcome'] = (outcome) => {
      const attempted = outcome.ok && (outcome.value as { attempt?: string }).attempt
      if (attempted) answered(attempted)
    }
    const started = fork({ onOutcome, onGone: () => gone.resolve() }, program)
    try {
      started.post({ name: 'none', input: null })
      return await Promise.race([promise, gone.promise.then(() => 'ended')])
    } finally {
      started.kill()
      await gone.promise
    }
  }

  it.each([
    ['fetches', 'await fetch(url)'],
    ['connects', 'net.connect(Number(url.port), url.hostname)'],
    ['listens', "net.createServer().listen(0, '127.0.0.1')"],
    ['looks up a name', "await dns.promises.lookup('localhost')"],
    ['resolves a name', "new dns.Resolver().resolve4('localhost', () => undefined)"],
    ['sends a datagram', "dgram.createSocket('udp4').send('x', 9, url.hostname)"]
  ])('never %s', async (_what, code) => {
    const server = await startLoopbackServer((_request, response) => response.end())
    try {
      expect(await attempt(code, `http://127.0.0.1:${server.port}/`)).toBe('The helper process has no network.')
      expect(server.requests).toEqual([])
    } finally {
      await server.close()
    }
  })

  it('cannot be made from a string', async () => {
    expect(await attempt("new Function('return 1')()", 'http://127.0.0.1/')).toContain('Code generation from strings')
  })

  // Electron has no permission model.
  if (fileError === null) return
  it('neither reads nor writes files of the user, nor starts programs', async () => {
    const secret = await mkdtemp(join(tmpdir(), 'descry-secret-'))
    const file = JSON.stringify(join(secret, 'settings.json'))
    try {
      await writeFile(join(secret, 'settings.json'), '{}')
      for (const code of [
        `fs.readFileSync(${file})`,
        `fs.readdirSync(${JSON.stringify(secret)})`,
        `fs.readFileSync(${JSON.stringify(join(homedir(), '.profile'))})`,
        `fs.writeFileSync(${file}, '')`,
        `execFileSync(process.execPath, ['--version'])`
      ])
        expect(await attempt(code, 'http://127.0.0.1/'), code).toBe(fileError)
    } finally {
      await rm(secret, { recursive: true })
    }
  })
})
