import { printable, printableLine } from '#shared/printable.ts'

/**
 * Quotes text from outside for a prompt: one line in quotes, with quotes and newlines inside escaped, so that the model
 * cannot take it for Descry's own words. Cuts the text at `maxCharacters`.
 */
export function quoted(text: string, maxCharacters: number): string {
  const trimmed = printable(text).trim()
  return JSON.stringify(trimmed.length > maxCharacters ? `${trimmed.slice(0, maxCharacters).toWellFormed()}…` : trimmed)
}

/** The same for a title or a name, in which newlines mean nothing. */
export function quotedLine(text: string, maxCharacters: number): string {
  return quoted(printableLine(text), maxCharacters)
}
