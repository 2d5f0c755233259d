import { describe, expect, it } from 'vitest'
import { createCanvasDecoder } from '#adapters/pictures/canvas.ts'
import { createZxingReader } from '#adapters/pictures/zxing.ts'
import { createFakeClock } from '#test/clock.ts'
import { codePicture } from '#test/code-pictures.ts'
import { blankPicture, photoPicture } from '#test/pictures.ts'
import type { Code } from '#shared/caption.ts'

const decoder = createCanvasDecoder()
const reader = createZxingReader()

async function codesIn(bytes: Uint8Array): Promise<Code[]> {
  const codes = await reader.read(await decoder.decode(bytes))
  return codes.map(({ format, text }) => ({ format, text }))
}

describe('reading codes', () => {
  it.each([
    ['QRCode', 'https://example.org/?q=grüße'],
    ['EAN13', '4006381333931'],
    ['Code128', 'DESCRY-128'],
    ['DataMatrix', 'part 42'],
    ['PDF417', 'boarding pass'],
    ['Aztec', 'ticket 7']
  ] as const)('reads %s', async (format, text) => {
    expect(await codesIn(await codePicture(text, format))).toEqual([{ format, text }])
  })

  it('reports content that looks like a command as it is', async () => {
    const text = 'javascript:alert(1)\u001b[2J$(reboot)'
    expect(await codesIn(await codePicture(text))).toEqual([{ format: 'QRCode', text }])
  })

  it('says where a code is, in pixels of the source', async () => {
    const [code] = await reader.read(await decoder.decode(await codePicture('in the middle')))
    const { x, y, width, height } = code?.area ?? expect.fail('not read')
    expect(Math.abs(x + width / 2 - 500)).toBeLessThan(10)
    expect(Math.abs(y + height / 2 - 350)).toBeLessThan(10)
    expect(Math.min(width, height)).toBeGreaterThan(50)
  })

  it('reads a small code on a 4K screen', async () => {
    // Some 180 pixels wide, its quiet zone included.
    const bytes = await codePicture('https://example.org/wifi', 'QRCode', { width: 3840, height: 2160 })
    expect(await codesIn(bytes)).toEqual([{ format: 'QRCode', text: 'https://example.org/wifi' }])
  })

  it('reads again after its memory was freed', async () => {
    const clock = createFakeClock()
    const resting = createZxingReader(clock)
    const picture = await decoder.decode(await codePicture('twice'))
    for (let time = 0; time < 2; time += 1) {
      expect(await resting.read(picture)).toMatchObject([{ format: 'QRCode', text: 'twice' }])
      await clock.advance(25_000)
      expect(clock.pending).toBe(0)
    }
  })

  it('leaves its caller free while it reads', async () => {
    const picture = await decoder.decode(await codePicture('meanwhile', 'QRCode', { width: 1600, height: 1200 }))
    let turns = 0
    let next = setImmediate(function turn() {
      turns += 1
      next = setImmediate(turn)
    })
    const codes = await reader.read(picture)
    clearImmediate(next)
    // On the same thread it was two or three.
    expect(turns).toBeGreaterThan(20)
    expect(codes).toMatchObject([{ format: 'QRCode', text: 'meanwhile' }])
  })

  it('reads the next picture after one that fails', async () => {
    const picture = await decoder.decode(await codePicture('after'))
    const broken = { ...picture, pixels: () => ({ width: 2, height: 2, data: null as never }) }
    await expect(reader.read(broken)).rejects.toMatchObject({ code: 'internal' })
    expect(await reader.read(picture)).toMatchObject([{ format: 'QRCode', text: 'after' }])
  })

  it('finds nothing when there is nothing', async () => {
    expect(await codesIn(await photoPicture(640, 480))).toEqual([])
    expect(await codesIn(await blankPicture([0, 0, 0], { width: 1, height: 1 }))).toEqual([])
  })

  it('reads several pictures at once', async () => {
    const [first, second] = await Promise.all([codePicture('one'), codePicture('two')])
    expect(await Promise.all([codesIn(first), codesIn(second)])).toEqual([
      [{ format: 'QRCode', text: 'one' }],
      [{ format: 'QRCode', text: 'two' }]
    ])
  })
})
