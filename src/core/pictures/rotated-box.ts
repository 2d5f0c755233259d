import type { Area } from '#shared/caption.ts'

/** A rectangle that may be turned. Units are pixels; x runs right and y down. */
export interface RotatedBox {
  centerX: number
  centerY: number
  /** Along the direction of `angle`. */
  width: number
  /** Across it. */
  height: number
  /** In radians, clockwise from horizontal. */
  angle: number
}

export type Position = readonly [x: number, y: number]

/**
 * The smallest rectangle around these pixels, turned by at most 45 degrees; null if they are fewer than three, or on one
 * line.
 */
export function boxAround(pixels: readonly Position[]): RotatedBox | null {
  const corners = convexHull(pixels)
  if (corners.length < 3) return null
  let smallest: RotatedBox | null = null
  for (const [index, from] of corners.entries()) {
    const to = corners[(index + 1) % corners.length] ?? from
    const box = boxAlong(corners, Math.atan2(to[1] - from[1], to[0] - from[0]))
    if (smallest === null || box.width * box.height < smallest.width * smallest.height) smallest = box
  }
  return smallest && level(smallest)
}

/** The rectangle around all positions with two sides in this direction. Each position is a whole pixel. */
function boxAlong(positions: readonly Position[], angle: number): RotatedBox {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity]
  for (const [x, y] of positions) {
    const [along, across] = [x * cos + y * sin, y * cos - x * sin]
    left = Math.min(left, along)
    right = Math.max(right, along)
    top = Math.min(top, across)
    bottom = Math.max(bottom, across)
  }
  const [along, across] = [(left + right) / 2, (top + bottom) / 2]
  return {
    centerX: along * cos - across * sin + 0.5,
    centerY: along * sin + across * cos + 0.5,
    width: right - left + 1,
    height: bottom - top + 1,
    angle
  }
}

/** The same rectangle with its angle between -45 and 45 degrees. */
function level(box: RotatedBox): RotatedBox {
  const quarters = Math.round(box.angle / (Math.PI / 2))
  const angle = box.angle - quarters * (Math.PI / 2)
  return quarters % 2 === 0 ? { ...box, angle } : { ...box, angle, width: box.height, height: box.width }
}

/** https://en.wikibooks.org/wiki/Algorithm_Implementation/Geometry/Convex_hull/Monotone_chain */
function convexHull(positions: readonly Position[]): Position[] {
  const sorted = positions.toSorted((a, b) => a[0] - b[0] || a[1] - b[1])
  return [...halfHull(sorted), ...halfHull(sorted.toReversed())]
}

function halfHull(sorted: readonly Position[]): Position[] {
  const hull: Position[] = []
  for (const position of sorted) {
    while (hull.length > 1 && !turnsLeft(hull.at(-2), hull.at(-1), position)) hull.pop()
    hull.push(position)
  }
  return hull.slice(0, -1)
}

function turnsLeft(a: Position | undefined, b: Position | undefined, c: Position): boolean {
  if (!a || !b) return true
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) > 0
}

/** A line that is this much higher than wide is read from bottom to top, or from top to bottom. */
const leastUprightRatio = 1.5

/** A line of text with its width along the letters. One that stands upright is taken to be read from bottom to top. */
export function alongText(line: RotatedBox): RotatedBox {
  if (line.height <= line.width * leastUprightRatio) return line
  return { ...line, width: line.height, height: line.width, angle: line.angle - Math.PI / 2 }
}

/** Whether a line stands rather than lies. */
export function isUpright({ angle }: RotatedBox): boolean {
  return Math.abs(Math.sin(angle)) > Math.SQRT1_2
}

/** The same line, read from its other end. */
export function flipped(line: RotatedBox): RotatedBox {
  return { ...line, angle: line.angle + Math.PI }
}

/** Grown by this much on every side. */
export function grown(box: RotatedBox, byPx: number): RotatedBox {
  return { ...box, width: box.width + 2 * byPx, height: box.height + 2 * byPx }
}

/** The same box in a picture that is this many times as wide and as high. */
export function scaledBox(box: RotatedBox, scaleX: number, scaleY: number): RotatedBox {
  const [cos, sin] = [Math.cos(box.angle), Math.sin(box.angle)]
  return {
    centerX: box.centerX * scaleX,
    centerY: box.centerY * scaleY,
    width: box.width * Math.hypot(cos * scaleX, sin * scaleY),
    height: box.height * Math.hypot(sin * scaleX, cos * scaleY),
    angle: Math.atan2(sin * scaleY, cos * scaleX)
  }
}

/** Turned around the picture's top left corner; clockwise. */
export function turned(box: RotatedBox, angle: number): RotatedBox {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  return {
    ...box,
    centerX: box.centerX * cos - box.centerY * sin,
    centerY: box.centerX * sin + box.centerY * cos,
    angle: box.angle + angle
  }
}

/** The upright area that encloses it. */
export function enclosing({ centerX, centerY, width, height, angle }: RotatedBox): Area {
  const [cos, sin] = [Math.abs(Math.cos(angle)), Math.abs(Math.sin(angle))]
  const [across, down] = [width * cos + height * sin, width * sin + height * cos]
  return { x: centerX - across / 2, y: centerY - down / 2, width: across, height: down }
}
