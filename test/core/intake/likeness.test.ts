import { createCanvas, type Canvas } from '@napi-rs/canvas'
import { expect, it } from 'vitest'
import { createCanvasDecoder } from '#adapters/pictures/canvas.ts'
import { isAlike } from '#core/intake/likeness.ts'
import type { RgbaImage } from '#core/ports/pictures.ts'
import { font } from '#test/fonts.ts'

const decoder = createCanvasDecoder()
const limit = { maxWidthPx: 4096, maxHeightPx: 4096 }
const pixelsOf = async (bytes: Uint8Array): Promise<RgbaImage> => (await decoder.decode(bytes)).pixels(limit)

interface Look {
  total?: string
  text?: string
  paper?: string
  lamp?: string
  fontPx?: number
  width?: number
}

/** A window: a colored title, lines of text with links, a photo-like gradient, a lamp, and a sum. */
function screen({
  total = '49.90',
  text = '#222',
  paper = '#fff',
  lamp = '#0a0',
  fontPx = 13,
  width = 803
}: Look): Canvas {
  const canvas = createCanvas(width, 601)
  const context = canvas.getContext('2d')
  context.fillStyle = paper
  context.fillRect(0, 0, width, 601)
  const gradient = context.createLinearGradient(0, 0, width, 0)
  gradient.addColorStop(0, '#3584e4')
  gradient.addColorStop(1, '#1a5fb4')
  context.fillStyle = gradient
  context.fillRect(0, 0, width, 40)
  context.font = font(fontPx)
  for (let y = 70; y < 540; y += 24) {
    context.fillStyle = text
    context.fillText(`Line ${y}: the quick brown fox jumps over the lazy dog`, 20, y)
    context.fillStyle = '#1a5fb4'
    context.fillText('More about this', 500, y)
  }
  context.fillStyle = lamp
  context.fillRect(700, 560, 8, 8)
  context.fillStyle = text
  context.fillText(`Total ${total} EUR`, 20, 580)
  return canvas
}

it.each([
  { name: 'black on white', look: {} },
  { name: 'white on dark', look: { text: '#ddd', paper: '#1e1e1e' } },
  { name: 'small and grey', look: { text: '#777', paper: '#eee', fontPx: 11 } }
])('knows a screen again after lossy compression, and another digit from it: $name', async ({ look }) => {
  const drawn = screen(look)
  const lossless = await pixelsOf(drawn.toBuffer('image/png'))
  const lossy = [
    await pixelsOf(drawn.toBuffer('image/jpeg', 75)),
    await pixelsOf(drawn.toBuffer('image/jpeg', 90)),
    await pixelsOf(drawn.toBuffer('image/webp', 75)),
    await pixelsOf(drawn.toBuffer('image/webp', 90))
  ]
  for (const one of lossy) expect(isAlike(lossless, one)).toBe(true)
  for (const total of ['49.80', '46.90', '40.90', '49.30', '19.90']) {
    const other = screen({ ...look, total })
    expect(isAlike(lossless, await pixelsOf(other.toBuffer('image/jpeg', 90)))).toBe(false)
    expect(isAlike(lossless, await pixelsOf(other.toBuffer('image/webp', 90)))).toBe(false)
  }
})

it('sees a lamp that is red now, equally light, and another size', async () => {
  const before = await pixelsOf(screen({ lamp: '#008000' }).toBuffer('image/png'))
  expect(isAlike(before, await pixelsOf(screen({ lamp: '#ff0000' }).toBuffer('image/jpeg', 90)))).toBe(false)
  expect(isAlike(before, await pixelsOf(screen({ lamp: '#008000', width: 804 }).toBuffer('image/png')))).toBe(false)
})
