import { createCanvas, loadImage } from '@napi-rs/canvas'
import { afterAll, expect, it } from 'vitest'
import { createTextReader } from '#adapters/ocr/text-reader.ts'
import { createCanvasDecoder } from '#adapters/pictures/canvas.ts'
import { createZxingReader } from '#adapters/pictures/zxing.ts'
import { clearToSend } from '#core/privacy/gate.ts'
import { defaultSettings, privacyRulesOf } from '#shared/settings.ts'
import { createFakeClock } from '#test/clock.ts'
import { codePicture } from '#test/code-pictures.ts'
import { font } from '#test/fonts.ts'

const reader = createTextReader()
const codes = createZxingReader()
afterAll(() => reader.close())

/** A form with a card number, and the code of a Wi-Fi network beside it. */
async function form(): Promise<Uint8Array> {
  const canvas = createCanvas(900, 420)
  const context = canvas.getContext('2d')
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, 900, 420)
  context.fillStyle = '#222222'
  for (const [index, line] of ['Guest payment', 'Card number 4111 1111 1111 1111', 'Amount 48.20'].entries()) {
    context.font = font(24)
    context.fillText(line, 40, 70 + index * 60)
  }
  context.drawImage(
    await loadImage(await codePicture('WIFI:T:WPA;S:Home;P:correct horse;;', 'QRCode', { width: 220, height: 220 })),
    620,
    160,
    220,
    220
  )
  return canvas.encode('png')
}

it('what the real readers find is covered, and they read nothing of it afterwards', async () => {
  const picture = await createCanvasDecoder().decode(await form())
  const rules = privacyRulesOf({ ...defaultSettings, privacyCheck: true }, true)
  if (rules === null) throw new Error('Nothing is checked.')
  const signal = new AbortController().signal
  const clearance = await clearToSend(
    {
      picture,
      area: null,
      window: { windowTitle: null, applicationName: null },
      passwordFields: [],
      rules,
      knownText: null,
      languages: ['en'],
      mayAsk: false,
      readText: () => reader.read(picture),
      readCodes: () => codes.read(picture),
      reader,
      codes,
      // A busy computer may take as long as it likes.
      clock: createFakeClock(),
      onSlow: () => undefined
    },
    signal
  )
  expect(clearance.privacy.hidden).toEqual([
    { kind: 'card-number', count: 1 },
    { kind: 'login-code', count: 1 }
  ])
  if (!clearance.isCleared) throw new Error('Not sent.')
  const { text } = await reader.read(clearance.picture)
  expect(text).toContain('Guest payment')
  expect(text).toContain('48.20')
  expect(text.replace(/\s/gu, '')).not.toMatch(/4111|1111/u)
  expect(await codes.read(clearance.picture)).toEqual([])
}, 60_000)
