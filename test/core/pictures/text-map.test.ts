import { describe, expect, it } from 'vitest'
import { enclosing } from '#core/pictures/rotated-box.ts'
import { linesOnMap, type TextMap } from '#core/pictures/text-map.ts'
import type { Area } from '#shared/caption.ts'

function mapWith(areas: (Area & { likelihood: number })[]): TextMap {
  const map = { width: 100, height: 60, likelihood: new Float32Array(100 * 60) }
  for (const { x, y, width, height, likelihood } of areas)
    for (let row = y; row < y + height; row += 1) map.likelihood.fill(likelihood, row * 100 + x, row * 100 + x + width)
  return map
}

describe('lines on a map of text', () => {
  it('are where the map is sure, and larger than what it marks', () => {
    const found = linesOnMap(
      mapWith([
        { x: 10, y: 10, width: 60, height: 6, likelihood: 0.9 },
        { x: 20, y: 40, width: 40, height: 8, likelihood: 0.8 }
      ])
    ).map((line) => enclosing(line))
    expect(found).toHaveLength(2)
    const [first = expect.fail('no line')] = found
    // 1.6 times the area over the circumference more on each side.
    const more = (60 * 6 * 1.6) / (2 * (60 + 6))
    expect(first.x).toBeCloseTo(10 - more)
    expect(first.y).toBeCloseTo(10 - more)
    expect(first.width).toBeCloseTo(60 + 2 * more)
    expect(first.height).toBeCloseTo(6 + 2 * more)
  })

  it('are one where they touch at a corner', () => {
    const corners = [
      { x: 10, y: 10, width: 30, height: 5, likelihood: 0.9 },
      { x: 40, y: 15, width: 30, height: 5, likelihood: 0.9 }
    ]
    expect(linesOnMap(mapWith(corners))).toHaveLength(1)
  })

  it.each([
    ['unsure', { x: 10, y: 10, width: 60, height: 6, likelihood: 0.5 }],
    ['tiny', { x: 10, y: 10, width: 3, height: 3, likelihood: 0.9 }],
    ['hair-thin', { x: 10, y: 10, width: 60, height: 1, likelihood: 0.9 }]
  ])('are not what is %s', (_, area) => {
    expect(linesOnMap(mapWith([area]))).toEqual([])
  })
})
