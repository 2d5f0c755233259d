import { createCanvas, loadImage, type Canvas } from './canvas-package.ts'
import { DescryError } from '#shared/errors.ts'
import type { Animation } from './animation-frames.ts'
import { maxPicturePixels } from './picture-header.ts'

const maxFrames = 4
/** Frames after this many pixels and bytes are not drawn: some seconds of work. */
const maxWork = 500_000_000
/** Frames are compared at this size … */
const thumbnailSidePx = 32
/** … and are alike if no pixel differs by more than this many levels of 255. */
const slightDifference = 24

/**
 * Indexes of at most four frames that differ from each other, spread over the animation. To compare them, every frame has to
 * be drawn.
 */
export async function chooseFrames(animation: Animation): Promise<number[]> {
  const thumbnail = createCanvas(thumbnailSidePx, thumbnailSidePx).getContext('2d')
  const distinct: { index: number; pixels: Uint8ClampedArray }[] = []
  for await (const [index, canvas] of drawnFrames(animation)) {
    thumbnail.fillStyle = '#ffffff'
    thumbnail.fillRect(0, 0, thumbnailSidePx, thumbnailSidePx)
    thumbnail.imageSmoothingQuality = 'medium'
    thumbnail.drawImage(canvas, 0, 0, thumbnailSidePx, thumbnailSidePx)
    const pixels = thumbnail.getImageData(0, 0, thumbnailSidePx, thumbnailSidePx).data
    if (distinct.every((earlier) => differ(earlier.pixels, pixels))) distinct.push({ index, pixels })
  }
  const step = Math.max(1, (distinct.length - 1) / (maxFrames - 1))
  return Array.from(
    { length: Math.min(maxFrames, distinct.length) },
    (_, at) => distinct[Math.round(at * step)]?.index ?? 0
  )
}

/** A PNG of a frame as it appears. Errors: bad-image. */
export async function drawFrame(animation: Animation, wanted: number): Promise<Uint8Array> {
  for await (const [index, canvas] of drawnFrames(animation)) if (index === wanted) return canvas.encode('png')
  throw new DescryError('bad-image')
}

/** The first frame, as it appears, for which `isWanted` is true; null if there is none among those that are drawn. */
export async function firstFrame(animation: Animation, isWanted: (canvas: Canvas) => boolean): Promise<Canvas | null> {
  for await (const [, canvas] of drawnFrames(animation)) if (isWanted(canvas)) return canvas
  return null
}

function differ(some: Uint8ClampedArray, others: Uint8ClampedArray): boolean {
  return some.some((value, at) => Math.abs(value - (others[at] ?? 0)) > slightDifference)
}

/** Each frame as it appears, up to the first damaged one; always on the same canvas. */
async function* drawnFrames({ width, height, frames }: Animation): AsyncGenerator<[index: number, canvas: Canvas]> {
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  let work = 0
  for (const [index, frame] of frames.entries()) {
    const { x, y, still, replaces, afterwards } = frame
    const framePixels = frame.width * frame.height
    work += width * height + framePixels
    if (work > maxWork || framePixels > maxPicturePixels) return
    const bytes = still()
    work += bytes.length
    const image = await loadImage(bytes).catch(() => null)
    if (image === null) return
    const before = afterwards === 'as-before' ? context.getImageData(x, y, frame.width, frame.height) : null
    if (replaces) context.clearRect(x, y, frame.width, frame.height)
    context.drawImage(image, x, y)
    yield [index, canvas]
    if (before) context.putImageData(before, x, y)
    else if (afterwards === 'cleared') context.clearRect(x, y, frame.width, frame.height)
  }
}
