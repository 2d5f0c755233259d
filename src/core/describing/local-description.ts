import type { Code, LocalFacts, PictureKind } from '#shared/caption.ts'
import { t } from '#shared/messages/messages.ts'
import { printable, printableLine } from '#shared/printable.ts'
import { readCodeContent } from './code-contents.ts'
import type { PictureOrigin } from './prompts/presets.ts'

/** Longer texts are announced by their number of words, so that the first sentence stays short. */
const shortTextWords = 12
const maxCodes = 5

/**
 * What is said without a model: the text, the codes, then kind and size. The content of codes is reported, never opened.
 * `facts.text` null means that nobody looked for text; nothing is said about it then.
 */
export function describeLocally(facts: LocalFacts, origin: PictureOrigin = 'elsewhere'): string {
  const { kind, width, height, blankColor } = facts
  // A screen reader's curtain, or a window that forbids capturing.
  if (blankColor === t('pictures.color.black') && origin === 'screen') return t('caption.local.black')
  if (facts.isBlank)
    return blankColor === null ? t('caption.local.blank-one-color') : t('caption.local.blank', { color: blankColor })
  const text = facts.text === null ? null : spokenText(facts.text, kind)
  const parts = [...spokenCodes(facts.codes, { isWhole: false }), t('caption.local.kind', { kind, width, height })]
  if (text === '') parts.push(t('caption.local.no-text'))
  return (text ? [text, ...parts] : parts).join('\n')
}

/** The text and the codes, with everything in them, and nothing else. */
export function readOut({ text, codes }: Pick<LocalFacts, 'text' | 'codes'>): string {
  const found = [...(text ? [text] : []), ...spokenCodes(codes, { isWhole: true })]
  return found.length === 0 ? t('caption.local.nothing-found') : found.join('\n')
}

function spokenText(raw: string, kind: PictureKind): string {
  const blocks = printable(raw)
    .split(/\r?\n[^\S\n]*\r?\n/u)
    .map((block) => linesOf(block))
    .filter((lines) => lines.length > 0)
  if (blocks.length === 0) return ''
  // The lines of a paragraph are one text; those of a screen or a chart are separate items.
  const text = blocks.map((lines) => lines.join(kind === 'document' ? ' ' : '\n')).join('\n')
  const words = text.split(/\s+/u).length
  const open = text.replace(/[\s,;–—-]+$/u, '')
  const closed = /[.!?…:]$/u.test(open) ? open : `${open}.`
  return words <= shortTextWords
    ? t('caption.local.short-text', { text: closed })
    : t('caption.local.long-text', { words, text: closed })
}

function linesOf(block: string): string[] {
  return block
    .split('\n')
    .map((line) => line.replace(/\s+/gu, ' ').trim())
    .filter((line) => /[\p{L}\p{N}]/u.test(line))
}

/** @param isWhole for the command that reads everything: a password is said when the user asks what there is to read. */
function spokenCodes(codes: Code[], { isWhole }: { isWhole: boolean }): string[] {
  const spoken = codes.slice(0, maxCodes).map(({ format, text }) => {
    const { kind, content, password } = readCodeContent(text)
    const code = t('caption.local.code-name', { format })
    const said = printableLine(content)
    if (isWhole && password !== null && said !== '')
      return t('caption.local.wifi-password', { code, content: said, password: printableLine(password) })
    if (said !== '') return t('caption.local.code', { kind, code, content: said })
    return printableLine(text) === ''
      ? t('caption.local.empty-code', { code })
      : t('caption.local.bare-code', { kind, code })
  })
  const count = codes.length - spoken.length
  return count > 0 ? [...spoken, t('caption.local.more-codes', { count })] : spoken
}
