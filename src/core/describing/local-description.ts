import type { Code, LocalFacts, PictureKind } from '#shared/caption.ts'
import { printable, printableLine } from '#shared/printable.ts'
import type { PictureOrigin } from './prompts/presets.ts'

const kinds: Record<PictureKind, string> = {
  screen: 'a screen',
  photo: 'a photo',
  document: 'a document',
  chart: 'a chart',
  drawing: 'a drawing'
}

const codeNames: Record<string, string> = {
  QRCode: 'A QR code',
  MicroQRCode: 'A small QR code',
  DataMatrix: 'A Data Matrix code',
  Aztec: 'An Aztec code',
  PDF417: 'A PDF417 code'
}

/** More words than these are announced by their number, so that the first sentence stays short. */
const shortTextWords = 12
const maxCodes = 5

/**
 * What is said without a model: the text, the codes, then kind and size. Content of codes is reported, never opened.
 * `facts.text` null means that nobody looked for text; then nothing is said about it.
 */
export function describeLocally(facts: LocalFacts, origin: PictureOrigin = 'elsewhere'): string {
  // A screen reader's curtain, or a window that forbids its capture.
  if (facts.blankColor === 'black' && origin === 'screen') return 'The picture is black: is the screen curtain on?'
  if (facts.isBlank) return `The picture is blank, all ${facts.blankColor ?? 'one color'}.`
  const text = facts.text === null ? null : spokenText(facts.text, facts.kind)
  const seems = `Probably ${kinds[facts.kind]}, ${facts.width} by ${facts.height} pixels.`
  const parts = text ? [text, ...spokenCodes(facts.codes), seems] : [...spokenCodes(facts.codes), seems]
  if (text === '') parts.push('No text could be read.')
  return parts.join('\n')
}

/** The words and the codes, and nothing else. */
export function readOut({ text, codes }: Pick<LocalFacts, 'text' | 'codes'>): string {
  const found = [...(text ? [text] : []), ...spokenCodes(codes)]
  return found.length === 0 ? 'No text was found.' : found.join('\n')
}

function spokenText(raw: string, kind: PictureKind): string {
  const lines = printable(raw)
    .split(/\r?\n/u)
    .map((line) => line.replace(/\s+/gu, ' ').trim())
    .filter((line) => /[\p{L}\p{N}]/u.test(line))
  if (lines.length === 0) return ''
  // Lines of a document run on; those of a screen or a chart are things of their own.
  const text = lines.join(kind === 'document' ? ' ' : '\n')
  const wordCount = text.split(/\s+/u).length
  const closed = /[.!?…:]$/u.test(text) ? text : `${text}.`
  return wordCount <= shortTextWords ? `Text: ${closed}` : `Text, ${wordCount} words.\n${closed}`
}

function spokenCodes(codes: Code[]): string[] {
  const said = codes.slice(0, maxCodes).map((code) => {
    const name = codeNames[code.format] ?? 'A bar code'
    const content = printableLine(code.text)
    return content === '' ? `${name} is empty.` : `${name} says: ${content}`
  })
  const left = codes.length - said.length
  return left > 0 ? [...said, `And ${left} more ${left === 1 ? 'code' : 'codes'}.`] : said
}
