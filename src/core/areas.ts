import type { Area } from '#shared/caption.ts'

/** Geometry of areas, on the desktop in its own units or in a picture in its pixels. */

export interface Point {
  x: number
  y: number
}

export interface Size {
  width: number
  height: number
}

/** Reads "10,20,300,200" (left, top, width, height), whose form the command table has checked. */
export function readArea(text: string): Area {
  const [x = 0, y = 0, width = 0, height = 0] = text.split(',').map(Number)
  return { x, y, width, height }
}

export function middleOf({ x, y, width, height }: Area): Point {
  return { x: x + width / 2, y: y + height / 2 }
}

export function holds({ x, y, width, height }: Area, point: Point): boolean {
  return point.x >= x && point.x < x + width && point.y >= y && point.y < y + height
}

/** Whether the middle of `inner` lies in `outer` or on its edge. */
export function holdsMiddle(outer: Area, inner: Area): boolean {
  const { x, y } = middleOf(inner)
  return x >= outer.x && x <= outer.x + outer.width && y >= outer.y && y <= outer.y + outer.height
}

/** What two areas have in common, or null. */
export function overlap(one: Area, other: Area): Area | null {
  const width = overlapAcross(one, other)
  const height = overlapDown(one, other)
  return width > 0 && height > 0 ? { x: Math.max(one.x, other.x), y: Math.max(one.y, other.y), width, height } : null
}

/** How far two areas overlap from left to right; negative for the gap between them. */
export function overlapAcross(one: Area, other: Area): number {
  return Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x)
}

/** How far two areas overlap from top to bottom; negative for the gap between them. */
export function overlapDown(one: Area, other: Area): number {
  return Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y)
}

/** The smallest area that holds all of these. */
export function around(areas: readonly Area[]): Area {
  const x = Math.min(...areas.map((area) => area.x))
  const y = Math.min(...areas.map((area) => area.y))
  return {
    x,
    y,
    width: Math.max(...areas.map((area) => area.x + area.width)) - x,
    height: Math.max(...areas.map((area) => area.y + area.height)) - y
  }
}

/** The index of the display that holds the point, else of the primary one, else 0. */
export function chooseDisplay(displays: readonly { place: Area; isPrimary: boolean }[], point: Point | null): number {
  const holding = displays.findIndex(({ place }) => point !== null && holds(place, point))
  if (holding !== -1) return holding
  return Math.max(
    0,
    displays.findIndex(({ isPrimary }) => isPrimary)
  )
}

/** An area of this size around a point, moved and shrunk as needed to fit inside `display`. */
export function areaAround(point: Point, size: Size, display: Area): Area {
  const width = Math.min(size.width, display.width)
  const height = Math.min(size.height, display.height)
  const clamp = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most)
  return {
    x: clamp(Math.round(point.x - width / 2), display.x, display.x + display.width - width),
    y: clamp(Math.round(point.y - height / 2), display.y, display.y + display.height - height),
    width,
    height
  }
}

/**
 * Where a part of the desktop is in the picture of `place`, in whole pixels of that picture. The picture of a scaled
 * display has more pixels than the desktop has units.
 */
export function pixelsOf(part: Area, place: Area, picture: Size): Area {
  const [across, down] = [picture.width / place.width, picture.height / place.height]
  const left = Math.round((part.x - place.x) * across)
  const top = Math.round((part.y - place.y) * down)
  const right = Math.round((part.x + part.width - place.x) * across)
  const bottom = Math.round((part.y + part.height - place.y) * down)
  return { x: left, y: top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) }
}
