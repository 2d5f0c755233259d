import type { Area } from '#shared/caption.ts'
import type { GridKey, GridStep } from '#shared/grid.ts'
import { t } from '#shared/messages/messages.ts'

type Direction = 'left' | 'right' | 'up' | 'down'
/** Why a key changed nothing. */
type Limit = Direction | 'largest' | 'smallest'

/** What a key did to the chosen area; `words` are spoken: "middle right, 640 by 360". */
export type RegionStep = Pick<GridStep, 'area' | 'words' | 'outcome'>

export interface RegionGrid {
  /** The chosen area, in pixels of the picture; at first the whole. */
  readonly area: Area
  press(key: Exclude<GridKey, 'other'>): RegionStep
}

/** Smaller areas cannot hold a letter. */
const smallestPx = 16
/** Shares of the area's own size: how far an arrow moves it, and how much + and - change at each side. */
const nudgeShare = 0.1
const resizeShare = 0.1

const rows = ['top', 'middle', 'bottom'] as const
const columns = ['left', 'center', 'right'] as const

/**
 * Chooses an area of a picture by keys alone: 1 to 9 zoom into that square, again and again; arrows move the area, + and -
 * resize it around its middle, `back` undoes the last step. Sizes are in pixels of the picture.
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

  const choose = (wanted: Area, sides: readonly (keyof Area)[], limit: Limit): RegionStep => {
    const chosen = inside(wanted)
    const hasChanged = sides.some((side) => chosen[side] !== area[side])
    if (!hasChanged) {
      const place = describePlace(area, width, height)
      return { area, words: t('capture.grid-limit', { limit, place }), outcome: 'chosen' }
    }
    taken.push(area)
    area = chosen
    return { area, words: describePlace(area, width, height), outcome: 'chosen' }
  }

  /** A small area can move many times before the words for its place change. */
  const move = (direction: Direction, wanted: Area): RegionStep => {
    const before = describePlace(area, width, height)
    const step = choose(wanted, ['x', 'y'], direction)
    return step.words === before ? { ...step, words: t('capture.grid-moved', { direction, place: before }) } : step
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
          return move(key, moved(-1, 0))
        case 'right':
          return move(key, moved(1, 0))
        case 'up':
          return move(key, moved(0, -1))
        case 'down':
          return move(key, moved(0, 1))
        case '+':
          return choose(resized(resizeShare), ['width', 'height'], 'largest')
        case '-':
          return choose(resized(-resizeShare), ['width', 'height'], 'smallest')
        case 'capture':
          return { area, words: t('capture.grid-captured', { size: size(area) }), outcome: 'captured' }
        case 'back': {
          const before = taken.pop()
          if (!before) return { area, words: t('capture.grid-closed'), outcome: 'closed' }
          area = before
          return { area, words: describePlace(area, width, height), outcome: 'chosen' }
        }
        default: {
          const ninth = Number(key) - 1
          const part = { width: area.width / 3, height: area.height / 3 }
          return choose(
            { x: area.x + (ninth % 3) * part.width, y: area.y + Math.floor(ninth / 3) * part.height, ...part },
            ['width', 'height'],
            'smallest'
          )
        }
      }
    }
  }
}

/** "middle right, 640 by 360": where the middle of the area is in the whole, and its size in pixels. */
export function describePlace(area: Area, width: number, height: number): string {
  if (area.width === width && area.height === height) return t('capture.grid-whole', { size: size(area) })
  const third = (middle: number, whole: number): number => Math.min(2, Math.floor((middle / whole) * 3))
  const row = rows[third(area.y + area.height / 2, height)] ?? 'middle'
  const column = columns[third(area.x + area.width / 2, width)] ?? 'center'
  return t('capture.grid-at', { place: t(`capture.place.${row}-${column}`), size: size(area) })
}

function size({ width, height }: Area): string {
  return t('capture.grid-size', { width, height })
}
