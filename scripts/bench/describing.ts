import { createCanvas } from '@napi-rs/canvas'
import { createCanvasDecoder } from '#adapters/pictures/canvas.ts'
import { createSystemClock } from '#adapters/clock.ts'
import { createOpenAiModel } from '#adapters/providers/openai.ts'
import { createZxingReader } from '#adapters/pictures/zxing.ts'
import { describe } from '#core/describing/describer.ts'
import type { TextReader } from '#core/ports/pictures.ts'
import { describerRequest } from '#test/describer-request.ts'
import { font } from '#test/fonts.ts'
import { startModelServer, type ModelServer } from '#test/model-server.ts'
import { median, type BenchRow } from './row.ts'

const runs = 7
const noReader: TextReader = { read: () => Promise.reject(new Error('not asked')), close: () => Promise.resolve() }

/** A 3840x2160 screen: windows of text on a shaded background with some noise. As a PNG, about as large as a real one. */
function screen4k(): Uint8Array {
  const canvas = createCanvas(3840, 2160)
  const context = canvas.getContext('2d')
  const shade = context.createLinearGradient(0, 0, 3840, 2160)
  shade.addColorStop(0, '#204060')
  shade.addColorStop(1, '#c08040')
  context.fillStyle = shade
  context.fillRect(0, 0, 3840, 2160)
  for (let dot = 0; dot < 200_000; dot += 1) {
    context.fillStyle = `hsl(${(dot * 37) % 360} 40% ${30 + (dot % 40)}%)`
    context.fillRect((dot * 7919) % 3840, (dot * 104_729) % 2160, 3, 3)
  }
  for (const left of [100, 2000]) {
    context.fillStyle = 'white'
    context.fillRect(left, 150, 1700, 1800)
    context.fillStyle = 'black'
    context.font = font(28)
    for (let line = 0; line < 45; line += 1) {
      context.fillText(
        `Line ${line}: the quick brown fox jumps over the lazy dog, ${line * 7919} times.`,
        left + 40,
        210 + line * 38
      )
    }
  }
  return canvas.toBuffer('image/png')
}

/** From having the picture's bytes to the first byte of the request at the server; also how many bytes are sent. */
async function ours(server: ModelServer, png: Uint8Array): Promise<{ firstByteMs: number; bytes: number }> {
  const startMs = performance.now()
  const picture = await createCanvasDecoder().decode(png)
  const seen = server.requests.length
  await describe(
    {
      vision: createOpenAiModel({ baseUrl: server.baseUrl, apiKey: null }),
      reader: noReader,
      codes: createZxingReader(),
      clock: createSystemClock()
    },
    describerRequest(picture, { receivedAtMs: startMs }),
    () => undefined,
    new AbortController().signal
  )
  const request = server.requests[seen]
  return {
    firstByteMs: (request?.arrivedAtMs ?? NaN) - startMs,
    bytes: request?.images[0]?.bytes.byteLength ?? NaN
  }
}

export async function bench(): Promise<BenchRow[]> {
  const png = screen4k()
  const server = await startModelServer()
  try {
    await ours(server, png)
    const mine = []
    for (let run = 0; run < runs; run += 1) mine.push(await ours(server, png))
    const bytes = mine[0]?.bytes ?? NaN
    const kilobytes = (count: number): string => `${Math.round(count / 1024)} KB`
    return [
      {
        name: '4K screen (PNG) to first request byte',
        oursMs: median(mine.map((run) => run.firstByteMs)),
        naiveMs: null,
        note: `goal 250 ms; median of ${runs}, warm; ${kilobytes(bytes)} sent, the whole PNG is ${kilobytes(png.byteLength)}`
      }
    ]
  } finally {
    await server.close()
  }
}
