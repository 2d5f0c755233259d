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
}

/**
 * Passes a body on in whole lines; one that is longer than its limits fails with bad-answer. Whole lines, because the SDK
 * joins the pieces of a line again for each piece that arrives: a line of a million single bytes would keep it busy for
 * minutes.
 */
export function limitBody({ maxBytes, maxLineBytes }: BodyLimits): TransformStream<Uint8Array, Uint8Array> {
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
      totalBytes += bytes.length
      const end = lastLineEnd(bytes)
      const isTooLong = totalBytes > maxBytes || lineBytes + (end === 0 ? bytes.length : 0) > maxLineBytes
      if (isTooLong) return controller.error(new DescryError('bad-answer'))
      hold(bytes.subarray(0, end))
      if (end > 0) passOn(controller)
      hold(bytes.subarray(end))
    },
    flush: passOn
  })
}

/** What has arrived of an error's body when it ends, is longer than its limit, or takes longer than `timeoutMs`. Never fails. */
export async function readErrorBody(body: ReadableStream<Uint8Array>, timeoutMs: number): Promise<Buffer> {
  const reader = body.getReader()
  const hangUp = (): void => void reader.cancel().catch(() => undefined)
  const timer = setTimeout(hangUp, timeoutMs)
  const pieces: Uint8Array[] = []
  let totalBytes = 0
  try {
    while (totalBytes < maxErrorBytes) {
      const { done, value } = await reader.read()
      if (done) break
      pieces.push(value)
      totalBytes += value.length
    }
  } catch {
    // The connection broke. The status is known, and tells more than that.
  } finally {
    clearTimeout(timer)
    hangUp()
  }
  return Buffer.concat(pieces).subarray(0, maxErrorBytes)
}

/** How many bytes there are up to the last end of a line; 0 without one. */
function lastLineEnd(bytes: Uint8Array): number {
  return Math.max(bytes.lastIndexOf(lineFeed), bytes.lastIndexOf(carriageReturn)) + 1
}
