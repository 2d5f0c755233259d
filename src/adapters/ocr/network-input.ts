import type { Canvas } from '../pictures/canvas-package.ts'

/** How a network was trained to see one channel: levels from 0 to 1, less their mean, over their deviation. */
export interface Scale {
  mean: number
  deviation: number
}

/**
 * A picture as PaddleOCR's networks take it: blue, green and red, one plane after the other.
 *
 * @param widthPx at least the picture's; what is right of it is 0.
 */
export function networkInput(
  picture: Canvas,
  scales: readonly [blue: Scale, green: Scale, red: Scale],
  widthPx = picture.width
): Float32Array {
  const { width, height } = picture
  const { data } = picture.getContext('2d').getImageData(0, 0, width, height)
  const planes = new Float32Array(scales.length * height * widthPx)
  for (const [plane, { mean, deviation }] of scales.entries())
    for (let y = 0; y < height; y += 1)
      for (let x = 0; x < width; x += 1)
        planes[(plane * height + y) * widthPx + x] =
          ((data[(y * width + x) * 4 + 2 - plane] ?? 0) / 255 - mean) / deviation
  return planes
}
