import type { Area } from '#shared/caption.ts'

interface Placed {
  line: number
  box: Area | null
}

/** In one row, or one right under the other as a figure under its label. */
export function isBeside(one: Placed, other: Placed): boolean {
  if (one.line === other.line) return true
  if (!one.box || !other.box) return false
  const [a, b] = [one.box, other.box]
  const height = Math.max(a.height, b.height)
  const gap = Math.max(a.y, b.y) - Math.min(a.y + a.height, b.y + b.height)
  return isInRow(a, b) || (gap < 1.5 * height && overlap(a.x, a.width, b.x, b.width) > 0)
}

export function isInRow(one: Area, other: Area): boolean {
  return overlap(one.y, one.height, other.y, other.height) > Math.min(one.height, other.height) / 2
}

function overlap(from: number, length: number, otherFrom: number, otherLength: number): number {
  return Math.min(from + length, otherFrom + otherLength) - Math.max(from, otherFrom)
}
