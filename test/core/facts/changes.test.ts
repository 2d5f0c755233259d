import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas'
import { describe, expect, it } from 'vitest'
import { createCanvasDecoder } from '#adapters/pictures/canvas.ts'
import { changedArea } from '#core/facts/changes.ts'
import { font } from '#test/fonts.ts'

const decoder = createCanvasDecoder()
const [width, height] = [800, 600]

/** A page with a total, then whatever else is painted on it. */
async function page(
  paint: (context: SKRSContext2D) => void = () => undefined,
  total = '1 204.90',
  size = { width, height }
) {
  const canvas = createCanvas(size.width, size.height)
  const context = canvas.getContext('2d')
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, size.width, size.height)
  context.fillStyle = '#202020'
  context.font = font(14)
  for (let y = 40; y < 560; y += 20) context.fillText(`Line ${y}: delivered, not yet paid`, 40, y)
  context.fillText(`Total: ${total}`, 500, 300)
  paint(context)
  return decoder.decode(await canvas.encode('png'))
}

const bar =
  (x: number, y: number, wide: number, high: number, color = '#000000') =>
  (context: SKRSContext2D): void => {
    context.fillStyle = color
    context.fillRect(x, y, wide, high)
  }
async function compare(...[before, after]: Parameters<typeof page>[]): Promise<ReturnType<typeof changedArea>> {
  return changedArea(await page(...(before ?? [])), await page(...(after ?? [])))
}

describe('nothing has changed', () => {
  it('in the same picture', async () => {
    expect(await compare([], [])).toBe('same')
  })

  it.each([
    ['came', bar(0, 0, 0, 0), bar(300, 200, 1, 17)],
    ['went', bar(300, 200, 2, 20), bar(0, 0, 0, 0)],
    ['moved', bar(300, 200, 2, 20), bar(36, 422, 2, 20)],
    ['came at the edge', bar(0, 0, 0, 0), bar(0, 0, 3, 40)]
  ])('where a text cursor %s', async (_, before, after) => {
    expect(await compare([before], [after])).toBe('same')
  })
})

describe('something has changed', () => {
  it('where one digit is another', async () => {
    for (const total of ['1 204.91', '7 204.90', '1 264.90', '-1 204.90']) {
      const area = await compare([], [undefined, total])
      if (typeof area === 'string') throw new Error(`${total}: ${area}`)
      expect(area.x).toBeGreaterThan(500)
      expect(area.x + area.width).toBeLessThan(680)
      expect(area.y).toBeLessThan(290)
      expect(area.y + area.height).toBeGreaterThan(300)
      expect(area.height).toBeLessThan(80)
    }
  })

  it.each([
    ['a minus sign came', bar(0, 0, 0, 0), bar(545, 295, 6, 1)],
    ['a light turned green', bar(300, 200, 12, 12, '#ff0000'), bar(300, 200, 12, 12, '#00c000')],
    ['a bar grew by two pixels', bar(300, 200, 100, 20, '#0060ff'), bar(300, 200, 102, 20, '#0060ff')],
    ['a bar shrank by one pixel', bar(300, 200, 100, 20, '#0060ff'), bar(300, 200, 99, 20, '#0060ff')],
    ['a block came that may be a cursor', bar(0, 0, 0, 0), bar(300, 200, 9, 18)],
    ['a cursor moved by a letter: two bars close together may be anything', bar(300, 200, 2, 20), bar(309, 200, 2, 20)],
    ['a single pixel changed', bar(0, 0, 0, 0), bar(300, 200, 1, 1, '#fefefe')]
  ])('where %s', async (_, before, after) => {
    expect(await compare([before], [after])).toMatchObject({ width: expect.any(Number) as number })
  })

  it('in the area round all changes, without the cursor that blinks far away', async () => {
    const area = await compare([bar(40, 10, 1, 18)], [bar(400, 500, 200, 50, '#ff0000')])
    expect(area).toEqual({ x: 384, y: 484, width: 232, height: 82 })
    const both = await compare(
      [],
      [(context) => [bar(100, 100, 9, 9), bar(300, 250, 9, 9)].forEach((paint) => paint(context))]
    )
    expect(both).toEqual({ x: 84, y: 84, width: 241, height: 191 })
  })

  it('in an area that is large enough to be seen, and inside the picture', async () => {
    expect(await compare([], [bar(400, 30, 3, 3, '#ff0000')])).toEqual({ x: 370, y: 0, width: 64, height: 64 })
    expect(await compare([], [bar(797, 597, 3, 3, '#ff0000')])).toEqual({ x: 736, y: 536, width: 64, height: 64 })
    const tiny = { width: 40, height: 30 }
    expect(await compare([undefined, '', tiny], [bar(5, 5, 3, 3, '#ff0000'), '', tiny])).toBe('different')
  })
})

describe('it is another picture', () => {
  it('when the size is another, or most of it changed', async () => {
    expect(await compare([], [undefined, '', { width: 801, height }])).toBe('different')
    expect(await compare([], [bar(0, 0, 700, 560, '#ff0000')])).toBe('different')
    expect(await compare([], [bar(0, 0, 800, 300, '#ff0000')])).toMatchObject({ x: 0, y: 0, width: 800 })
  })
})
