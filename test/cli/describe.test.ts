import { once } from 'node:events'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { readPictureHeader } from '#adapters/pictures/picture-header.ts'
import { errorCodes } from '#shared/errors.ts'
import { createCliHome, type CliHome } from '#test/descry.ts'
import { answer, createGate, httpErrors, startModelServer, type ModelServer } from '#test/model-server.ts'
import { bombPicture, notAPicture, pagePicture, photoPicture, truncated } from '#test/pictures.ts'
import { isAlive, until } from '#test/process.ts'

const failureShape = z.strictObject({ code: z.enum(errorCodes), message: z.string().min(1), next: z.string().min(1) })
const ms = z.number().nonnegative()
const countShape = z.strictObject({ kind: z.string(), count: z.int().positive() })
const privacyShape = z.strictObject({
  action: z.enum(['unchecked', 'sent', 'hidden', 'local']),
  found: z.array(countShape),
  hidden: z.array(countShape)
})
/** The contract of docs/guide/command-line.md, written down a second time on purpose. */
const lineShape = z.strictObject({
  source: z.string(),
  width: z.int().positive(),
  height: z.int().positive(),
  mime: z.string().regex(/^image\//u),
  sha256: z.string().regex(/^[0-9a-f]{64}$/u),
  caption: z.string(),
  tags: z.array(z.string()),
  notice: z.string().nullable(),
  privacy: privacyShape,
  text: z.string().nullable(),
  codes: z.array(z.strictObject({ format: z.string(), text: z.string() })),
  unconfirmed: z.array(z.strictObject({ text: z.string(), start: z.int(), end: z.int() })),
  model: z.string().nullable(),
  provider: z.string().nullable(),
  usage: z.strictObject({ inputTokens: z.int(), outputTokens: z.int() }).nullable(),
  costUsd: z.number().nullable(),
  cached: z.boolean(),
  offline: z.boolean(),
  warnings: z.array(failureShape),
  timings: z.strictObject({ prepareMs: ms, requestMs: ms, firstTokenMs: ms.nullable(), totalMs: ms }),
  bytesSent: z.int().nonnegative()
})
const errorShape = z.strictObject({ source: z.string(), error: failureShape })

// oxlint-disable-next-line no-control-regex -- nothing of this may reach a terminal
const unprintable = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/u

let home: CliHome
let server: ModelServer
let online: NodeJS.ProcessEnv
/** Pictures of 300, 200 and 100 pixels in width. */
let wide: string
let middle: string
let narrow: string

beforeAll(async () => {
  home = await createCliHome()
  // The same picture is described by many tests. What is kept is in kept-captions.test.ts.
  await writeFile(join(home.dir, 'settings.json'), JSON.stringify({ keepCaptions: false }))
  server = await startModelServer()
  online = { OPENAI_BASE_URL: server.baseUrl }
  const write = async (width: number): Promise<string> => {
    const path = join(home.dir, `${width}.jpg`)
    await writeFile(path, await photoPicture(width, 100))
    return path
  }
  ;[wide, middle, narrow] = [await write(300), await write(200), await write(100)]
})
afterAll(async () => {
  await server.close()
  await home.remove()
})
beforeEach(() => {
  server.requests.length = 0
  server.script([])
})

const lines = (stdout: string): unknown[] =>
  stdout
    .split('\n')
    .slice(0, -1)
    .map((line): unknown => JSON.parse(line))

describe('describe --json', () => {
  test('is one object a picture in the order given, by the contract, asked side by side', async () => {
    // Nobody gets an answer before all three have asked; then the last one is answered first.
    const gates = new Map([300, 200, 100].map((width) => [width, createGate()]))
    const width = (bytes: Uint8Array): number => readPictureHeader(bytes).width
    server.script((request) => {
      const asked = width(request.images[0]?.bytes ?? new Uint8Array())
      return answer(`A picture of ${asked} pixels.\nTags: photo, test`, { gate: gates.get(asked) ?? createGate() })
    })
    const running = home.descry(['describe', wide, middle, narrow, '--json'], { env: online })
    await until(() => server.requests.length === 3, { what: 'three requests at once' })
    for (const asked of [100, 200, 300]) gates.get(asked)?.open()

    const { code, stdout, stderr } = await running
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const described = lines(stdout).map((line) => lineShape.parse(line))
    expect(described.map(({ source }) => source)).toEqual([wide, middle, narrow])
    expect(described.map(({ caption }) => caption)).toEqual(
      [300, 200, 100].map((asked) => `A picture of ${asked} pixels.`)
    )
    expect(described[0]).toMatchObject({
      width: 300,
      height: 100,
      mime: 'image/jpeg',
      tags: ['photo', 'test'],
      model: 'gpt-4o-mini',
      provider: new URL(server.baseUrl).host,
      offline: false,
      cached: false,
      bytesSent: server.requests.find(({ images }) => width(images[0]!.bytes) === 300)?.images[0]?.bytes.length
    })
  })

  test('broken, empty, mistyped and gigantic files get their code and leave the others alone', async () => {
    const bad = join(home.dir, 'bad')
    await mkdir(bad)
    const photo = await photoPicture(120, 80)
    const files: [name: string, bytes: Uint8Array, code: string][] = [
      ['broken.jpg', photo.subarray(0, 300), 'bad-image'],
      ['empty.png', new Uint8Array(), 'bad-image'],
      ['text.png', notAPicture, 'bad-image'],
      ['gigantic.png', bombPicture(), 'too-large']
    ]
    for (const [name, bytes] of files) await writeFile(join(bad, name), bytes)
    // A JPEG that calls itself a PNG is what its bytes say.
    await writeFile(join(bad, 'really-jpeg.png'), photo)
    const names = ['missing.png', ...files.map(([name]) => name), '.', 'really-jpeg.png']
    const { code, stdout } = await home.descry(['describe', '--json', ...names], { env: online, cwd: bad })

    expect(code).toBe(1)
    const all = lines(stdout)
    expect(all).toHaveLength(names.length)
    const failures = all.slice(0, -1).map((line) => errorShape.parse(line))
    expect(failures.map(({ source }) => source)).toEqual(names.slice(0, -1))
    expect(failures.slice(0, -1).map(({ error }) => error.code)).toEqual([
      'not-found',
      ...files.map(([, , code]) => code)
    ])
    expect(lineShape.parse(all.at(-1))).toMatchObject({ source: 'really-jpeg.png', mime: 'image/jpeg' })
    expect(server.requests).toHaveLength(1)
  })

  test('half a picture is described, with a warning', async () => {
    const half = join(home.dir, 'half.jpg')
    await writeFile(half, truncated(await photoPicture(120, 80)))
    const { code, stdout } = await home.descry(['describe', '--json', half], { env: online })
    expect(code).toBe(0)
    expect(lineShape.parse(lines(stdout)[0])).toMatchObject({
      warnings: [{ code: 'bad-image', message: 'Part of the picture is missing.' }]
    })
  })

  test('nothing described is exit code 3', async () => {
    server.script([httpErrors.badKey, httpErrors.badKey])
    const { code, stdout, stderr } = await home.descry(['describe', '--json', narrow, join(home.dir, 'none')], {
      env: { ...online, OPENAI_API_KEY: 'sk-wrong-and-secret' }
    })
    expect({ code, stderr }).toEqual({ code: 3, stderr: '' })
    expect(lines(stdout).map((line) => errorShape.parse(line).error.code)).toEqual(['bad-key', 'not-found'])
    expect(stdout).not.toContain('secret')
    expect(server.requests[0]?.headers.authorization).toBe('Bearer sk-wrong-and-secret')
  })

  test('hostile names and captions are text: no control or bidirectional-control characters', async () => {
    const hostile = join(home.dir, 'a\u001b]0;owned\u0007\u202egnp.b\u0085\n.jpg')
    await writeFile(hostile, await photoPicture(64, 48))
    server.script(() =>
      answer('Red\u001b[2J\u001b]52;c;ZXZpbA==\u0007 \u202eevil\u2066 \u009b31m sign.\nTags: \u001b[31mred')
    )
    for (const args of [['--json'], []]) {
      const { code, stdout, stderr } = await home.descry(['describe', hostile, `${hostile}.gone`, ...args], {
        env: online
      })
      expect(code).toBe(1)
      expect(stdout + stderr).not.toMatch(unprintable)
      // Escaped for JSON is not enough: a program that decodes it would have the escape sequence again.
      expect(stdout + stderr).not.toMatch(/\\u00|\\u20/u)
      expect(stdout).toContain('evil')
    }
  })
})

describe('describe for people', () => {
  test('prints the caption while it arrives, and no tags', async () => {
    const gate = createGate()
    const text = 'A red bicycle leans on a wall. It has a basket.'
    server.script([answer(`${text}\nTags: bicycle`, { gate })])
    const running = home.start(['describe', narrow], online)
    let stdout = ''
    running.child.stdout?.on('data', (chunk) => (stdout += String(chunk)))
    const ended = once(running.child, 'close')
    await until(() => server.requests.length === 1)
    gate.release(6)
    await until(() => stdout.startsWith('A red bicycle'), { what: 'the first words' })
    expect(text.startsWith(stdout)).toBe(true)
    expect(stdout.length).toBeLessThan(text.length)
    gate.open()
    expect(await ended).toEqual([0, null])
    expect(stdout).toBe(`${text}\n`)
  })

  test('several: each under its name, failures and warnings on stderr, warnings about the run once', async () => {
    const gone = join(home.dir, 'gone.png')
    const { code, stdout, stderr } = await home.descry(['describe', '--detail', 'brief', narrow, gone, middle])
    expect(code).toBe(1)
    expect(stdout.split('\n').filter((line) => line.endsWith('.jpg:'))).toEqual([`${narrow}:`, `${middle}:`])
    expect(stderr.trim().split('\n').toSorted()).toEqual([
      `${gone}: The picture was not found. Check the name or address.`,
      'A key is needed. Add it in Settings.'
    ])
  })

  test('options reach the model; --base-url goes before OPENAI_BASE_URL', async () => {
    const options = ['--ask', 'Which color is the door?', '--model', 'llava', '--lang', 'de']
    const env = { OPENAI_BASE_URL: 'http://127.0.0.1:9/v1' }
    const args = ['describe', ...options, narrow, '--base-url', `${server.baseUrl}/`]
    expect(await home.descry(args, { env })).toMatchObject({ code: 0 })
    const { body, path } = server.requests[0]!
    expect(path).toBe('/v1/chat/completions')
    expect(body.model).toBe('llava')
    expect(JSON.stringify(body.messages)).toContain('Which color is the door?')
    expect(JSON.stringify(body.messages)).toContain('German')
  })

  test('a question for a part of the picture sends that part alone, and the line tells of the whole', async () => {
    const args = ['describe', wide, '--json', '--ask', 'Look closer at the top left']
    const { code, stdout } = await home.descry(args, { env: online })
    expect(code).toBe(0)
    const { images, body } = server.requests[0]!
    expect(readPictureHeader(images[0]!.bytes)).toMatchObject({ width: 125, height: 42 })
    expect(JSON.stringify(body.messages)).toContain('one part of the picture, enlarged')
    expect(lineShape.parse(JSON.parse(stdout))).toMatchObject({ width: 300, height: 100, mime: 'image/jpeg' })
  })
})

describe('where pictures come from', () => {
  test('standard input, also when it is empty', async () => {
    const { code, stdout } = await home.descry(['describe', '-', '--json'], {
      input: await photoPicture(90, 60),
      env: online
    })
    expect(code).toBe(0)
    expect(lineShape.parse(JSON.parse(stdout))).toMatchObject({ source: '-', width: 90, height: 60 })
    expect(await home.descry(['describe', '-'], { input: '', env: online })).toMatchObject({ code: 3, stdout: '' })
  })

  test('an address, fetched here and not by the provider', async () => {
    const pictures = createServer((request, response) => {
      if (request.url !== '/door.jpg') return response.writeHead(404).end()
      return void photoPicture(80, 60).then((bytes) =>
        response.writeHead(200, { 'content-type': 'image/jpeg' }).end(bytes)
      )
    })
    pictures.listen(0, '127.0.0.1')
    await once(pictures, 'listening')
    try {
      const base = `http://127.0.0.1:${(pictures.address() as AddressInfo).port}`
      const { code, stdout } = await home.descry(['describe', '--json', `${base}/door.jpg`, `${base}/no.jpg`], {
        env: online
      })
      expect(code).toBe(1)
      const [door, none] = lines(stdout)
      expect(lineShape.parse(door)).toMatchObject({ source: `${base}/door.jpg`, width: 80 })
      expect(errorShape.parse(none).error.code).toBe('not-found')
      expect(JSON.stringify(server.requests[0]?.body)).not.toContain('door.jpg')
    } finally {
      pictures.close()
    }
  })

  test('an address whose server switches to another protocol', async () => {
    const pictures = createServer()
    pictures.on('connection', (socket) =>
      socket.once('data', () =>
        socket.end('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n')
      )
    )
    pictures.listen(0, '127.0.0.1')
    await once(pictures, 'listening')
    try {
      const address = `http://127.0.0.1:${(pictures.address() as AddressInfo).port}/a.png`
      expect(await home.descry(['describe', address], { env: online })).toEqual({
        code: 3,
        stdout: '',
        stderr: 'The address could not be reached. Check the address.\n'
      })
    } finally {
      pictures.close()
    }
  })

  test('a command that nothing can end any more says so, and its exit code is not Node’s 13', async () => {
    const forgetful = join(home.dir, 'forgetful.mjs')
    await writeFile(
      forgetful,
      `import http from 'node:http'
      import { EventEmitter } from 'node:events'
      import { syncBuiltinESMExports } from 'node:module'
      http.request = () => Object.assign(new EventEmitter(), { end() {} })
      syncBuiltinESMExports()`
    )
    const { code, stderr } = await home.descry(['describe', 'http://127.0.0.1:1/a.png', '--offline'], {
      env: { NODE_OPTIONS: `--import=${pathToFileURL(forgetful).href}` }
    })
    expect(stderr).toBe('Something went wrong in Descry. Try again. If it keeps happening, report it.\n')
    expect(code).toBe(3)
  })
})

describe('keys and addresses', () => {
  const key = 'sk-environment'
  const authorization = (): string | undefined => server.requests.at(-1)?.headers.authorization

  test('OPENAI_API_KEY goes to the address beside it, never to the one in the settings', async () => {
    await home.descry(['describe', narrow], { env: { ...online, OPENAI_API_KEY: key } })
    expect(authorization()).toBe(`Bearer ${key}`)
    await home.descry(['describe', narrow, '--base-url', server.baseUrl], { env: { OPENAI_API_KEY: key } })
    expect(authorization()).toBe(`Bearer ${key}`)

    const other = await createCliHome({ OPENAI_API_KEY: key })
    await writeFile(join(other.dir, 'settings.json'), JSON.stringify({ baseUrl: server.baseUrl }))
    expect(await other.descry(['describe', narrow])).toMatchObject({ code: 0, stderr: '' })
    expect(server.requests).toHaveLength(3)
    expect(authorization()).toBeUndefined()
    await other.remove()
  })

  test('without a key for OpenAI the picture stays here, and that is said', async () => {
    const { code, stdout } = await home.descry(['describe', narrow, '--json'])
    expect(code).toBe(0)
    expect(lineShape.parse(JSON.parse(stdout))).toMatchObject({
      offline: true,
      bytesSent: 0,
      provider: null,
      warnings: [{ code: 'no-key' }]
    })
  })

  test('--offline asks nobody', async () => {
    const { code, stdout, stderr } = await home.descry(['describe', narrow, '--offline'], {
      env: { ...online, OPENAI_API_KEY: key }
    })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain('100 by 100 pixels')
    expect(server.requests).toEqual([])
  })
})

describe('interrupted', { tags: ['posix'] }, () => {
  /** Interrupts work that would never end, or would end with another exit code. */
  const interrupted = async (
    args: string[],
    signal: NodeJS.Signals,
    ready: (pid: number) => boolean | Promise<boolean>
  ): Promise<void> => {
    const running = home.start(args, online)
    running.child.stdout?.on('data', (chunk) => (stdout += String(chunk)))
    let stdout = ''
    const ended = once(running.child, 'close')
    await until(() => ready(running.pid), { what: 'the work to begin' })
    running.child.kill(signal)
    expect(await ended).toEqual([130, null])
    expect(stdout).not.toContain('"error"')
  }

  test('in mid-stream: exit code 130 at once, and the request is aborted', async () => {
    server.script([{ type: 'answer', chunks: ['A red', ' door'], ending: 'stall' }])
    const hasAsked = (): boolean => server.requests.length === 1
    await interrupted(['describe', narrow, '--json'], 'SIGINT', hasAsked)
    await until(() => server.requests[0]?.state === 'aborted', { what: 'the request to be aborted' })
  })

  test('while text is being read here', { tags: ['linux'] }, async () => {
    const page = join(home.dir, 'page.png')
    await writeFile(page, (await pagePicture()).bytes)
    // OCR runs in a process of its own, which ends with its parent.
    let readers: string[] = []
    const isReading = async (pid: number): Promise<boolean> => {
      readers = (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).split(' ').slice(0, -1)
      return readers.length > 0
    }
    await interrupted(['describe', page, '--offline'], 'SIGINT', isReading)
    await until(() => !readers.map(Number).some(isAlive), { what: 'the end of OCR' })
  })

  test('while an address is slow', async () => {
    let asked = false
    const silent = createServer(() => (asked = true))
    silent.listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const address = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/slow.jpg`
    await interrupted(['describe', address], 'SIGTERM', () => asked)
    silent.closeAllConnections()
    silent.close()
  })

  test('a reader that goes away ends it quietly', async () => {
    const gate = createGate()
    server.script([
      { type: 'answer', chunks: ['A red door. ', 'It is wide open.', ' Nobody is there.'], gate, ending: 'stall' }
    ])
    const running = home.start(['describe', narrow], online)
    let stderr = ''
    running.child.stderr?.on('data', (chunk) => (stderr += String(chunk)))
    const ended = once(running.child, 'close')
    running.child.stdout?.once('close', () => gate.open())
    running.child.stdout?.once('data', () => running.child.stdout?.destroy())
    gate.release()
    expect(await ended).toEqual([130, null])
    expect(stderr).toBe('')
  })
})
