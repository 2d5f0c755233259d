import type { DecodedPicture, RgbaImage } from '#core/ports/pictures.ts'
import type { Area } from '#shared/caption.ts'

/** Changes are grouped into squares of this size. Changes in adjacent squares are one change. */
const tilePx = 32
/** Included around a change, so that its surroundings can be seen. */
const marginPx = 16
const smallestAreaPx = 64
/** If the area around all changes is a larger share of the picture, the whole picture is described. */
const maxChangedShare = 0.6
/** A text cursor: a vertical bar of one color, also on a display with three pixels per point. */
const cursor = { maxWidthPx: 4, minHeightPx: 10, maxHeightPx: 160, minSlimness: 5 }

/**
 * Compares two captures of the same subject. Returns the area of `after` around all changes, with a margin, in its
 * pixels; `different` if the sizes differ or that area is most of the picture; `same` if nothing but a text cursor
 * blinked or moved. Every other difference counts, even a clock, because users must be able to rely on "Nothing
 * changed". (Captures do not include the mouse pointer.)
 */
export function changedArea(before: DecodedPicture, after: DecodedPicture): 'same' | 'different' | Area {
  if (before.sha256 === after.sha256) return 'same'
  const { width, height } = after
  if (before.width !== width || before.height !== height) return 'different'
  const limit = { maxWidthPx: width, maxHeightPx: height }
  const pair = { before: colors(before.pixels(limit)), after: colors(after.pixels(limit)), width, height }
  const changes = findChanges(pair).filter((box) => !isTextCursor(box, pair))
  if (changes.length === 0) return 'same'
  const area = withMargin(changes.reduce(union), width, height)
  return area.width * area.height > width * height * maxChangedShare ? 'different' : area
}

/** Two pictures of the same size, one color per pixel. */
interface Pair {
  before: Uint32Array
  after: Uint32Array
  width: number
  height: number
}

/** Edges of a change; `right` and `bottom` are the last changed pixels. */
interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

const colors = ({ data }: RgbaImage): Uint32Array => new Uint32Array(data.buffer, data.byteOffset, data.length / 4)

const union = (one: Box, other: Box): Box => ({
  left: Math.min(one.left, other.left),
  top: Math.min(one.top, other.top),
  right: Math.max(one.right, other.right),
  bottom: Math.max(one.bottom, other.bottom)
})

/** A box for each change: all changed pixels in tiles that touch, even at a corner. */
function findChanges(pair: Pair): Box[] {
  const columns = Math.ceil(pair.width / tilePx)
  const tiles = findChangedTiles(pair, columns)
  const changes: Box[] = []
  for (const start of tiles.keys()) {
    let box = tiles.get(start)
    if (!box) continue
    const open = [start]
    tiles.delete(start)
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      const column = at % columns
      for (let row = -columns; row <= columns; row += columns)
        for (let step = column === 0 ? 0 : -1; step <= (column === columns - 1 ? 0 : 1); step += 1) {
          const neighbor = tiles.get(at + row + step)
          if (!neighbor) continue
          box = union(box, neighbor)
          tiles.delete(at + row + step)
          open.push(at + row + step)
        }
    }
    changes.push(box)
  }
  return changes
}

/** The edges of the changed pixels in each tile that has any, by the tile's index in reading order. */
function findChangedTiles({ before, after, width, height }: Pair, columns: number): Map<number, Box> {
  const tiles = new Map<number, Box>()
  for (let y = 0; y < height; y += 1)
    for (let column = 0; column < columns; column += 1) {
      const start = y * width + column * tilePx
      const end = y * width + Math.min(width, (column + 1) * tilePx) - 1
      let [first, last] = [start, end]
      while (first <= end && before[first] === after[first]) first += 1
      if (first > end) continue
      while (before[last] === after[last]) last -= 1
      const tile = Math.floor(y / tilePx) * columns + column
      const line = { left: first - y * width, top: y, right: last - y * width, bottom: y }
      const box = tiles.get(tile)
      tiles.set(tile, box ? union(box, line) : line)
    }
  return tiles
}

/** A vertical bar of one color that appeared or disappeared on a plain background, and is not the end of something wider. */
function isTextCursor(box: Box, { before, after, width }: Pair): boolean {
  const [boxWidth, boxHeight] = [box.right - box.left + 1, box.bottom - box.top + 1]
  if (
    boxWidth > cursor.maxWidthPx ||
    boxHeight < Math.max(cursor.minHeightPx, boxWidth * cursor.minSlimness) ||
    boxHeight > cursor.maxHeightPx
  )
    return false
  const colorAt = box.top * width + box.left
  const hasColor = (picture: Uint32Array, x: number): boolean => {
    if (x < 0 || x >= width) return false
    for (let y = box.top; y <= box.bottom; y += 1) if (picture[y * width + x] !== picture[colorAt]) return false
    return true
  }
  for (let x = box.left; x <= box.right; x += 1) if (!hasColor(before, x) || !hasColor(after, x)) return false
  const standsApart = (picture: Uint32Array): boolean =>
    !hasColor(picture, box.left - 1) && !hasColor(picture, box.right + 1)
  return standsApart(before) || standsApart(after)
}

function withMargin({ left, top, right, bottom }: Box, width: number, height: number): Area {
  const [x, across] = widened(left, right, width)
  const [y, down] = widened(top, bottom, height)
  return { x, y, width: across, height: down }
}

/** Start and length of a range with its margin, at least the smallest size, within the picture. */
function widened(first: number, last: number, whole: number): [start: number, length: number] {
  const [start, end] = [Math.max(0, first - marginPx), Math.min(whole, last + 1 + marginPx)]
  const length = Math.min(whole, Math.max(smallestAreaPx, end - start))
  const middle = Math.round((start + end - length) / 2)
  return [Math.min(Math.max(0, middle), whole - length), length]
}
