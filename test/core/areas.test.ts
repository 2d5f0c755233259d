import { describe, expect, it } from 'vitest'
import { areaAround, around, chooseDisplay, overlap, pixelsOf } from '#core/areas.ts'
import type { Area } from '#shared/caption.ts'

const area = (x: number, y: number, width: number, height: number): Area => ({ x, y, width, height })

it('chooses the display that holds the middle of the window, else the primary one, else the first', () => {
  const left = { place: area(0, 0, 1600, 900), isPrimary: false }
  const right = { place: area(1600, 0, 1600, 900), isPrimary: true }
  expect(chooseDisplay([left, right], { x: 1599, y: 10 })).toBe(0)
  expect(chooseDisplay([left, right], { x: 1600, y: 10 })).toBe(1)
  expect(chooseDisplay([left, right], { x: 10, y: -4000 })).toBe(1)
  expect(chooseDisplay([left, right], null)).toBe(1)
  expect(chooseDisplay([left], null)).toBe(0)
})

it('finds what areas have in common and what holds them', () => {
  expect(overlap(area(-100, 50, 400, 300), area(0, 0, 1600, 900))).toEqual(area(0, 50, 300, 300))
  expect(overlap(area(0, 0, 10, 10), area(10, 0, 10, 10))).toBeNull()
  expect(around([area(0, 50, 300, 10), area(-20, 0, 5, 5)])).toEqual(area(-20, 0, 320, 60))
})

it.each([
  [{ x: 800, y: 450 }, area(480, 270, 640, 360)],
  [{ x: 3, y: 899 }, area(0, 540, 640, 360)],
  // On a display to the left of the main one.
  [{ x: -1, y: 0 }, area(-640, 0, 640, 360), area(-1280, 0, 1280, 720)],
  [{ x: 100, y: 100 }, area(0, 0, 320, 240), area(0, 0, 320, 240)]
])('keeps the area around the pointer at %j inside its display', (point, expected, display = area(0, 0, 1600, 900)) => {
  expect(areaAround(point, { width: 640, height: 360 }, display)).toEqual(expected)
})

describe('pixels of a part', () => {
  it('are those of the desktop where the display is not scaled', () => {
    const picture = { width: 1600, height: 900 }
    expect(pixelsOf(area(1610, 20, 300, 200), area(1600, 0, 1600, 900), picture)).toEqual(area(10, 20, 300, 200))
  })

  it('are more than the units of a scaled display', () => {
    const retina = { width: 2880, height: 1800 }
    expect(pixelsOf(area(-1430, 20, 300, 200), area(-1440, 0, 1440, 900), retina)).toEqual(area(20, 40, 600, 400))
    const half = { width: 1920, height: 1080 }
    expect(pixelsOf(area(0, 0, 1280, 720), area(0, 0, 1280, 720), half)).toEqual(area(0, 0, 1920, 1080))
    // Neighbors share an edge, whatever is rounded.
    const [left, right] = [area(0, 0, 333, 720), area(333, 0, 947, 720)].map((part) =>
      pixelsOf(part, area(0, 0, 1280, 720), half)
    )
    expect((left?.x ?? 0) + (left?.width ?? 0)).toBe(right?.x)
  })

  it('are never none', () => {
    expect(pixelsOf(area(0, 0, 0.2, 0.2), area(0, 0, 100, 100), { width: 100, height: 100 })).toMatchObject({
      width: 1
    })
  })
})
