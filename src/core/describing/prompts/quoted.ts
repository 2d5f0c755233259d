import { printable, printableLine } from '#shared/printable.ts'

/**
 * What others wrote, for a prompt: one line in quotes, with quotes and newlines inside escaped, so that it cannot pass for
 * words of ours. What is longer than `maxCharacters` is cut.
 */
export function quoted(text: string, maxCharacters: number): string {
  const trimmed = printable(text).trim()
  return JSON.stringify(trimmed.length > maxCharacters ? `${trimmed.slice(0, maxCharacters).toWellFormed()}…` : trimmed)
}

/** The same for a title or a name: newlines in it mean nothing. */
export function quotedLine(text: string, maxCharacters: number): string {
  return quoted(printableLine(text), maxCharacters)
}
