import { createCanvas, type Canvas, type Image } from './canvas-package.ts'

/** Backgrounds of transparent pictures, best first: dark for what white would hide, gray where there is black and white. */
const backgrounds = [
  [255, 255, 255],
  [48, 48, 48],
  [128, 128, 128],
  [150, 190, 220]
] as const

/** The choice is made on a copy of at most this size. */
const glanceSidePx = 512
/** Fainter pixels are the soft edges of letters, or shadows. */
const leastAlpha = 48
/** How many levels, of 255, a pixel must differ from the background in one channel to be seen. */
const visibleLevels = 48
/** Of the pixels that can be seen at all, at most this share may be hidden. */
const toleratedShare = 0.004

export interface Glance {
  /** Everything is wholly transparent. */
  isEmpty: boolean
  /** Every pixel is the same. */
  isOneColor: boolean
  /** The last row is wholly transparent, as when it is missing. */
  isLastRowEmpty: boolean
  /** CSS color on which everything can be seen, as far as there is one. */
  background: string
}

/** How a picture uses its alpha channel. */
export function glanceAt(image: Image | Canvas): Glance {
  const [width, height] = [Math.min(glanceSidePx, image.width), Math.min(glanceSidePx, image.height)]
  const context = createCanvas(width, height).getContext('2d')
  context.imageSmoothingEnabled = false
  context.drawImage(image, 0, 0, width, height)
  const { data } = context.getImageData(0, 0, width, height)
  const pixels = new Uint32Array(data.buffer, data.byteOffset, data.length / 4)
  let [clear, empty, emptyInRow] = [0, 0, 0]
  for (let pixel = 0; pixel < pixels.length; pixel += 1) {
    const alpha = data[pixel * 4 + 3] ?? 0
    if (pixel % width === 0) emptyInRow = 0
    if (alpha === 255) continue
    clear += 1
    if (alpha > 0) continue
    empty += 1
    emptyInRow += 1
  }
  return {
    isEmpty: empty === pixels.length,
    isOneColor: pixels.every((pixel) => pixel === pixels[0]),
    isLastRowEmpty: emptyInRow === width,
    background: `rgb(${(clear === 0 ? backgrounds[0] : backgroundFor(data)).join(', ')})`
  }
}

function backgroundFor(data: Uint8ClampedArray): readonly number[] {
  const hidden = backgrounds.map(() => 0)
  let seen = 0
  for (let at = 0; at < data.length; at += 4) {
    const alpha = data[at + 3] ?? 0
    if (alpha < leastAlpha) continue
    seen += 1
    for (const [index, background] of backgrounds.entries()) {
      const differs = background.some(
        (level, channel) => Math.abs((data[at + channel] ?? 0) - level) * alpha > visibleLevels * 255
      )
      if (!differs) hidden[index] = (hidden[index] ?? 0) + 1
    }
  }
  const good = hidden.findIndex((count) => count <= seen * toleratedShare)
  return backgrounds[good === -1 ? hidden.indexOf(Math.min(...hidden)) : good] ?? backgrounds[0]
}
