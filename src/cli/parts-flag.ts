import { UsageError } from './exit-codes.ts'
import type { OpenedFile, PicturePart } from '#core/ports.ts'

/** What `--parts` asks for: all, or ranges of numbers from 1, ends included. */
export type PartChoice = 'all' | { from: number; to: number }[]

/** Each page is paid for: of a long document only these are described unless more are asked for. */
const firstPages = 3

/** @throws UsageError for what is neither `all` nor numbers and ranges such as 1,3-5. */
export function readParts(typed: string): PartChoice {
  if (typed === 'all') return 'all'
  return typed.split(',').map((piece) => {
    const [, from, to = from] = /^\s*(\d{1,6})(?:-(\d{1,6}))?\s*$/u.exec(piece) ?? []
    const range = { from: Number(from), to: Number(to) }
    if (from === undefined || range.from < 1 || range.to < range.from)
      throw new UsageError('--parts wants all, or numbers such as 2 or 1,3-5.')
    return range
  })
}

/**
 * The parts of a file to be described. Without a wish: the first pages of a document, and any other file whole, since its
 * frames and parts are only looked at closer when somebody asks.
 *
 * @returns `left`: pages that nobody asked for and that were left off.
 */
export function chooseParts(
  file: OpenedFile,
  bytes: Uint8Array,
  wanted: PartChoice | null
): { parts: PicturePart[]; left: number } {
  if (wanted === null) {
    const isDocument = file.parts.length === 1 || file.parts[0]?.fragment.startsWith('#page')
    const whole: PicturePart = { label: null, fragment: '', load: async () => bytes, text: async () => null }
    const parts = isDocument ? file.parts.slice(0, firstPages) : [whole]
    return { parts, left: isDocument ? file.parts.length - parts.length : 0 }
  }
  const isWanted = (number: number): boolean =>
    wanted === 'all' || wanted.some(({ from, to }) => number >= from && number <= to)
  return { parts: file.parts.filter((_, index) => isWanted(index + 1)), left: 0 }
}
