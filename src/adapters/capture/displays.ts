import { createCanvas, loadImage } from '../pictures/canvas-package.ts'
import type { Image } from 'node-screenshots'
import { around, overlap, pixelsOf } from '#core/areas.ts'
import type { Area } from '#shared/caption.ts'

/** One display. */
export interface Display {
  id: number
  /** In the desktop's own units: pixels on X11 and Windows, points on macOS. */
  place: Area
  isPrimary: boolean
  /** At full resolution. */
  capture: () => Promise<Image>
}

/** Every display, except those that mirror another. */
export async function listDisplays(platform: NodeJS.Platform): Promise<Display[]> {
  // Loaded only when needed, because it is native code.
  const { Monitor } = await import('node-screenshots')
  const displays = Monitor.all().map((monitor): Display => {
    // On X11 the library divides by the font scale (Xft.dpi) and rounds down, while windows, pointer and picture are in
    // pixels. Multiplied back, a place can be a pixel off if the scale was not a whole number.
    const factor = platform === 'linux' ? monitor.scaleFactor() : 1
    const units = (value: number): number => Math.round(value * factor)
    return {
      id: monitor.id(),
      place: {
        x: units(monitor.x()),
        y: units(monitor.y()),
        width: units(monitor.width()),
        height: units(monitor.height())
      },
      isPrimary: monitor.isPrimary(),
      capture: () => monitor.captureImage()
    }
  })
  // Mirrored displays appear twice.
  const places = displays.map(({ place }) => JSON.stringify(place))
  return displays.filter((_, index) => places.indexOf(places[index] ?? '') === index)
}

/** A PNG of a part of the desktop, and the place it actually shows. */
export interface VisiblePart {
  bytes: Uint8Array
  place: Area
}

/** The part of an area that is on displays; only these are captured. Null if none of it is. */
export async function captureVisible(displays: Display[], area: Area): Promise<VisiblePart | null> {
  const pieces = await Promise.all(
    displays.flatMap(({ place, capture }) => {
      const part = overlap(area, place)
      return part ? [capture().then(async (image) => ({ place: part, image: await cut(image, part, place) }))] : []
    })
  )
  const [first] = pieces
  if (!first) return null
  return pieces.length === 1 ? { bytes: await first.image.toPng(), place: first.place } : joined(pieces)
}

/** A part of the picture of `place`. */
async function cut(image: Image, part: Area, place: Area): Promise<Image> {
  const { x, y, width, height } = pixelsOf(part, place, image)
  return width === image.width && height === image.height ? image : image.crop(x, y, width, height)
}

/** Joins parts from several displays into one picture, at the highest of their resolutions. */
async function joined(pieces: { place: Area; image: Image }[]): Promise<VisiblePart> {
  const place = around(pieces.map((piece) => piece.place))
  const scale = Math.max(...pieces.map(({ place: part, image }) => image.width / part.width))
  const size = { width: Math.round(place.width * scale), height: Math.round(place.height * scale) }
  const canvas = createCanvas(size.width, size.height)
  const context = canvas.getContext('2d')
  for (const piece of pieces) {
    const { x, y, width, height } = pixelsOf(piece.place, place, size)
    context.drawImage(await loadImage(await piece.image.toPng()), x, y, width, height)
  }
  return { bytes: await canvas.encode('png'), place }
}
