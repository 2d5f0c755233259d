import { createCanvas, type Canvas, type Image } from '@napi-rs/canvas'

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
  /** Nothing is transparent. */
  isOpaque: boolean
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
  const hidden = backgrounds.map(() => 0)
  let [seen, clear, empty, emptyInRow] = [0, 0, 0, 0]
  let isOneColor = true
  for (let at = 0; at < data.length; at += 4) {
    for (let channel = 0; channel < 4; channel += 1) isOneColor &&= data[at + channel] === data[channel]
    const alpha = data[at + 3] ?? 0
    if (at % (width * 4) === 0) emptyInRow = 0
    if (alpha === 0) [empty, emptyInRow] = [empty + 1, emptyInRow + 1]
    if (alpha < 255) clear += 1
    if (alpha < leastAlpha) continue
    seen += 1
    for (const [index, background] of backgrounds.entries()) {
      const differs = background.some(
        (level, channel) => Math.abs((data[at + channel] ?? 0) - level) * alpha > visibleLevels * 255
      )
      if (!differs) hidden[index] = (hidden[index] ?? 0) + 1
    }
  }
  const good = clear === 0 ? 0 : hidden.findIndex((count) => count <= seen * toleratedShare)
  const best = good === -1 ? hidden.indexOf(Math.min(...hidden)) : good
  return {
    isOpaque: clear === 0,
    isEmpty: empty === width * height,
    isOneColor,
    isLastRowEmpty: emptyInRow === width,
    background: `rgb(${(backgrounds[best] ?? backgrounds[0]).join(', ')})`
  }
}
