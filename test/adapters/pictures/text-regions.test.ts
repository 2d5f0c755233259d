import { createCanvas, type Canvas } from '@napi-rs/canvas'
import { afterAll, expect, it } from 'vitest'
import { createCanvasDecoder } from '#adapters/pictures/canvas.ts'
import { createTesseractReader } from '#adapters/pictures/tesseract.ts'
import { findTextRegions } from '#core/pictures/text-regions.ts'
import { font } from '#test/fonts.ts'

const reader = createTesseractReader()
afterAll(() => reader.close())

const [width, height] = [420, 230]

/** Dark and light words on paper, in a button and in a bar; a table with a column far to the right. */
function drawn(): Canvas {
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  const box = (color: string, x: number, y: number, boxWidth: number, boxHeight: number): void => {
    context.fillStyle = color
    context.fillRect(x, y, boxWidth, boxHeight)
  }
  const write = (text: string, x: number, y: number, color: string): void => {
    context.fillStyle = color
    context.font = font(14)
    context.fillText(text, x, y)
  }
  box('#ffffff', 0, 0, width, height)
  box('#444444', 0, 0, width, 30)
  write('Sound Studio', 12, 20, '#ffffff')
  for (const [row, [name, count]] of [
    ['Bergen', '63'],
    ['Glasgow', '106'],
    ['Norwich', '97']
  ].entries()) {
    write(name ?? '', 20, 70 + 30 * row, '#222222')
    write(count ?? '', 380, 70 + 30 * row, '#222222')
  }
  box('#0b57a4', 20, 180, 110, 32)
  write('Replace', 46, 201, '#ffffff')
  return canvas
}

it('finds dark and light text anywhere, and leaves out areas that are known', () => {
  const { data } = drawn().getContext('2d').getImageData(0, 0, width, height)
  const gray = {
    data: Uint8Array.from({ length: width * height }, (_, index) => data[4 * index + 1] ?? 0),
    width,
    height
  }
  const at = (x: number, y: number): { isLightOnDark: boolean } | undefined =>
    findTextRegions(gray, []).find(
      ({ box }) => x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height
    )
  expect(at(60, 15)).toMatchObject({ isLightOnDark: true })
  expect(at(40, 65)).toMatchObject({ isLightOnDark: false })
  expect(at(390, 95)).toMatchObject({ isLightOnDark: false })
  expect(at(75, 197)).toBeDefined()
  expect(at(200, 150)).toBeUndefined()
  expect(findTextRegions(gray, [{ x: 0, y: 0, width, height }])).toEqual([])
})

it('reads title bars and far columns', async () => {
  const picture = await createCanvasDecoder().decode(await drawn().encode('png'))
  const { words } = await reader.read(picture)
  expect(words.map(({ text }) => text)).toEqual(
    expect.arrayContaining(['106', '63', '97', 'Bergen', 'Glasgow', 'Norwich', 'Sound', 'Studio'])
  )
})

it('does not take the corners of bars and buttons for text', async () => {
  const canvas = createCanvas(400, 300)
  const context = canvas.getContext('2d')
  context.fillStyle = '#eef3f8'
  context.fillRect(0, 0, 400, 300)
  context.fillStyle = '#0a6a5a'
  for (const x of [60, 140, 220, 300]) context.fillRect(x, x / 2, 54, 300)
  const picture = await createCanvasDecoder().decode(await canvas.encode('png'))
  expect((await reader.read(picture)).unread).toEqual([])
})
