import { afterAll, expect, it, vi } from 'vitest'
import { createCanvas, loadImage } from '@napi-rs/canvas'
import { createCanvasDecoder } from '#adapters/pictures/canvas.ts'
import { createTextReader } from '#adapters/ocr/text-reader.ts'
import { checkGrounding, type GroundingResult } from '#core/grounding/grounding.ts'
import { font } from '#test/fonts.ts'
import { pagePicture, photoPicture, screenPicture } from '#test/pictures.ts'

// Reading gives way to everything else, so a busy machine makes it slow.
vi.setConfig({ testTimeout: 120_000 })

const decoder = createCanvasDecoder()
const reader = createTextReader()
afterAll(() => reader.close())

async function checks(bytes: Uint8Array): Promise<(caption: string) => GroundingResult> {
  const read = await reader.read(await decoder.decode(bytes))
  return (caption) => checkGrounding({ caption, read, codes: [], language: 'en', knownText: null })
}

it('tells right from wrong in a page', async () => {
  const check = await checks((await pagePicture()).bytes)
  expect(
    check('A page “The lighthouse at Cape Farewell”. Visitors climb 172 steps; the last ferry leaves at 5:45 pm.')
  ).toEqual({ unconfirmed: [], nearest: [], isTextUnchecked: false })
  const wrong = check('A page “The lighthouse at Cape Horn”. Visitors climb 127 steps; the last ferry leaves at 17:45.')
  expect(wrong.unconfirmed.map(({ text }) => text)).toEqual(['Horn', '127'])
  expect(wrong.nearest).toEqual(['Farewell', '172'])
})

it('tells right from wrong on a screen', async () => {
  const check = await checks(await screenPicture())
  expect(check('A dialog says “This message will be deleted permanently.”').unconfirmed).toEqual([])
  expect(check('A dialog says “This message will be encrypted permanently.”')).toMatchObject({
    unconfirmed: [{ text: 'encrypted' }],
    nearest: ['deleted']
  })
})

it.each([
  // Read, and found.
  [2.5, { unconfirmed: [], nearest: [], isTextUnchecked: false }],
  [6, { unconfirmed: [], nearest: [], isTextUnchecked: true }]
])('says that it could not tell where a sign in a photo is out of focus, by %d pixels', async (blurPx, expected) => {
  const photo = await loadImage(await photoPicture(640, 480))
  const canvas = createCanvas(640, 480)
  const context = canvas.getContext('2d')
  context.drawImage(photo, 0, 0)
  context.filter = `blur(${blurPx}px)`
  context.fillStyle = '#eee'
  context.fillRect(200, 210, 240, 60)
  context.fillStyle = '#222'
  context.font = font(26)
  context.fillText('KEEP OUT 84', 230, 250)
  const check = await checks(await canvas.encode('png'))
  expect(check('A hill; a sign says “Keep out 84”.')).toEqual(expected)
})
