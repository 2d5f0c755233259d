import { DescryError } from '#shared/errors.ts'
import { readAnimation, type Animation } from './animation-frames.ts'
import { chooseFrames, drawFrame, firstColoredFrame } from './animation.ts'

// Tasks of the helper process (helper-program.ts).

export interface AnimatedFile {
  bytes: Uint8Array
  mime: string
}

function animationOf({ bytes, mime }: AnimatedFile): Animation {
  const animation = readAnimation(bytes, mime)
  if (animation === null) throw new DescryError('bad-image')
  return animation
}

export function chooseFramesOf(file: AnimatedFile): Promise<number[]> {
  return chooseFrames(animationOf(file))
}

/** A PNG. Errors: bad-image. */
export function drawFrameOf(file: AnimatedFile & { index: number }): Promise<Uint8Array> {
  return drawFrame(animationOf(file), file.index)
}

/** A PNG of the first frame that is not of one color; null if there is none. */
export async function drawColoredFrameOf(file: AnimatedFile): Promise<Uint8Array | null> {
  const frame = await firstColoredFrame(animationOf(file))
  return frame && frame.encode('png')
}
