import type { Area } from '#shared/caption.ts'
import type { GridKey, GridStep } from '#shared/grid.ts'

/** What a key did to the chosen area; `words` are spoken: "middle right, 640 by 360". */
export type RegionStep = Pick<GridStep, 'area' | 'words' | 'outcome'>

export interface RegionGrid {
  /** The chosen part, in pixels of the picture; at first the whole. */
  readonly area: Area
  press(key: Exclude<GridKey, 'other'>): RegionStep
}

/** Smaller parts hold no letter. */
const smallestPx = 16
/** Share of the part's own size that an arrow moves it, and that + and - add and take at each side. */
const nudgeShare = 0.1
const resizeShare = 0.1

const rows = ['top', 'middle', 'bottom']
const columns = ['left', 'centre', 'right']

/**
 * Chooses a part of a picture by keys alone: 1 to 9 take a ninth of it, in reading order, again and again; arrows move
 * it, + and - resize it round its middle, `back` takes the last step back. Sizes are in pixels of the picture.
 */
export function createRegionGrid(width: number, height: number): RegionGrid {
  const taken: Area[] = []
  let area: Area = { x: 0, y: 0, width, height }

  const inside = (wanted: Area): Area => {
    const size = {
      width: Math.round(Math.min(width, Math.max(Math.min(smallestPx, width), wanted.width))),
      height: Math.round(Math.min(height, Math.max(Math.min(smallestPx, height), wanted.height)))
    }
    return {
      x: Math.round(Math.min(width - size.width, Math.max(0, wanted.x))),
      y: Math.round(Math.min(height - size.height, Math.max(0, wanted.y))),
      ...size
    }
  }

  const choose = (wanted: Area, sides: readonly (keyof Area)[], atTheEnd: string): RegionStep => {
    const chosen = inside(wanted)
    const hasChanged = sides.some((side) => chosen[side] !== area[side])
    if (!hasChanged) return { area, words: `${atTheEnd}, ${describePlace(area, width, height)}`, outcome: 'chosen' }
    taken.push(area)
    area = chosen
    return { area, words: describePlace(area, width, height), outcome: 'chosen' }
  }

  /** A small part moves often before the words for its place change. */
  const move = (direction: 'left' | 'right' | 'up' | 'down', wanted: Area, edge: string): RegionStep => {
    const before = describePlace(area, width, height)
    const step = choose(wanted, ['x', 'y'], edge)
    return step.words === before ? { ...step, words: `Moved ${direction}, ${before}` } : step
  }

  const resized = (share: number): Area => ({
    x: area.x - area.width * share,
    y: area.y - area.height * share,
    width: area.width * (1 + 2 * share),
    height: area.height * (1 + 2 * share)
  })

  const moved = (right: number, down: number): Area => ({
    ...area,
    x: area.x + right * Math.max(1, area.width * nudgeShare),
    y: area.y + down * Math.max(1, area.height * nudgeShare)
  })

  return {
    get area() {
      return area
    },
    press(key) {
      switch (key) {
        case 'left':
          return move(key, moved(-1, 0), 'Left edge')
        case 'right':
          return move(key, moved(1, 0), 'Right edge')
        case 'up':
          return move(key, moved(0, -1), 'Top edge')
        case 'down':
          return move(key, moved(0, 1), 'Bottom edge')
        case '+':
          return choose(resized(resizeShare), ['width', 'height'], 'Largest')
        case '-':
          return choose(resized(-resizeShare), ['width', 'height'], 'Smallest')
        case 'capture':
          return { area, words: `Captured, ${size(area)}`, outcome: 'captured' }
        case 'back': {
          const before = taken.pop()
          if (!before) return { area, words: 'Closed', outcome: 'closed' }
          area = before
          return { area, words: describePlace(area, width, height), outcome: 'chosen' }
        }
        default: {
          const ninth = Number(key) - 1
          const part = { width: area.width / 3, height: area.height / 3 }
          return choose(
            { x: area.x + (ninth % 3) * part.width, y: area.y + Math.floor(ninth / 3) * part.height, ...part },
            ['width', 'height'],
            'Smallest'
          )
        }
      }
    }
  }
}

/** "middle right, 640 by 360": where the middle of the part lies in the whole, and its size in pixels. */
export function describePlace(area: Area, width: number, height: number): string {
  if (area.width === width && area.height === height) return `Whole picture, ${size(area)}`
  const third = (middle: number, whole: number): number => Math.min(2, Math.floor((middle / whole) * 3))
  const row = rows[third(area.y + area.height / 2, height)] ?? ''
  const column = columns[third(area.x + area.width / 2, width)] ?? ''
  const place = row === 'middle' && column === 'centre' ? 'centre' : `${row} ${column}`
  return `${place}, ${size(area)}`
}

function size(area: Area): string {
  return `${area.width} by ${area.height}`
}
