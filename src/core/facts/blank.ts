import type { RgbaImage } from '#core/ports/pictures.ts'
import { t } from '#shared/messages/messages.ts'

/** How many levels, of 255, a channel may differ from the common color; compression and dithering stay below this. */
const toleratedLevels = 3
/** A text cursor is a filled gray box of at most this size, higher than wide; letters are not filled. */
const cursor = { maxWidthPx: 16, maxHeightPx: 48, minRatio: 1.5, minFilledShare: 0.9, maxChroma: 24 }

/**
 * The color of a picture that is a single color apart from slight noise and a text cursor, as a plain word ("black",
 * "light gray" …); null if there is something to see. Screen Curtain and protected windows look like this.
 */
export function blankColor(image: RgbaImage): string | null {
  const common = commonColor(image)
  let [count, left, right, top, bottom] = [0, image.width, -1, image.height, -1]
  let isColorful = false
  const { data, width } = image
  const [red, green, blue] = common
  for (let at = 0, pixel = 0; at < data.length; at += 4, pixel += 1) {
    if (
      Math.abs((data[at] ?? 0) - red) <= toleratedLevels &&
      Math.abs((data[at + 1] ?? 0) - green) <= toleratedLevels &&
      Math.abs((data[at + 2] ?? 0) - blue) <= toleratedLevels
    )
      continue
    count += 1
    if (count > cursor.maxWidthPx * cursor.maxHeightPx) return null
    isColorful ||= chroma(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0) > cursor.maxChroma
    const [x, y] = [pixel % width, Math.floor(pixel / width)]
    left = Math.min(left, x)
    right = Math.max(right, x)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y)
  }
  if (count > 0) {
    const [boxWidth, boxHeight] = [right - left + 1, bottom - top + 1]
    const isCursor =
      boxWidth <= cursor.maxWidthPx &&
      boxHeight <= cursor.maxHeightPx &&
      boxHeight >= boxWidth * cursor.minRatio &&
      !isColorful &&
      count >= boxWidth * boxHeight * cursor.minFilledShare &&
      // In a tiny picture, a box of this size is the content.
      count * 100 < width * image.height
    if (!isCursor) return null
  }
  return colorWord(common)
}

function chroma(red: number, green: number, blue: number): number {
  return Math.max(red, green, blue) - Math.min(red, green, blue)
}

type Rgb = readonly [red: number, green: number, blue: number]

/** The median of each channel, from about ten thousand pixels at most. */
function commonColor({ data }: RgbaImage): Rgb {
  const counts = [new Uint32Array(256), new Uint32Array(256), new Uint32Array(256)]
  const pixels = data.length / 4
  const step = Math.max(1, Math.floor(pixels / 10_007))
  let sampled = 0
  for (let pixel = 0; pixel < pixels; pixel += step, sampled += 1)
    for (const [channel, levels] of counts.entries()) {
      const level = data[pixel * 4 + channel] ?? 0
      levels[level] = (levels[level] ?? 0) + 1
    }
  const median = (levels: Uint32Array | undefined): number => {
    let seen = 0
    return levels?.findIndex((count) => (seen += count) * 2 >= sampled) ?? 0
  }
  return [median(counts[0]), median(counts[1]), median(counts[2])]
}

/** The upper end of each hue, in degrees, and its name. */
const hues = [
  [15, 'red'],
  [42, 'orange'],
  [68, 'yellow'],
  [165, 'green'],
  [195, 'turquoise'],
  [255, 'blue'],
  [290, 'purple'],
  [340, 'pink'],
  [360, 'red']
] as const

/** A plain word for a color. */
export function colorWord([red, green, blue]: Rgb): string {
  const [most, least] = [Math.max(red, green, blue), Math.min(red, green, blue)]
  const [lightness, chroma] = [(most + least) / 2, most - least]
  if (most < 28) return t('pictures.color.black')
  if (chroma < 24) {
    if (lightness > 240) return t('pictures.color.white')
    return t('pictures.color.gray', { shade: lightness > 180 ? 'light' : lightness < 75 ? 'dark' : 'plain' })
  }
  const hue =
    most === red ? (green - blue) / chroma : most === green ? 2 + (blue - red) / chroma : 4 + (red - green) / chroma
  const degrees = (hue * 60 + 360) % 360
  const name = hues.find(([end]) => degrees <= end)?.[1] ?? 'red'
  if (name === 'orange' && lightness < 100) return t('pictures.color.brown')
  return t(`pictures.color.${name}`, { shade: lightness < 70 ? 'dark' : lightness > 200 ? 'light' : 'plain' })
}
