import { describe, expect, it } from 'vitest'
import { alongText, boxAround, enclosing, isUpright, scaledBox, type Position } from '#core/pictures/rotated-box.ts'

/** All pixels of a rectangle around (100, 100), turned clockwise. */
function pixelsOf(width: number, height: number, degrees: number): Position[] {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]
  const pixels: Position[] = []
  for (let y = 0; y < 200; y += 1)
    for (let x = 0; x < 200; x += 1) {
      const [across, down] = [x + 0.5 - 100, y + 0.5 - 100]
      const [along, away] = [across * cos + down * sin, down * cos - across * sin]
      if (Math.abs(along) <= width / 2 && Math.abs(away) <= height / 2) pixels.push([x, y])
    }
  return pixels
}

describe('the smallest box around pixels', () => {
  it.each([
    [0, 120, 20, 0],
    [7, 120, 20, 7],
    [-15, 120, 20, -15],
    [44, 120, 20, 44],
    // Turned further, it is the same as a standing one that is turned less.
    [80, 20, 120, -10]
  ])('finds a line turned by %d degrees', (degrees, width, height, angle) => {
    const box = boxAround(pixelsOf(120, 20, degrees)) ?? expect.fail('no box')
    expect(box.centerX).toBeCloseTo(100, 0)
    expect(box.centerY).toBeCloseTo(100, 0)
    expect(Math.abs(box.width - width)).toBeLessThan(2.5)
    expect(Math.abs(box.height - height)).toBeLessThan(2.5)
    expect(Math.abs((box.angle * 180) / Math.PI - angle)).toBeLessThan(1)
  })

  it('is null for what has no area', () => {
    const onOneLine: Position[] = [
      [1, 1],
      [2, 2],
      [3, 3]
    ]
    for (const pixels of [[], onOneLine.slice(1), onOneLine]) expect(boxAround(pixels)).toBeNull()
  })
})

describe('a line of text', () => {
  const standing = { centerX: 50, centerY: 80, width: 12, height: 100, angle: 0 }

  it('that stands is read from bottom to top', () => {
    const line = alongText(standing)
    expect(line).toMatchObject({ width: 100, height: 12, angle: -Math.PI / 2 })
    expect(isUpright(line)).toBe(true)
    const { x, y, width, height } = enclosing(line)
    for (const [is, wanted] of [
      [x, 44],
      [y, 30],
      [width, 12],
      [height, 100]
    ] as const)
      expect(is).toBeCloseTo(wanted)
  })

  it('that lies stays as it is, as does a single letter', () => {
    const lying = { ...standing, width: 100, height: 12 }
    expect(alongText(lying)).toEqual(lying)
    expect(isUpright(lying)).toBe(false)
    const letter = { ...standing, width: 12, height: 16 }
    expect(alongText(letter)).toEqual(letter)
  })

  it('grows with its picture', () => {
    expect(scaledBox(standing, 2, 3)).toEqual({ centerX: 100, centerY: 240, width: 24, height: 300, angle: 0 })
  })
})
