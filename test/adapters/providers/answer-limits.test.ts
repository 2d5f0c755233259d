import { execFile } from 'node:child_process'
import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { createGzip } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { limitBody, maxAnswerBytes, readErrorBody, type BodyLimits } from '#adapters/providers/limited-body.ts'
import { startLoopbackServer, type LoopbackServer } from '#test/loopback-server.ts'

const block = 'x'.repeat(65_536)
/** 900 KB that become 900 MB. */
let bomb: Buffer

function* repeat(piece: string, count = Infinity): Generator<string> {
  for (let written = 0; written < count; written += 1) yield piece
}

function pourForever(response: ServerResponse, piece: string): void {
  const endless = Readable.from(repeat(piece), { objectMode: false })
  response.once('close', () => endless.destroy())
  endless.pipe(response)
}

const events = { 'content-type': 'text/event-stream' }
const json = { 'content-type': 'application/json' }
/** By the part of the path before /v1. */
const answers: Record<string, (response: ServerResponse) => void> = {
  'line-without-end': (response) => {
    response.writeHead(200, events).write('data: ')
    pourForever(response, block)
  },
  'tiny-pieces': (response) => {
    response.writeHead(200, events).write('data: ')
    pourForever(response, 'x'.repeat(16))
  },
  comments: (response) => pourForever(response.writeHead(200, events), ': still here\n'.repeat(5000)),
  'lines-of-one-event': (response) => pourForever(response.writeHead(200, events), 'data: 1\n'.repeat(8000)),
  'endless-json': (response) => {
    response.writeHead(200, json).write('{"choices":[{"message":{"content":"')
    pourForever(response, block)
  },
  'nested-json': (response) => response.writeHead(200, json).end('{"error":'.repeat(800_000)),
  'endless-error': (response) => {
    response.writeHead(500, json).write('{"error":{"message":"')
    pourForever(response, block)
  },
  'stalled-error': (response) => response.writeHead(500, json).write('{"error":{"mess'),
  'gzip-error': (response) => response.writeHead(500, { ...json, 'content-encoding': 'gzip' }).end(bomb),
  'gzip-answer': (response) => response.writeHead(200, { ...json, 'content-encoding': 'gzip' }).end(bomb)
}
let server: LoopbackServer
const encodings = new Set<string | undefined>()

beforeAll(async () => {
  bomb = await buffer(Readable.from(repeat(' '.repeat(1_000_000), 900)).pipe(createGzip()))
  server = await startLoopbackServer((request, response) => {
    encodings.add(String(request.headers['accept-encoding']))
    const [, name = ''] = (request.url ?? '').split('/')
    answers[name]?.(response)
  })
}, 60_000)
afterAll(() => server.close())

/** What comes of it in a process of its own, and the most memory that process ever used. */
async function outcomeOf(program: string, name: string): Promise<{ code: string; peakMb: number; seconds: number }> {
  const source = `
    import { readFileSync } from 'node:fs'
    import { createOpenAiModel } from '#adapters/providers/openai.ts'
    import { createOpenAiBatches } from '#adapters/providers/openai-batches.ts'
    import { listModels } from '#adapters/providers/model-list.ts'
    const baseUrl = process.argv[1]
    const signal = new AbortController().signal
    const started = performance.now()
    let code = 'answered'
    try { ${program} } catch (error) { code = error.code ?? String(error) }
    // On Linux, maxRSS begins with that of the process that started this one.
    const peakKb = process.platform === 'linux'
      ? Number(/VmHWM:\\s+(\\d+)/u.exec(readFileSync('/proc/self/status', 'utf8'))[1])
      : process.resourceUsage().maxRSS
    const peakMb = Math.round(peakKb / 1000)
    console.log(JSON.stringify({ code, peakMb, seconds: (performance.now() - started) / 1000 }))
    process.exit()`
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '-e', source, `http://127.0.0.1:${server.port}/${name}/v1`],
    { timeout: 110_000 }
  )
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as { code: string; peakMb: number; seconds: number }
}

const describing = `
  const model = createOpenAiModel({ baseUrl, apiKey: null })
  const request = {
    model: 'any', parameters: {}, instructions: '', turns: [], prompt: '', imageDetail: 'low',
    picture: { bytes: new Uint8Array(3), mime: 'image/jpeg', width: 1, height: 1 }
  }
  for await (const event of model.stream(request, signal));`
const listing = `await listModels(baseUrl, { apiKey: null, signal })`
const collecting = `
  const batches = createOpenAiBatches({ baseUrl, apiKey: null }, '/nowhere')
  for await (const answer of batches.answers({ fileIds: ['file-1'] }, signal));`

describe('a hostile answer costs less than 400 MB', () => {
  it.each([
    ['line-without-end', describing, 'bad-answer'],
    ['comments', describing, 'bad-answer'],
    ['lines-of-one-event', describing, 'bad-answer'],
    ['tiny-pieces', describing, 'bad-answer'],
    ['endless-json', describing, 'bad-answer'],
    ['nested-json', describing, 'bad-answer'],
    ['endless-error', describing, 'provider-down'],
    ['stalled-error', describing, 'provider-down'],
    ['gzip-error', describing, 'provider-down'],
    ['gzip-answer', describing, 'bad-answer'],
    ['endless-json', listing, 'bad-answer'],
    ['endless-error', listing, 'provider-down'],
    ['stalled-error', listing, 'provider-down'],
    ['gzip-answer', listing, 'bad-answer'],
    ['line-without-end', collecting, 'bad-answer'],
    ['gzip-answer', collecting, 'bad-answer']
  ])('%s', { timeout: 120_000 }, async (name, program, code) => {
    const outcome = await outcomeOf(program, name)
    expect(outcome).toMatchObject({ code })
    expect(outcome.peakMb).toBeLessThan(400)
    if (process.env.DESCRY_SHOW_MEMORY) console.log(name, outcome)
  })

  it('and is not asked for in compressed form', () => expect([...encodings]).toEqual(['identity']))
})

describe('the limits of a body', () => {
  async function pass(pieces: string[], limits: Partial<BodyLimits> = {}): Promise<string[]> {
    const usual: BodyLimits = { maxBytes: 20, maxLineBytes: 10 }
    const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
      start(controller) {
        for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece))
        controller.close()
      }
    })
    const passed: string[] = []
    for await (const bytes of body.pipeThrough(limitBody({ ...usual, ...limits })))
      passed.push(Buffer.from(bytes).toString())
    return passed
  }

  it('passes on whole lines as they come, and what is left at the end', async () => {
    expect(await pass(['a', 'b\nc', 'd', '\r', '\ne'])).toEqual(['ab\n', 'cd\r', '\n', 'e'])
    expect(await pass([])).toEqual([])
  })

  it('allows exactly as much as its limits', async () => {
    expect(await pass(['1234567890', '\n123456789'])).toEqual(['1234567890\n', '123456789'])
    await expect(pass(['1234567890', '1'])).rejects.toMatchObject({ code: 'bad-answer' })
    await expect(pass(['1\n'.repeat(10), '1'])).rejects.toMatchObject({ code: 'bad-answer' })
  })

  it('reads of an error what arrives in time, up to 64 KB, whatever its end', async () => {
    const read = async (fill: (controller: ReadableStreamDefaultController<Uint8Array>) => void): Promise<string> => {
      const body = new ReadableStream<Uint8Array>({ pull: fill }, { highWaterMark: 0 })
      return String(await readErrorBody(body, 50))
    }
    let count = 0
    const once = (then: (controller: ReadableStreamDefaultController<Uint8Array>) => unknown) => {
      count = 0
      return (controller: ReadableStreamDefaultController<Uint8Array>): unknown => {
        count += 1
        return count === 1 ? controller.enqueue(Buffer.from('{"err')) : then(controller)
      }
    }
    expect(await read(once((controller) => controller.close()))).toBe('{"err')
    expect(await read(once((controller) => controller.error(new Error('cut'))))).toBe('{"err')
    expect(await read(once(() => new Promise(() => undefined)))).toBe('{"err')
    expect(await read((controller) => controller.enqueue(Buffer.alloc(50_000, 'x')))).toHaveLength(65_536)
  })

  it('leaves room for a whole caption', () => {
    const event = JSON.stringify({ id: 'chatcmpl-1'.repeat(4), choices: [{ delta: { content: 'a' }, logprobs: null }] })
    expect(maxAnswerBytes).toBeGreaterThan(6000 * event.length * 2)
  })
})
