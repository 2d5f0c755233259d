import type { PictureKind } from '#shared/caption.ts'
import type { RgbaImage } from '#core/ports.ts'

/** Cheap measures of a picture; all are shares from 0 to 1 of the pixels looked at. */
interface Measures {
  /** Equal to the pixel on the right: areas of one colour, as only computers paint them. */
  flat: number
  /** Nearly equal to the pixel on the right: shading and noise, as in photos. */
  soft: number
  /** Colourful: channels at least 60 levels apart. */
  colourful: number
  /** Of the most common colour (16 levels a channel). */
  background: number
  /** Whether that colour is a light grey or white. */
  hasPaperBackground: boolean
}

/** What a picture seems to be. A guess for choosing words and prompts, never a claim. */
export function pictureKind(image: RgbaImage): PictureKind {
  const measures = measure(image)
  const isTall = image.height > image.width * 1.15
  if (measures.flat < 0.35 || measures.soft > 0.2) return 'photo'
  if (measures.colourful > 0.4) return 'drawing'
  if (!measures.hasPaperBackground) return 'screen'
  if (measures.colourful < 0.01) return measures.background > 0.7 || isTall ? 'document' : 'screen'
  return measures.background > 0.5 && measures.colourful > 0.04 ? 'chart' : isTall ? 'document' : 'screen'
}

function measure({ data, width, height }: RgbaImage): Measures {
  const colours = new Uint32Array(16 ** 3)
  let [looked, flat, soft, colourful] = [0, 0, 0, 0]
  // Whole rows, so that neighbours are neighbours; about 300 of them tell as much as all.
  const rowStep = Math.max(1, Math.floor(height / 300))
  for (let y = 0; y < height; y += rowStep)
    for (let x = 0; x + 1 < width; x += 1) {
      const at = (y * width + x) * 4
      const [red, green, blue] = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0]
      const step = Math.max(
        Math.abs(red - (data[at + 4] ?? 0)),
        Math.abs(green - (data[at + 5] ?? 0)),
        Math.abs(blue - (data[at + 6] ?? 0))
      )
      looked += 1
      if (step === 0) flat += 1
      else if (step < 24) soft += 1
      if (Math.max(red, green, blue) - Math.min(red, green, blue) >= 60) colourful += 1
      const colour = ((red >> 4) << 8) | ((green >> 4) << 4) | (blue >> 4)
      colours[colour] = (colours[colour] ?? 0) + 1
    }
  const share = (count: number): number => (looked === 0 ? 0 : count / looked)
  let [background, backgroundCount] = [0, 0]
  for (const [colour, count] of colours.entries())
    if (count > backgroundCount) [background, backgroundCount] = [colour, count]
  const channels = [background >> 8, (background >> 4) & 15, background & 15]
  return {
    flat: share(flat),
    soft: share(soft),
    colourful: share(colourful),
    background: share(backgroundCount),
    hasPaperBackground: Math.min(...channels) >= 13 && Math.max(...channels) - Math.min(...channels) <= 1
  }
}
