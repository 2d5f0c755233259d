import type { RgbaImage } from '#core/ports/pictures.ts'

/** Cheap measures of a picture. Shares are from 0 to 1, of all pixels unless stated otherwise. */
export interface Measures {
  /** Equal to the pixel on the right: areas of exactly one color, which only computers produce. */
  flat: number
  /** Nearly equal to the pixel on the right: shading and noise, as in photos. */
  soft: number
  /** Much lighter or darker than the pixel on the right: edges of letters, lines and shapes. */
  ink: number
  /** Colorful: channels at least 60 levels apart. */
  colorful: number
  /** Light gray or white, like paper, even in the shade. */
  paper: number
  /** Within a few levels of the most common brightness nearby: high for paper, even with camera noise. */
  plain: number
  /** The longest straight edge, as a share of the width (horizontal) or height (vertical): frames, rules, axes. */
  lyingRule: number
  standingRule: number
  /** The average height in pixels of lines of text or shapes, measured in narrow strips. */
  inkRunPx: number
}

const strips = 16
const tilePx = 32
const ruleStep = 8
const inkStep = 64

/** One pass over the picture. */
export function measure({ data, width, height }: RgbaImage): Measures {
  let [flat, soft, ink, colorful, paper] = [0, 0, 0, 0, 0]
  let [longestLying, longestStanding] = [0, 0]
  const standing = new Uint32Array(width)
  let [above, row] = [new Uint8Array(width), new Uint8Array(width)]
  const inkRuns = new InkRuns(width)
  const tiles = new Tiles(width)
  for (let y = 0; y < height; y += 1) {
    let lying = 0
    let at = y * width * 4
    let red = data[at] ?? 0
    let green = data[at + 1] ?? 0
    let blue = data[at + 2] ?? 0
    for (let x = 0; x < width; x += 1) {
      const brightness = (red * 77 + green * 151 + blue * 28) >> 8
      const chroma = Math.max(red, green, blue) - Math.min(red, green, blue)
      row[x] = brightness
      if (chroma >= 60) colorful += 1
      if (chroma < 32 && brightness > 150) paper += 1
      lying = y > 0 && Math.abs(brightness - (above[x] ?? 0)) >= ruleStep ? lying + 1 : 0
      if (lying > longestLying) longestLying = lying
      if (x + 1 === width) break
      at += 4
      const nextRed = data[at] ?? 0
      const nextGreen = data[at + 1] ?? 0
      const nextBlue = data[at + 2] ?? 0
      const nextBrightness = (nextRed * 77 + nextGreen * 151 + nextBlue * 28) >> 8
      const step = Math.max(Math.abs(red - nextRed), Math.abs(green - nextGreen), Math.abs(blue - nextBlue))
      if (step === 0) flat += 1
      else if (step < 24) soft += 1
      else if (step >= inkStep) {
        ink += 1
        inkRuns.mark(x)
      }
      const upright = Math.abs(brightness - nextBrightness) >= ruleStep ? (standing[x] ?? 0) + 1 : 0
      standing[x] = upright
      if (upright > longestStanding) longestStanding = upright
      red = nextRed
      green = nextGreen
      blue = nextBlue
    }
    inkRuns.endRow()
    tiles.add(row, y)
    ;[above, row] = [row, above]
  }
  inkRuns.endRow()
  const looked = Math.max(0, width - 1) * height
  const share = (count: number, whole: number): number => (whole === 0 ? 0 : count / whole)
  return {
    flat: share(flat, looked),
    soft: share(soft, looked),
    ink: share(ink, looked),
    colorful: share(colorful, width * height),
    paper: share(paper, width * height),
    plain: tiles.plain(),
    lyingRule: share(longestLying, width),
    standingRule: share(longestStanding, height),
    inkRunPx: inkRuns.averagePx()
  }
}

/** Runs of consecutive rows with ink, in vertical strips. */
class InkRuns {
  readonly #stripPx: number
  readonly #isInked = new Uint8Array(strips + 1)
  readonly #runPx = new Uint32Array(strips + 1)
  #rows = 0
  #weighed = 0

  constructor(width: number) {
    this.#stripPx = Math.max(1, Math.floor(width / strips))
  }

  mark(x: number): void {
    this.#isInked[Math.min(strips, Math.floor(x / this.#stripPx))] = 1
  }

  endRow(): void {
    for (let strip = 0; strip <= strips; strip += 1) {
      const runPx = this.#runPx[strip] ?? 0
      if (this.#isInked[strip] === 1) this.#runPx[strip] = runPx + 1
      else if (runPx > 0) {
        this.#rows += runPx
        this.#weighed += runPx * runPx
        this.#runPx[strip] = 0
      }
    }
    this.#isInked.fill(0)
  }

  /** The average length of the run that a row with ink belongs to. */
  averagePx(): number {
    return this.#rows === 0 ? 0 : this.#weighed / this.#rows
  }
}

/** How uniform the brightness is, tile by tile. */
class Tiles {
  readonly #across: number
  readonly #levels: Uint16Array
  #tiles = 0
  #plain = 0

  constructor(width: number) {
    this.#across = Math.floor(width / tilePx)
    this.#levels = new Uint16Array(this.#across * 32)
  }

  /** Every second pixel of every second row is enough. */
  add(brightness: Uint8Array, y: number): void {
    if (y % 2 === 0)
      for (let x = 0; x < this.#across * tilePx; x += 2) {
        const level = (x >> 5) * 32 + ((brightness[x] ?? 0) >> 3)
        this.#levels[level] = (this.#levels[level] ?? 0) + 1
      }
    if (y % tilePx !== tilePx - 1) return
    for (let tile = 0; tile < this.#across; tile += 1) this.#end(this.#levels.subarray(tile * 32, tile * 32 + 32))
  }

  #end(levels: Uint16Array): void {
    let most = 0
    for (const [level, count] of levels.entries())
      most = Math.max(most, (levels[level - 1] ?? 0) + count + (levels[level + 1] ?? 0))
    this.#tiles += 1
    this.#plain += most / (tilePx / 2) ** 2
    levels.fill(0)
  }

  plain(): number {
    return this.#tiles === 0 ? 0 : this.#plain / this.#tiles
  }
}
