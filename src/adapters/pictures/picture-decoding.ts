import { createCanvas, loadImage, type Canvas, type Image } from './canvas-package.ts'
import { DescryError } from '#shared/errors.ts'
import { readAnimation, type Animation } from './animation-frames.ts'
import { glanceAt, type Glance } from './background.ts'
import { withoutAlpha } from './lost-alpha.ts'
import { orientationLeft, turnUpright } from './orientation.ts'
import { damaged, iconMime, refuseTooManyPixels, type PictureHeader } from './picture-header.ts'
import { hasWholePixels } from './picture-repair.ts'

// Decodes in the process that calls it: the main process, or the helper process for large pictures.

const white = '#ffffff'

/** A file that Skia can decode. */
export interface Decodable {
  /** The repaired file, or a PNG or JPEG that was drawn from it. */
  bytes: Uint8Array
  /** Of the file. */
  header: PictureHeader
  /** Pixels are missing; null if only the decoded picture can show that. */
  isIncomplete: boolean | null
}

/** What a decoded picture shows. */
export interface Shown {
  /** Upright. */
  image: Image | Canvas
  /** CSS color behind transparent parts. */
  background: string
  isIncomplete: boolean
}

/** The first frame that is not of one color; null if there is none. */
export type FindColoredFrame = (animation: Animation, bytes: Uint8Array, mime: string) => Promise<Image | Canvas | null>

/** Errors: bad-image, too-large. */
export async function decodeHere(file: Decodable, coloredFrame: FindColoredFrame): Promise<Shown> {
  const { bytes, header } = file
  // Skia knows icons, but not that cursors are the same.
  const known = header.mime === iconMime ? Uint8Array.from(bytes).fill(1, 2, 3) : bytes
  const image = await loadImage(known).catch((error: unknown) => {
    throw error instanceof DescryError ? error : damaged(header.mime, error)
  })
  if (image.width === 0 || image.height === 0) throw damaged(header.mime)
  // A header may lie.
  refuseTooManyPixels(image)
  const glance = header.mime === 'image/jpeg' ? null : glanceAt(image)
  const isIncomplete = file.isIncomplete || (await lacksPixels(image, glance, file))
  const { shown, background } = await asShown(image, glance, file, coloredFrame)
  if (isIncomplete && shown === image && isNothing(image, glance)) throw damaged(header.mime)
  const orientation = orientationLeft(bytes, header.mime)
  return { image: orientation === 1 ? shown : turnUpright(shown, orientation), background, isIncomplete }
}

/** With a background, with the colors that an alpha channel of zeros hides, and past a blank first frame. */
async function asShown(
  image: Image,
  glance: Glance | null,
  { bytes, header: { mime } }: Decodable,
  coloredFrame: FindColoredFrame
): Promise<{ shown: Image | Canvas; background: string }> {
  if (glance === null) return { shown: image, background: white }
  const animation = glance.isOneColor ? readAnimation(bytes, mime) : null
  const frame = animation && (await coloredFrame(animation, bytes, mime))
  if (frame) return { shown: frame, background: glanceAt(frame).background }
  const colors = glance.isEmpty ? withoutAlpha(bytes, mime, image) : null
  return { shown: colors ?? image, background: glance.background }
}

/** Decoders fill in what is missing without a word: libjpeg with gray, and libpng with nothing. */
async function lacksPixels(
  image: Image,
  glance: Glance | null,
  { bytes, header: { mime, isCut } }: Decodable
): Promise<boolean> {
  if (glance === null) return isCut && isFiller(image, 'end')
  const isSuspect = mime === 'image/png' && !isCut && glance.isLastRowEmpty && !glance.isEmpty
  return isSuspect && !(await hasWholePixels(bytes))
}

/** Nothing of a file that is cut could be decoded. */
function isNothing(image: Image, glance: Glance | null): boolean {
  return glance === null ? isFiller(image, 'start') && isFiller(image, 'end') : glance.isEmpty
}

/** Whether a JPEG's first or last block is the medium gray that libjpeg puts in place of missing ones. */
function isFiller(image: Image | Canvas, which: 'start' | 'end'): boolean {
  const [width, height] = [Math.min(8, image.width), Math.min(8, image.height)]
  const [x, y] = which === 'start' ? [0, 0] : [image.width - width, image.height - height]
  const context = createCanvas(width, height).getContext('2d')
  context.drawImage(image, -x, -y)
  const { data } = context.getImageData(0, 0, width, height)
  return data.every((value, at) => at % 4 === 3 || Math.abs(value - 128) <= 1)
}
