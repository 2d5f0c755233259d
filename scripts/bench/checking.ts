import { createCanvas } from '@napi-rs/canvas'
import { createSystemClock } from '#adapters/clock.ts'
import { createTextReader } from '#adapters/ocr/text-reader.ts'
import { createCanvasDecoder } from '#adapters/pictures/canvas.ts'
import { createZxingReader } from '#adapters/pictures/zxing.ts'
import { createOpenAiModel } from '#adapters/providers/openai.ts'
import { describe } from '#core/describing/describer.ts'
import type { PrivacyRules } from '#shared/privacy-rules.ts'
import { defaultSettings, privacyRulesOf } from '#shared/settings.ts'
import { describerRequest } from '#test/describer-request.ts'
import { font } from '#test/fonts.ts'
import { startModelServer, type ModelServer } from '#test/model-server.ts'
import { photoPicture } from '#test/pictures.ts'
import { median, type BenchRow } from './row.ts'

const runs = 7

/** A 1080p window with 50 lines of text; the last holds a card number if wished. */
function screen(hasCard: boolean): Uint8Array {
  const canvas = createCanvas(1920, 1080)
  const context = canvas.getContext('2d')
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, 1920, 1080)
  context.fillStyle = '#222222'
  context.font = font(15)
  for (let line = 0; line < 50; line += 1) {
    const isCard = hasCard && line === 49
    const text = isCard
      ? 'Card number 4111 1111 1111 1111'
      : `Line ${line}: the quick brown fox jumps over ${line * 791} lazy dogs.`
    context.fillText(text, 60, 40 + line * 20.5)
  }
  return canvas.toBuffer('image/png')
}

/** What the check before sending adds until the first byte of the request is at the server, with helper and threads running. */
export async function bench(): Promise<BenchRow[]> {
  const server = await startModelServer()
  const reader = createTextReader()
  const ports = { reader, codes: createZxingReader(), clock: createSystemClock() }
  const rules = privacyRulesOf({ ...defaultSettings, privacyCheck: true, checkForLocalModels: true }, true)

  async function firstByteMs(png: Uint8Array, privacy: PrivacyRules | null): Promise<number> {
    const startMs = performance.now()
    const picture = await createCanvasDecoder().decode(png)
    const seen = server.requests.length
    await describe(
      { ...ports, vision: createOpenAiModel({ baseUrl: server.baseUrl, apiKey: null }) },
      describerRequest(picture, { origin: 'screen', privacy, receivedAtMs: startMs }),
      () => undefined,
      new AbortController().signal
    )
    return arrivedAtMs(server, seen) - startMs
  }

  async function row(name: string, png: Uint8Array, goal: string): Promise<BenchRow> {
    await firstByteMs(png, rules)
    const [checked, unchecked]: [number[], number[]] = [[], []]
    for (let run = 0; run < runs; run += 1) {
      checked.push(await firstByteMs(png, rules))
      unchecked.push(await firstByteMs(png, null))
    }
    const [withCheck, without] = [median(checked), median(unchecked)]
    return {
      name,
      oursMs: withCheck - without,
      naiveMs: null,
      note: `added to ${Math.round(without)} ms; ${goal}median of ${runs}, warm`
    }
  }

  try {
    return [
      await row('check of a 1080p photo', await photoPicture(1920, 1080, 'png'), 'goal 150 ms; '),
      await row('check of a screen of 50 lines', screen(false), 'goal 1,200 ms; '),
      await row('the same with a card number, which is covered', screen(true), '')
    ]
  } finally {
    await reader.close()
    await server.close()
  }
}

function arrivedAtMs(server: ModelServer, index: number): number {
  return server.requests[index]?.arrivedAtMs ?? NaN
}
