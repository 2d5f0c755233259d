import { describe, expect, test } from 'vitest'
import { createRegionGrid } from '#core/capture/region-grid.ts'
import type { GridKey } from '#shared/grid.ts'

type Key = Exclude<GridKey, 'other'>

/** What is heard for each key on a screen of 1920 by 1080. */
function heard(...keys: Key[]): string[] {
  const grid = createRegionGrid(1920, 1080)
  return keys.map((key) => grid.press(key).words)
}

describe('digits', () => {
  test('take a ninth in reading order, and say where it lies and how large it is', () => {
    expect(heard('6')).toEqual(['middle right, 640 by 360'])
    expect(heard('1')).toEqual(['top left, 640 by 360'])
    expect(heard('5')).toEqual(['center, 640 by 360'])
    expect(heard('9', '1')).toEqual(['bottom right, 640 by 360', 'bottom right, 213 by 120'])
  })

  test('give the pixels meant', () => {
    const grid = createRegionGrid(1920, 1080)
    expect(grid.press('6').area).toEqual({ x: 1280, y: 360, width: 640, height: 360 })
    expect(grid.press('7').area).toEqual({ x: 1280, y: 600, width: 213, height: 120 })
  })

  test('stop at a part that could hold no letter', () => {
    const grid = createRegionGrid(1920, 1080)
    for (let times = 0; times < 10; times += 1) grid.press('5')
    expect(grid.area).toMatchObject({ width: 16, height: 16 })
    expect(grid.press('-').words).toMatch(/^Smallest, center, 16 by 16$/u)
  })
})

describe('arrows, + and -', () => {
  test('move by a tenth of the part and stay in the picture', () => {
    const grid = createRegionGrid(1920, 1080)
    grid.press('6')
    expect(grid.press('left').area).toEqual({ x: 1216, y: 360, width: 640, height: 360 })
    expect(grid.press('right').area.x).toBe(1280)
    expect(grid.press('right').words).toBe('Right edge, middle right, 640 by 360')
  })

  test('are heard to move where the words for the place stay the same', () => {
    expect(heard('9', '5', 'left', 'left', 'up').slice(2)).toEqual([
      'Moved left, bottom right, 213 by 120',
      'Moved left, bottom right, 213 by 120',
      'Moved up, bottom right, 213 by 120'
    ])
    expect(heard('5', 'left', 'left', 'left', 'left', 'left', 'left').at(-1)).toBe('middle left, 640 by 360')
  })

  test('resize round the middle and never beyond the picture', () => {
    const grid = createRegionGrid(1920, 1080)
    grid.press('5')
    expect(grid.press('+').area).toEqual({ x: 576, y: 324, width: 768, height: 432 })
    expect(grid.press('-').area).toEqual({ x: 653, y: 367, width: 614, height: 346 })
    expect(heard('+')).toEqual(['Largest, Whole picture, 1920 by 1080'])
  })
})

test('back takes steps back one by one, and closes the whole', () => {
  const grid = createRegionGrid(1920, 1080)
  grid.press('9')
  grid.press('1')
  expect(grid.press('back')).toMatchObject({ words: 'bottom right, 640 by 360', outcome: 'chosen' })
  expect(grid.press('back')).toMatchObject({ words: 'Whole picture, 1920 by 1080', outcome: 'chosen' })
  expect(grid.press('back')).toMatchObject({ outcome: 'closed' })
})

test('capture means the part chosen', () => {
  const grid = createRegionGrid(100, 50)
  grid.press('4')
  expect(grid.press('capture')).toEqual({
    area: { x: 0, y: 17, width: 33, height: 17 },
    words: 'Captured, 33 by 17',
    outcome: 'captured'
  })
})

test('every part lies in the picture, whatever is pressed', () => {
  const keys: Key[] = ['1', '9', '+', 'down', 'right', '-', '3', 'up', '+', '+', 'left', '7', 'back', '5']
  const grid = createRegionGrid(37, 1000)
  for (let round = 0; round < 20; round += 1)
    for (const key of keys) {
      const { area } = grid.press(key)
      expect(area.width).toBeGreaterThan(0)
      expect(area.height).toBeGreaterThan(0)
      expect(area.x).toBeGreaterThanOrEqual(0)
      expect(area.y).toBeGreaterThanOrEqual(0)
      expect(area.x + area.width).toBeLessThanOrEqual(37)
      expect(area.y + area.height).toBeLessThanOrEqual(1000)
    }
})
