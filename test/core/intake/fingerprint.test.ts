import { createCanvas, type Canvas } from '@napi-rs/canvas'
import { expect, it } from 'vitest'
import { createCanvasDecoder } from '#adapters/pictures/canvas.ts'
import { fingerprint } from '#core/intake/fingerprint.ts'
import { font } from '#test/fonts.ts'
import { run } from '#test/process.ts'

/** A screen full of text with a clock and a pointer. */
function screen({ width = 1920, height = 1080, digit = '7', pointerX = 400 } = {}): Canvas {
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  context.fillStyle = '#fafafa'
  context.fillRect(0, 0, width, height)
  context.fillStyle = '#222'
  context.font = font(14)
  for (let y = 20; y < height; y += 40) context.fillText(`Line ${y} of a long page. The quick brown fox.`, 20, y)
  context.fillText(`12:3${digit}`, width - 60, 20)
  context.fillRect(pointerX, 300, 8, 12)
  return canvas
}
const print = async (bytes: Uint8Array): Promise<string> => fingerprint(await createCanvasDecoder().decode(bytes))

it.each([
  ['HD', 1920, 1080],
  ['4K', 3840, 2160]
])('is the same for a %s screen in any lossless file', { tags: ['imagemagick'] }, async (_name, width, height) => {
  const png = screen({ width, height }).toBuffer('image/png')
  // Different compression, no alpha channel, and metadata from the program that wrote it.
  const other = await run('convert', ['png:-', '-strip', '-quality', '10', '-set', 'Title', 'Screenshot', 'png:-'], {
    input: png
  })
  expect(other.stdout.equals(png)).toBe(false)
  expect(await print(other.stdout)).toBe(await print(png))
})

it('is the same for PNG and lossless WebP', { tags: ['imagemagick'] }, async () => {
  const png = screen().toBuffer('image/png')
  const webp = await run('convert', ['png:-', '-define', 'webp:lossless=true,method=0', 'webp:-'], { input: png })
  expect(await print(webp.stdout)).toBe(await print(png))
})

it('differs when one digit, the pointer by one pixel, or the size differs', async () => {
  const changes = [{}, { digit: '8' }, { pointerX: 401 }, { height: 1079 }]
  const prints = await Promise.all(changes.map((change) => print(screen(change).toBuffer('image/png'))))
  expect(new Set(prints).size).toBe(changes.length)
})
