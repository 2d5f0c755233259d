import { createCanvas, loadImage, type Canvas, type Image, type SKRSContext2D } from './canvas-package.ts'
import { DescryError } from '#shared/errors.ts'
import type { AnimationFrame, Animation } from './animation-frames.ts'
import type { PixelSize } from './picture-formats.ts'
import { maxPicturePixels } from './picture-header.ts'

// Draws animations, in the helper process (helper-program.ts): every frame has to be drawn to see the next one. No more than two
// are in memory at a time: what is shown so far, and the frame that comes.

const maxFrames = 4
/** Frames after this many pixels and bytes are not drawn: some seconds of work. */
const maxWork = 500_000_000
/** Frames are compared at this size … */
const thumbnailSidePx = 32
/** … and are alike if no pixel differs by more than this many levels of 255. */
const slightDifference = 24
/** Whether a frame is of one color is seen at this size. */
const glanceSidePx = 512

/** Indexes of at most four frames that differ from each other, spread over the animation. */
export async function chooseFrames(animation: Animation): Promise<number[]> {
  const distinct: { index: number; pixels: Uint8ClampedArray }[] = []
  for await (const frame of drawnFrames(animation)) {
    const pixels = frame.pixels({ width: thumbnailSidePx, height: thumbnailSidePx }, '#ffffff')
    if (distinct.every((earlier) => differ(earlier.pixels, pixels))) distinct.push({ index: frame.index, pixels })
  }
  const step = Math.max(1, (distinct.length - 1) / (maxFrames - 1))
  return Array.from(
    { length: Math.min(maxFrames, distinct.length) },
    (_, at) => distinct[Math.round(at * step)]?.index ?? 0
  )
}

/** A PNG of a frame as it appears. Errors: bad-image. */
export async function drawFrame(animation: Animation, wanted: number): Promise<Uint8Array> {
  for await (const frame of drawnFrames(animation)) if (frame.index === wanted) return frame.take().encode('png')
  throw new DescryError('bad-image')
}

/** The first frame, as it appears, that is not of one color; null if there is none among those that are drawn. */
export async function firstColoredFrame(animation: Animation): Promise<Canvas | null> {
  const size = { width: Math.min(glanceSidePx, animation.width), height: Math.min(glanceSidePx, animation.height) }
  for await (const frame of drawnFrames(animation)) {
    const { buffer, byteOffset, length } = frame.pixels(size, null)
    const pixels = new Uint32Array(buffer, byteOffset, length / 4)
    if (pixels.some((pixel) => pixel !== pixels[0])) return frame.take()
  }
  return null
}

function differ(some: Uint8ClampedArray, others: Uint8ClampedArray): boolean {
  return some.some((value, at) => Math.abs(value - (others[at] ?? 0)) > slightDifference)
}

interface DrawnFrame {
  index: number
  /** As it appears, at this size, before a background (a CSS color). */
  pixels(size: PixelSize, background: string | null): Uint8ClampedArray
  /** As it appears. No more frames can be drawn then. */
  take(): Canvas
}

/** Each frame, up to the first damaged one; always on the same canvas. */
async function* drawnFrames({ width, height, frames }: Animation): AsyncGenerator<DrawnFrame> {
  const canvas = createCanvas(width, height)
  let work = 0
  for (const [index, frame] of frames.entries()) {
    const framePixels = frame.width * frame.height
    work += width * height + framePixels
    if (work > maxWork || framePixels > maxPicturePixels) return
    const bytes = frame.still()
    work += bytes.length
    const image = await loadImage(bytes).catch(() => null)
    if (image === null) return
    try {
      yield frame.afterwards === 'as-before'
        ? passingFrame(index, frame, image, canvas)
        : stayingFrame(index, frame, image, canvas)
    } finally {
      free(image)
    }
    if (frame.afterwards === 'cleared') canvas.getContext('2d').clearRect(frame.x, frame.y, frame.width, frame.height)
  }
}

/** Drawn at once. */
function stayingFrame(index: number, frame: AnimationFrame, image: Image, canvas: Canvas): DrawnFrame {
  draw(frame, image, canvas.getContext('2d'), null)
  free(image)
  return {
    index,
    pixels(size, background) {
      const context = small(size, background)
      context.drawImage(canvas, 0, 0, size.width, size.height)
      return context.getImageData(0, 0, size.width, size.height).data
    },
    take: () => canvas
  }
}

/** After it, everything is as before: it is only drawn where it is looked at, so that nothing has to be kept. */
function passingFrame(index: number, frame: AnimationFrame, image: Image, canvas: Canvas): DrawnFrame {
  return {
    index,
    pixels(size, background) {
      const context = small(size, background)
      context.drawImage(canvas, 0, 0, size.width, size.height)
      context.scale(size.width / canvas.width, size.height / canvas.height)
      draw(frame, image, context, background)
      return context.getImageData(0, 0, size.width, size.height).data
    },
    take() {
      draw(frame, image, canvas.getContext('2d'), null)
      return canvas
    }
  }
}

function draw(
  { x, y, width, height, replaces }: AnimationFrame,
  image: Image,
  context: SKRSContext2D,
  background: string | null
): void {
  if (replaces) context.clearRect(x, y, width, height)
  if (replaces && background !== null) context.fillRect(x, y, width, height)
  context.drawImage(image, x, y)
}

function small({ width, height }: PixelSize, background: string | null): SKRSContext2D {
  const context = createCanvas(width, height).getContext('2d')
  context.imageSmoothingQuality = 'medium'
  if (background !== null) {
    context.fillStyle = background
    context.fillRect(0, 0, width, height)
  }
  return context
}

/** Its pixels are outside V8's heap, so nothing else would make V8 collect them soon. */
function free(image: Image): void {
  image.src = new Uint8Array()
}
