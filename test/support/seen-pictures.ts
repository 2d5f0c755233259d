import { createCanvas, loadImage } from '@napi-rs/canvas'
import type { Area } from '#shared/caption.ts'
import type { Desktop } from './desktop.ts'
import type { ReceivedRequest } from './model-server.ts'

/** A decoded picture for comparisons. */
export interface SeenPicture {
  width: number
  height: number
  /** Red, green, blue and alpha of each pixel. */
  pixels: Uint8ClampedArray
  /** As "#rrggbb", each channel rounded to a multiple of 17 to hide compression. */
  color(x: number, y: number): string
}

/** @param size Drawn to this size instead of its own. */
export async function seen(bytes: Uint8Array, size?: { width: number; height: number }): Promise<SeenPicture> {
  const image = await loadImage(Buffer.from(bytes))
  const { width, height } = size ?? image
  const context = createCanvas(width, height).getContext('2d')
  context.imageSmoothingQuality = 'medium'
  context.drawImage(image, 0, 0, width, height)
  const pixels = context.getImageData(0, 0, width, height).data
  return {
    width,
    height,
    pixels,
    color(x, y) {
      const from = (y * width + x) * 4
      const levels = [...pixels.subarray(from, from + 3)].map((level) => Math.round(level / 17).toString(16))
      return `#${levels.join('')}`
    }
  }
}

/** The picture the model received: the only one in the request. */
export async function seenByModel(request: ReceivedRequest | undefined): Promise<SeenPicture> {
  const [image, ...more] = request?.images ?? []
  if (!image || more.length > 0) throw new Error(`The request holds ${request?.images.length} pictures, not one.`)
  return seen(image.bytes)
}

/** What ImageMagick's `import` captures from the desktop. PNG. */
export async function screenshotOf(desktop: Desktop, area?: Area): Promise<Buffer> {
  const crop = area ? ['-crop', `${area.width}x${area.height}+${area.x}+${area.y}`, '+repage'] : []
  // Its gamma and chromaticity chunks would make other programs change the colors.
  const plain = ['-define', 'png:exclude-chunks=all']
  const { stdout } = await desktop.run('import', ['-silent', '-window', 'root', ...crop, ...plain, 'png:-'])
  return stdout
}

/**
 * Mean difference in lightness of two pictures of the same size, in levels of 255. JPEG preserves lightness better than color.
 * Equal pictures are below 2.
 */
export function difference(one: SeenPicture, other: SeenPicture): number {
  if (one.width !== other.width || one.height !== other.height)
    throw new Error(`${one.width}x${one.height} is not ${other.width}x${other.height}.`)
  const lightness = ({ pixels }: SeenPicture, at: number): number =>
    0.3 * (pixels[at] ?? 0) + 0.59 * (pixels[at + 1] ?? 0) + 0.11 * (pixels[at + 2] ?? 0)
  let sum = 0
  for (let at = 0; at < one.pixels.length; at += 4) sum += Math.abs(lightness(one, at) - lightness(other, at))
  return sum / (one.width * one.height)
}
