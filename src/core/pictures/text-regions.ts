import { around, holdsMiddle, overlap, overlapDown } from '#core/areas.ts'
import type { Area } from '#shared/caption.ts'

/** An area of a picture that looks like a line of text, whether or not it can be read. In pixels of the picture. */
export interface TextRegion {
  box: Area
  isLightOnDark: boolean
  /** The median height of its letters. */
  letterHeightPx: number
}

export interface GrayImage {
  /** One byte per pixel. */
  data: Uint8Array
  width: number
  height: number
}

interface Shape extends Area {
  pixels: number
  /** The sum over all its pixels. */
  gray: number
  isLight: boolean
}

/**
 * Half the side of the square whose mean each pixel is compared with. One size is for large type, the other for buttons
 * barely taller than their text.
 */
const reachesPx = [24, 10]
/** Least difference between ink and its surroundings, in gray levels out of 255. */
const leastContrast = 26
const leastLetterPx = 5
const largestLetterPx = 160

/**
 * Finds runs of letter-sized shapes side by side. Shapes whose middle lies in one of the `known` areas are left out. It
 * finds dark text on light and light text on dark anywhere in the picture. Because it ignores columns and tables, it
 * finds text that page segmentation overlooks.
 */
export function findTextRegions(image: GrayImage, known: readonly Area[]): TextRegion[] {
  const regions: TextRegion[] = []
  for (const reachPx of reachesPx) {
    const taken = [...known, ...regions.map(({ box }) => box)]
    const shapes = shapesOf(image, reachPx).filter(
      (shape) => isLetterLike(shape) && !taken.some((area) => holdsMiddle(area, shape))
    )
    const dark = linesOf(shapes.filter(({ isLight }) => !isLight))
    const light = linesOf(shapes.filter(({ isLight }) => isLight))
    const found = withoutHoles(dark, light)
      .filter((line) => isOnPaper(line, image))
      .map((line) => ({
        box: around(line),
        isLightOnDark: line[0]?.isLight ?? false,
        letterHeightPx: middleHeight(line)
      }))
    regions.push(...found)
  }
  return regions
}

// ---- shapes ---------------------------------------------------------------------------------------------------------

/** Connected pixels that are darker, or lighter, than their surroundings. */
function shapesOf(image: GrayImage, reachPx: number): Shape[] {
  const { width, height } = image
  const band: Band = { sums: new Float64Array(width), squares: new Float64Array(width), rows: 0 }
  for (let y = 0; y < reachPx; y += 1) shiftBand(band, image, y, 1)
  const shapes: (Shape & { parent: number })[] = []
  const rootOf = (index: number): number => {
    let root = index
    while (shapes[root]?.parent !== root) root = shapes[root]?.parent ?? root
    return root
  }
  const join = (one: number, other: number): void => {
    const [a, b] = [rootOf(one), rootOf(other)]
    const [to, from] = [shapes[a], shapes[b]]
    if (a === b || !to || !from) return
    from.parent = a
    const right = Math.max(to.x + to.width, from.x + from.width)
    const bottom = Math.max(to.y + to.height, from.y + from.height)
    to.x = Math.min(to.x, from.x)
    to.y = Math.min(to.y, from.y)
    to.width = right - to.x
    to.height = bottom - to.y
    to.pixels += from.pixels
    to.gray += from.gray
  }
  let above: Run[] = []
  for (let y = 0; y < height; y += 1) {
    shiftBand(band, image, y + reachPx, 1)
    shiftBand(band, image, y - reachPx - 1, -1)
    const runs = runsOf(image, band, y, reachPx)
    let first = 0
    for (const run of runs) {
      run.shape = shapes.length
      shapes.push({
        x: run.from,
        y,
        width: run.to - run.from,
        height: 1,
        pixels: run.to - run.from,
        gray: run.gray,
        isLight: run.isLight,
        parent: shapes.length
      })
      while ((above[first]?.to ?? Infinity) < run.from) first += 1
      for (let at = first; (above[at]?.from ?? Infinity) <= run.to; at += 1) {
        const other = above[at]
        if (other && other.isLight === run.isLight) join(other.shape, run.shape)
      }
    }
    above = runs
  }
  return shapes.filter(({ parent }, index) => parent === index)
}

interface Run {
  from: number
  to: number
  /** The sum over all its pixels. */
  gray: number
  isLight: boolean
  shape: number
}

/**
 * Ink covers less area than its surroundings. The paper between dense lines and the holes of letters are not ink, even
 * if they are much lighter than the mean.
 */
function runsOf({ data, width }: GrayImage, band: Band, y: number, reachPx: number): Run[] {
  const runs: Run[] = []
  let [sum, squares] = [0, 0]
  for (let x = 0; x < Math.min(reachPx, width); x += 1) {
    sum += band.sums[x] ?? 0
    squares += band.squares[x] ?? 0
  }
  let last = 0
  for (let x = 0; x < width; x += 1) {
    const [left, right] = [x - reachPx - 1, x + reachPx]
    if (right < width) {
      sum += band.sums[right] ?? 0
      squares += band.squares[right] ?? 0
    }
    if (left >= 0) {
      sum -= band.sums[left] ?? 0
      squares -= band.squares[left] ?? 0
    }
    const count = band.rows * (Math.min(right, width - 1) - Math.max(left, -1))
    const mean = sum / count
    const gray = data[y * width + x] ?? 0
    const difference = gray - mean
    const isInk = Math.abs(difference) > leastContrast && difference * difference > squares / count - mean * mean
    const ink = isInk ? Math.sign(difference) : 0
    const run = runs.at(-1)
    if (ink !== 0 && ink === last && run) {
      run.to = x + 1
      run.gray += gray
    } else if (ink !== 0) runs.push({ from: x, to: x + 1, gray, isLight: ink > 0, shape: -1 })
    last = ink
  }
  return runs
}

/** Sums for each column over the rows within reach. */
interface Band {
  sums: Float64Array
  squares: Float64Array
  rows: number
}

/** Moves the band by a row: `sign` 1 adds row `y`, -1 removes it. */
function shiftBand(band: Band, { data, width, height }: GrayImage, y: number, sign: 1 | -1): void {
  if (y < 0 || y >= height) return
  for (let x = 0; x < width; x += 1) {
    const gray = data[y * width + x] ?? 0
    band.sums[x] = (band.sums[x] ?? 0) + sign * gray
    band.squares[x] = (band.squares[x] ?? 0) + sign * gray * gray
  }
  band.rows += sign
}

function isLetterLike({ width, height, pixels }: Shape): boolean {
  const isThin = height > 3 * leastLetterPx && pixels < 0.12 * width * height
  return (
    height >= leastLetterPx &&
    height <= largestLetterPx &&
    width >= 2 &&
    width <= 8 * height &&
    height <= 10 * width &&
    !isThin
  )
}

// ---- lines ----------------------------------------------------------------------------------------------------------

/** Shapes of about the same height, side by side; at least two letters. */
function linesOf(shapes: readonly Shape[]): Shape[][] {
  const sorted = shapes.toSorted((a, b) => a.x - b.x)
  const open: Shape[][] = []
  const closed: Shape[][] = []
  for (const shape of sorted) {
    for (let at = open.length - 1; at >= 0; at -= 1) {
      const line = open[at]
      const last = line?.at(-1)
      if (line && last && shape.x - (last.x + last.width) > 1.5 * largestLetterPx) {
        closed.push(line)
        open.splice(at, 1)
      }
    }
    // The last shape may be a comma, too low to be next to anything, so the one before it counts too.
    const home = open.findLast((line) => line.slice(-2).some((last) => isNext(last, shape)))
    if (home) home.push(shape)
    else open.push([shape])
  }
  return [...closed, ...open].filter((line) => line.length >= 2 || line.every(isTouchingLetters))
}

/** A short word or number in narrow type, seen as one shape; not a bar or a frame. */
function isTouchingLetters({ width, height, pixels }: Shape): boolean {
  return width >= 1.2 * height && pixels > 0.25 * width * height && pixels < 0.75 * width * height
}

function isNext(last: Shape, next: Shape): boolean {
  const [low, high] = [Math.min(last.height, next.height), Math.max(last.height, next.height)]
  return high <= 2.5 * low && overlapDown(last, next) > 0.5 * low && next.x - (last.x + last.width) <= 1.2 * high
}

/** The holes of letters, and the frames around light text, look like letters of the opposite polarity. */
function withoutHoles(dark: Shape[][], light: Shape[][]): Shape[][] {
  const weigh = (lines: readonly Shape[][]): number => lines.flat().reduce((sum, { height }) => sum + height, 0)
  const rivals = (line: Shape[], others: Shape[][]): Shape[][] => {
    const box = around(line)
    return others.filter((other) => isMostlyWithin(around(other), box) || isMostlyWithin(box, around(other)))
  }
  const wins = (line: Shape[], others: Shape[][]): boolean => weigh([line]) >= weigh(rivals(line, others))
  return [...dark.filter((line) => wins(line, light)), ...light.filter((line) => wins(line, dark))]
}

function isMostlyWithin(inner: Area, outer: Area): boolean {
  const common = overlap(inner, outer)
  return common !== null && common.width * common.height > 0.6 * inner.width * inner.height
}

/** Letters have background between them; the corners of a bar or a button have only ink. */
function isOnPaper(line: readonly Shape[], { data, width: rowLength }: GrayImage): boolean {
  const { x, y, width, height } = around(line)
  let all = 0
  for (let row = y; row < y + height; row += 1)
    for (let at = row * rowLength + x; at < row * rowLength + x + width; at += 1) all += data[at] ?? 0
  const pixels = line.reduce((sum, shape) => sum + shape.pixels, 0)
  const gray = line.reduce((sum, shape) => sum + shape.gray, 0)
  const paper = width * height - pixels
  return paper <= 0 || Math.abs((all - gray) / paper - gray / pixels) > leastContrast
}

function middleHeight(line: readonly Shape[]): number {
  const heights = line.map(({ height }) => height).toSorted((a, b) => a - b)
  return heights[Math.floor(heights.length / 2)] ?? 0
}
