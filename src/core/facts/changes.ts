import type { DecodedPicture, RgbaImage } from '#core/ports/pictures.ts'
import type { Area } from '#shared/caption.ts'

/** Changes are gathered in squares of this size; those in touching squares are one change. */
const tilePx = 32
/** Kept round what changed, so that it is seen where it stands. */
const marginPx = 16
const smallestAreaPx = 64
/** Of the picture; when the area round all changes is larger, the whole is worth describing. */
const mostOfIt = 0.6
/** A text cursor: an upright bar of one color. Also on a display with three pixels a point. */
const cursor = { maxWidthPx: 4, minHeightPx: 10, maxHeightPx: 160, minSlimness: 5 }

/**
 * What has changed between two captures of the same subject: the area of `after`, in its pixels, round every change,
 * with a margin; `different` when the sizes differ or that area is most of the picture; `same` when at most a text
 * cursor blinked or moved. Every other difference counts, a clock's too: who is told "nothing changed" must be able to
 * rely on it. (Captures hold no mouse pointer.)
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
  return area.width * area.height > width * height * mostOfIt ? 'different' : area
}

/** Two pictures of one size, a color a pixel. */
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

/** A box for each change: for all changed pixels in tiles that touch, also by a corner. */
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
          const neighbour = tiles.get(at + row + step)
          if (!neighbour) continue
          box = union(box, neighbour)
          tiles.delete(at + row + step)
          open.push(at + row + step)
        }
    }
    changes.push(box)
  }
  return changes
}

/** The changed pixels' edges in each tile that has any, by the tile's number in reading order. */
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

/** An upright bar of one color that came or went on a ground of one color, and is no end of something wider that grew. */
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

/** Start and length of a stretch with its margin, long enough, and within the picture. */
function widened(first: number, last: number, whole: number): [start: number, length: number] {
  const [start, end] = [Math.max(0, first - marginPx), Math.min(whole, last + 1 + marginPx)]
  const length = Math.min(whole, Math.max(smallestAreaPx, end - start))
  const middle = Math.round((start + end - length) / 2)
  return [Math.min(Math.max(0, middle), whole - length), length]
}
