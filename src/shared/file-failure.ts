import type { Failure } from './errors.ts'
import { printableLine } from './printable.ts'

/** Longer names would leave no room for the reason in what is spoken. */
const longestName = 40
const endKept = 12

/** What went wrong with one of several files, which it was first: "notes.docx: Word files are not supported." */
export function failureOfFile(name: string, { code, message, next }: Failure): Failure {
  return { code, message: `${shortName(name)}: ${message}`, next }
}

/** Without the middle of a long name: its ending tells most. */
function shortName(name: string): string {
  const characters = Array.from(printableLine(name))
  if (characters.length <= longestName) return characters.join('')
  return `${characters.slice(0, longestName - endKept - 1).join('')}…${characters.slice(-endKept).join('')}`
}
