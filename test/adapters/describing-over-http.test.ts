import { afterEach, beforeEach, describe as suite, expect, it } from 'vitest'
import { createCanvas } from '@napi-rs/canvas'
import { createCanvasDecoder } from '#adapters/pictures/canvas.ts'
import { createSystemClock } from '#adapters/clock.ts'
import { createOpenAiModel } from '#adapters/providers/openai.ts'
import { describe } from '#core/describing/describer.ts'
import type { Description } from '#shared/caption.ts'
import { describerRequest } from '#test/describer-request.ts'
import { font } from '#test/fonts.ts'
import { answer, httpErrors, startModelServer, type Behavior, type ModelServer } from '#test/model-server.ts'
import { until } from '#test/process.ts'

/** The describer with the real decoder, SDK and clock, as the app puts them together. */
let server: ModelServer

beforeEach(async () => {
  server = await startModelServer()
})
afterEach(() => server.close())

function photo(): Uint8Array {
  const canvas = createCanvas(1600, 900)
  const context = canvas.getContext('2d')
  context.fillStyle = 'white'
  context.fillRect(0, 0, 1600, 900)
  context.fillStyle = 'black'
  context.font = font(40)
  for (let line = 0; line < 15; line += 1) context.fillText(`A line of text, number ${line}`, 50, 80 + line * 50)
  return canvas.toBuffer('image/png')
}

async function run(behaviors: Behavior[], signal = new AbortController().signal): Promise<Description> {
  server.script(behaviors)
  return describe(
    {
      vision: createOpenAiModel({ baseUrl: server.baseUrl, apiKey: null }),
      reader: { read: () => Promise.resolve({ text: 'words read here', words: [] }), close: () => Promise.resolve() },
      codes: { read: () => Promise.resolve([]) },
      clock: createSystemClock()
    },
    describerRequest(await createCanvasDecoder().decode(photo()), {
      firstTokenTimeoutMs: 1000,
      receivedAtMs: performance.now()
    }),
    () => undefined,
    signal
  )
}

suite('describing over HTTP', () => {
  it('sends a JPEG of the right size and returns caption, tags, usage and cost', async () => {
    const description = await run([answer('A page of text.\nTags: text')])
    const image = server.requests[0]?.images[0]
    expect(image?.mime).toBe('image/jpeg')
    expect(await createCanvasDecoder().decode(image?.bytes ?? new Uint8Array())).toMatchObject({
      width: 1365,
      height: 768
    })
    expect(description).toMatchObject({
      caption: 'A page of text.',
      tags: ['text'],
      offline: false,
      bytesSent: image?.bytes.byteLength,
      usage: { inputTokens: 36_835 }
    })
    expect(description.costUsd).toBeGreaterThan(0.005)
  })

  it('keeps what arrived before the connection broke', async () => {
    const description = await run([answer('A page of te', { ending: 'cut' })])
    expect(description).toMatchObject({ caption: 'A page of te', warnings: [{ code: 'cut-off' }] })
  })

  it.each(['before-headers', 'after-headers'] as const)(
    'gives up on a server that stalls %s, and hangs up',
    async (when) => {
      await expect(run([{ type: 'stall', when }])).rejects.toMatchObject({ code: 'timed-out' })
      await until(() => server.requests[0]?.state === 'aborted')
      expect(server.requests).toHaveLength(1)
    }
  )

  it('tries again after the wait that the provider asked for', async () => {
    expect((await run([httpErrors.rateLimited('0'), answer('A page.')])).caption).toBe('A page.')
    expect(server.requests).toHaveLength(2)
  })

  it('uses the successor of a model that is no longer available', async () => {
    const description = await run([httpErrors.modelGone, answer('A page.')])
    expect(server.requests.map((request) => request.body.model)).toEqual(['gpt-4o-mini', 'gpt-6-luna'])
    expect(description).toMatchObject({ model: 'gpt-6-luna', warnings: [{ code: 'model-gone' }] })
  })

  it('describes on this computer when the server fails twice, and counts what was sent', async () => {
    const description = await run([httpErrors.serverError, httpErrors.overloaded])
    expect(description).toMatchObject({ offline: true, text: 'words read here', warnings: [{ code: 'provider-down' }] })
    expect(description.bytesSent).toBe(
      server.requests.reduce((sum, request) => sum + (request.images[0]?.bytes.length ?? 0), 0)
    )
  })

  it('cuts an endless answer short and disconnects', async () => {
    const description = await run([{ type: 'endless', chunk: 'Word # and more. ' }])
    expect(description.caption.length).toBeGreaterThan(5900)
    expect(description.caption.length).toBeLessThanOrEqual(6000)
    expect(description.warnings).toMatchObject([{ code: 'cut-off' }])
    await until(() => server.requests[0]?.state === 'aborted')
  })

  it('cuts a repetitive answer where the repetition begins, and disconnects', async () => {
    const description = await run([{ type: 'endless', chunk: 'Words and words and more. ' }])
    expect(description.caption).toBe('Words and words and more.')
    expect(description.warnings).toMatchObject([{ code: 'cut-off' }])
    await until(() => server.requests[0]?.state === 'aborted')
  })

  it('stops at once', async () => {
    const stop = new AbortController()
    const done = run([answer('A page', { ending: 'stall' })], stop.signal)
    await until(() => server.requests.length === 1)
    stop.abort()
    await expect(done).rejects.toMatchObject({ name: 'AbortError' })
    await until(() => server.requests[0]?.state === 'aborted')
  })
})
