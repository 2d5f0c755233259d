import { afterAll, expect, it } from 'vitest'
import { createCanvasDecoder } from '#adapters/pictures/canvas.ts'
import { createTesseractReader } from '#adapters/pictures/tesseract.ts'
import { checkGrounding, type GroundingResult } from '#core/grounding/grounding.ts'
import { pagePicture, photoPicture, screenPicture } from '#test/pictures.ts'

const decoder = createCanvasDecoder()
const reader = createTesseractReader()
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

it('says that it could not tell in a photo', async () => {
  const check = await checks(await photoPicture(640, 480))
  expect(check('A hill; a sign says “Keep out”.')).toEqual({ unconfirmed: [], nearest: [], isTextUnchecked: true })
})
