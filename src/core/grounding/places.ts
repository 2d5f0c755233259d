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
  const isInRow = overlap(a.y, a.height, b.y, b.height) > Math.min(a.height, b.height) / 2
  const gap = Math.max(a.y, b.y) - Math.min(a.y + a.height, b.y + b.height)
  return isInRow || (gap < 1.5 * height && overlap(a.x, a.width, b.x, b.width) > 0)
}

function overlap(from: number, length: number, otherFrom: number, otherLength: number): number {
  return Math.min(from + length, otherFrom + otherLength) - Math.max(from, otherFrom)
}
