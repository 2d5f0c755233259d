import { createCanvas, ImageData } from '@napi-rs/canvas'
import { decode } from 'tiff'
import { turnUpright } from './orientation.ts'
import type { TiffPage } from './tiff-header.ts'

// Runs in the helper process (helper-program.ts).

/** A PNG of a page, upright. Throws anything when it is damaged. */
export async function drawTiffPage({ bytes, page }: { bytes: Uint8Array; page: TiffPage }): Promise<Uint8Array> {
  // The library refuses pages that are not stored upright; turning them is done below.
  const upright = Uint8Array.from(bytes)
  if (page.orientationAt !== null) upright.set(upright[0] === 0x4d ? [0, 1] : [1, 0], page.orientationAt)
  const [decoded] = decode(upright, { pages: [page.index] })
  if (!decoded) throw new Error('There is no such page.')
  const { width, height } = page
  const stored = createCanvas(width, height)
  const pixels = rgba(decoded.data, page, decoded.palette, decoded.alpha)
  stored.getContext('2d').putImageData(new ImageData(pixels, width, height), 0, 0)
  return (page.orientation === 1 ? stored : turnUpright(stored, page.orientation)).encode('png')
}

function rgba(
  samples: ArrayLike<number>,
  { width, height, samplesPerPixel, bitsPerSample }: TiffPage,
  palette: [number, number, number][] | undefined,
  hasAlpha: boolean
): Uint8ClampedArray {
  const pixels = new Uint8ClampedArray(width * height * 4)
  const toByte = 255 / (2 ** bitsPerSample - 1)
  const colours = samplesPerPixel >= 3 ? [0, 1, 2] : [0, 0, 0]
  for (let from = 0, to = 0; to < pixels.length; from += samplesPerPixel, to += 4) {
    const entry = palette?.[samples[from] ?? 0]
    for (const [channel, colour] of colours.entries())
      pixels[to + channel] = entry ? (entry[channel] ?? 0) / 257 : (samples[from + colour] ?? 0) * toByte
    pixels[to + 3] = hasAlpha ? (samples[from + samplesPerPixel - 1] ?? 0) * toByte : 255
  }
  return pixels
}
