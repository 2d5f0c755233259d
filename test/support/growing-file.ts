import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

/**
 * Reads a file that a program writes to. Each call returns the whole lines that have come since the last one; none before the
 * file exists. To read a log of megabytes from its beginning every 20 ms would keep a processor busy.
 */
export function readingNewLines(path: string): () => string[] {
  let readBytes = 0
  let unfinished: Buffer = Buffer.alloc(0)
  return () => {
    const added = readFrom(path, readBytes)
    readBytes += added.length
    const text = Buffer.concat([unfinished, added])
    const end = text.lastIndexOf('\n') + 1
    // A copy, so that the rest of the text can be freed.
    unfinished = Buffer.from(text.subarray(end))
    return end === 0 ? [] : text.toString('utf8', 0, end - 1).split('\n')
  }
}

function readFrom(path: string, start: number): Buffer {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch {
    return Buffer.alloc(0)
  }
  try {
    const buffer = Buffer.alloc(Math.max(0, fstatSync(file).size - start))
    return buffer.subarray(0, readSync(file, buffer, 0, buffer.length, start))
  } finally {
    closeSync(file)
  }
}
