import { DescryError } from '#shared/errors.ts'

/** A whole answer of 6,000 characters takes 2 MB as events, and one line of a batch's list of files up to 3 MB. */
export const maxAnswerBytes = 8_000_000
/** The longest error that says something fits into a few kilobytes. */
export const maxErrorBytes = 65_536
/** The answers of a batch: 50,000 lines of 4 KB are usual, and they are read one by one. */
export const maxDownloadBytes = 2_000_000_000

const lineFeed = 10
const carriageReturn = 13
const firstCapacity = 4096

export interface BodyLimits {
  maxBytes: number
  /** Longest line in bytes, without its end. */
  maxLineBytes: number
  /** What happens to a body that is longer: it ends there, or it fails with bad-answer. */
  ifLonger: 'end' | 'fail'
}

/**
 * Passes a body on in whole lines, and only up to its limits. Whole lines, because the SDK joins the pieces of a line again
 * for each piece that arrives: a line of a million single bytes would keep it busy for minutes.
 */
export function limitBody({ maxBytes, maxLineBytes, ifLonger }: BodyLimits): TransformStream<Uint8Array, Uint8Array> {
  /** The beginning of a line. One growing buffer, since a million pieces of one byte each would take 100 MB. */
  let line: Buffer = Buffer.alloc(0)
  let lineBytes = 0
  let totalBytes = 0

  function hold(bytes: Uint8Array): void {
    if (lineBytes + bytes.length > line.length) {
      const larger = Buffer.alloc(Math.max(firstCapacity, line.length * 2, lineBytes + bytes.length))
      line.copy(larger, 0, 0, lineBytes)
      line = larger
    }
    line.set(bytes, lineBytes)
    lineBytes += bytes.length
  }

  function passOn(controller: TransformStreamDefaultController<Uint8Array>): void {
    if (lineBytes > 0) controller.enqueue(line.subarray(0, lineBytes))
    line = Buffer.alloc(0)
    lineBytes = 0
  }

  return new TransformStream({
    transform(bytes, controller) {
      const room = Math.max(0, maxBytes - totalBytes)
      totalBytes += bytes.length
      const end = lastLineEnd(bytes)
      const isTooLong = totalBytes > maxBytes || lineBytes + (end === 0 ? bytes.length : 0) > maxLineBytes
      if (isTooLong && ifLonger === 'fail') return controller.error(new DescryError('bad-answer'))
      if (isTooLong) {
        hold(bytes.subarray(0, room))
        passOn(controller)
        // Also hangs up.
        return controller.terminate()
      }
      hold(bytes.subarray(0, end))
      if (end > 0) passOn(controller)
      hold(bytes.subarray(end))
    },
    flush: passOn
  })
}

/** How many bytes there are up to the last end of a line; 0 without one. */
function lastLineEnd(bytes: Uint8Array): number {
  return Math.max(bytes.lastIndexOf(lineFeed), bytes.lastIndexOf(carriageReturn)) + 1
}
