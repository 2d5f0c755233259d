import { createCanvas, ImageData, type Canvas } from './canvas-package.ts'
import { decode } from 'tiff'
import { turnUpright } from './orientation.ts'
import { tiffPageAsPdf } from './tiff-as-pdf.ts'
import { maxPicturePixels } from './picture-header.ts'
import { decoderFor, type TiffPage } from './tiff-header.ts'

// Runs in the helper process (helper-program.ts).

/** A PNG of a page, upright. Throws any error when it is damaged. */
export async function drawTiffPage({ bytes, page }: { bytes: Uint8Array; page: TiffPage }): Promise<Uint8Array> {
  const stored = decoderFor(page) === 'pdf' ? await drawAsPdf(bytes, page) : drawByLibrary(bytes, page)
  const shaped = withSquarePixels(stored, page)
  return (page.orientation === 1 ? shaped : turnUpright(shaped, page.orientation)).encode('png')
}

/** Between these, pixels are square but for rounding; beyond them, the numbers are wrong. */
const [leastOblong, mostOblong] = [1.1, 4]

/** A fax has twice as many pixels across as down. The side with fewer is stretched, so that nothing is lost. */
function withSquarePixels(stored: Canvas, { perUnitAcross, perUnitDown }: TiffPage): Canvas {
  const ratio = perUnitAcross / perUnitDown
  const stretch = Math.max(ratio, 1 / ratio)
  const { width, height } = stored
  const isOblong = stretch >= leastOblong && stretch <= mostOblong && width * height * stretch <= maxPicturePixels
  if (!isOblong) return stored
  const canvas = createCanvas(
    ratio > 1 ? width : Math.round(width * stretch),
    ratio > 1 ? Math.round(height * stretch) : height
  )
  canvas.getContext('2d').drawImage(stored, 0, 0, canvas.width, canvas.height)
  return canvas
}

async function drawAsPdf(bytes: Uint8Array, page: TiffPage): Promise<Canvas> {
  const { drawFirstPage, loadPdf } = await import('./pdf-document.ts')
  await loadPdf(tiffPageAsPdf(bytes, page), true)
  const canvas = await drawFirstPage()
  // pdf.js silently leaves a damaged piece out.
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
  for (let alpha = 3; alpha < data.length; alpha += 4) if (data[alpha] !== 255) throw new Error('A piece is missing.')
  return canvas
}

function drawByLibrary(bytes: Uint8Array, page: TiffPage): Canvas {
  // The library refuses pages that are not stored upright, so they are rotated afterwards.
  const upright = Uint8Array.from(bytes)
  if (page.orientationAt !== null) upright.set(upright[0] === 0x4d ? [0, 1] : [1, 0], page.orientationAt)
  const [decoded] = decode(upright, { pages: [page.index] })
  if (!decoded) throw new Error('There is no such page.')
  const { width, height } = page
  const canvas = createCanvas(width, height)
  const pixels = rgba(decoded.data, page, decoded.palette, decoded.alpha)
  canvas.getContext('2d').putImageData(new ImageData(pixels, width, height), 0, 0)
  return canvas
}

function rgba(
  samples: ArrayLike<number>,
  { width, height, samplesPerPixel, bitsPerSample }: TiffPage,
  palette: [number, number, number][] | undefined,
  hasAlpha: boolean
): Uint8ClampedArray {
  const pixels = new Uint8ClampedArray(width * height * 4)
  const toByte = 255 / (2 ** bitsPerSample - 1)
  const colors = samplesPerPixel >= 3 ? [0, 1, 2] : [0, 0, 0]
  // Some programs leave the channel empty.
  const isTransparent = hasAlpha && hasValues(samples, samplesPerPixel)
  for (let from = 0, to = 0; to < pixels.length; from += samplesPerPixel, to += 4) {
    const entry = palette?.[samples[from] ?? 0]
    for (const [channel, color] of colors.entries())
      pixels[to + channel] = entry ? (entry[channel] ?? 0) / 257 : (samples[from + color] ?? 0) * toByte
    pixels[to + 3] = isTransparent ? (samples[from + samplesPerPixel - 1] ?? 0) * toByte : 255
  }
  return pixels
}

/** Whether the last sample of any pixel is more than zero. */
function hasValues(samples: ArrayLike<number>, samplesPerPixel: number): boolean {
  for (let at = samplesPerPixel - 1; at < samples.length; at += samplesPerPixel) if (samples[at] !== 0) return true
  return false
}
