import { gzipSync } from 'node:zlib'
import { createCanvas } from '@napi-rs/canvas'
import { describe, expect, it } from 'vitest'
import { createCanvasDecoder } from '#adapters/pictures/canvas.ts'
import { readPictureHeader } from '#adapters/pictures/picture-header.ts'
import { blankColorOf } from '#core/facts/local-facts.ts'
import { chunk, chunksOf, fourCorners, iconOf, pngOf } from '#test/field-pictures.ts'
import { bombPicture, cornerPicture } from '#test/pictures.ts'

const decoder = createCanvasDecoder()

describe('an icon or cursor', () => {
  it.each(['icon', 'cursor'] as const)('%s is shown at its largest', async (kind) => {
    const bitmaps = iconOf(
      [
        { width: 16, height: 16 },
        { width: 48, height: 48 },
        { width: 32, height: 32 }
      ],
      kind
    )
    const picture = await decoder.decode(bitmaps)
    expect(picture).toMatchObject({ mime: 'image/vnd.microsoft.icon', width: 48, height: 48 })
    expect([...picture.pixels({ maxWidthPx: 48, maxHeightPx: 48 }).data.subarray(0, 3)]).toEqual([220, 20, 20])
    const png = await fourCorners(256, 256).encode('png')
    expect(await decoder.decode(iconOf([png], kind))).toMatchObject({ width: 256, height: 256 })
  })

  it('with a bomb in it is too large', () => {
    expect(() => readPictureHeader(iconOf([bombPicture()], 'icon'))).toThrow(
      expect.objectContaining({ code: 'too-large' })
    )
  })

  it('that is cut short, or names nothing, is damaged', async () => {
    const icon = iconOf([{ width: 16, height: 16 }], 'icon')
    for (const bytes of [icon.subarray(0, 10), icon.subarray(0, 30), Buffer.from(icon).fill(0, 4, 6)])
      await expect(decoder.decode(bytes)).rejects.toMatchObject({
        code: 'bad-image',
        message: 'This ICO file is damaged or incomplete.'
      })
  })
})

describe('an SVG packed with gzip', () => {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="480" height="320"><rect width="480" height="320" fill="#dc1414"/></svg>`
  it('is drawn', async () => {
    const picture = await decoder.decode(gzipSync(svg))
    expect(picture).toMatchObject({ mime: 'image/svg+xml', width: 1024, height: 683 })
    expect([...picture.pixels({ maxWidthPx: 10, maxHeightPx: 10 }).data.subarray(0, 3)]).toEqual([220, 20, 20])
  })

  it('that unpacks to far too much, or to nothing, is refused', async () => {
    const bomb = gzipSync(`${svg.slice(0, -6)}${' '.repeat(60_000_000)}</svg>`)
    await expect(decoder.decode(bomb)).rejects.toMatchObject({ code: 'bad-image' })
    await expect(decoder.decode(gzipSync('not an SVG'))).rejects.toMatchObject({ code: 'unsupported' })
  })
})

describe('an animation that begins blank', () => {
  /** A PNG of one white frame, and then of four corners. */
  async function fadingIn(first: string): Promise<Uint8Array> {
    const blank = createCanvas(480, 320)
    const context = blank.getContext('2d')
    context.fillStyle = first
    context.fillRect(0, 0, 480, 320)
    const frames = await Promise.all([blank.encode('png'), fourCorners().encode('png')])
    const [head, ...rest] = chunksOf(frames[0])
    const pixelsOf = (png: Uint8Array): Buffer =>
      Buffer.concat(
        chunksOf(png).flatMap((one) => (one.toString('latin1', 4, 8) === 'IDAT' ? [one.subarray(8, -4)] : []))
      )
    const control = (sequence: number): Buffer => {
      const content = Buffer.alloc(26)
      content.writeUInt32BE(sequence, 0)
      content.writeUInt32BE(480, 4)
      content.writeUInt32BE(320, 8)
      content.writeUInt16BE(1, 20)
      content.writeUInt16BE(10, 22)
      return chunk('fcTL', content)
    }
    return pngOf([
      head ?? Buffer.alloc(0),
      chunk('acTL', Buffer.of(0, 0, 0, 2, 0, 0, 0, 0)),
      control(0),
      chunk('IDAT', pixelsOf(frames[0])),
      control(1),
      chunk('fdAT', Buffer.concat([Buffer.of(0, 0, 0, 2), pixelsOf(frames[1])])),
      ...rest.slice(-1)
    ])
  }

  it.each(['#ffffff', '#000000', 'rgba(0, 0, 0, 0)'])(
    'of %s is shown by the first frame that is not',
    async (first) => {
      const picture = await decoder.decode(await fadingIn(first))
      expect(picture).toMatchObject({ width: 480, height: 320, missing: null })
      expect(blankColorOf(picture)).toBeNull()
      expect([...picture.pixels({ maxWidthPx: 480, maxHeightPx: 320 }).data.subarray(0, 3)]).toEqual([220, 20, 20])
    }
  )

  it('and one that does not is shown by its first', async () => {
    expect(await decoder.decode(await cornerPicture('gif'))).toMatchObject({ width: 48 })
  })
})
