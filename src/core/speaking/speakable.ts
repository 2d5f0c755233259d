import { printable } from '#shared/printable.ts'
import { spokenLanguage } from './language.ts'
import { withSpokenAddresses } from './speakable/addresses.ts'
import { withoutMarkdown } from './speakable/markdown.ts'
import { withSpokenQuantities } from './speakable/quantities.ts'
import { withoutShouting, withSpokenKeys } from './speakable/spelled-words.ts'
import { withPausesForSeparators, withSpokenSymbols } from './speakable/symbols.ts'

// Soft hyphens and variation selectors; skin tones.
const unheard = /\u{ad}|[\u{fe00}-\u{fe0f}]|[\u{1f3fb}-\u{1f3ff}]/gu
// The joiners matter only within Arabic and Indic words; elsewhere they hide things.
const strayJoiner = /(?<![\p{Script=Arabic}\p{M}])[\u200c\u200d]/gu
/** An emoji that is repeated is said once, except for colored squares and discs (from 1f7e0), which form a pattern. */
const repeatedEmoji = /([\u{1f300}-\u{1f6ff}\u{1f900}-\u{1faff}])\1{2,}/gu

/** Removing one mark can expose another. */
const mostPasses = 8

/**
 * A caption, or one sentence of it, as it may be given to a speech engine or a live region: one line without Markdown,
 * control, bidirectional-control or invisible characters, with what engines leave out or misread put into words (tables in
 * speakable/, reasons in docs/contributing/speech.md). Words and digits stay as they are; speakable text stays as it is. Emoji stay,
 * because engines name them. Nothing is escaped here: every voice must itself keep text from being taken for commands.
 *
 * @param language BCP 47, of the text, for our own voice. Without it nothing is put into words: that is for a screen
 *   reader, which has its user's own rules, and a braille display. Nor is it in languages that have no table.
 */
export function speakable(text: string, language?: string): string {
  let spoken = text
  for (let pass = 0; pass < mostPasses; pass += 1) {
    const next = passOnce(spoken, language)
    if (next === spoken) break
    spoken = next
  }
  return spoken
}

function passOnce(text: string, language: string | undefined): string {
  const lines = printable(text.replace(/\r\n?/gu, '\n').replace(/[\u0085\u2028\u2029]/gu, '\n'))
    .replace(unheard, '')
    .replace(strayJoiner, '')
  const line = withoutMarkdown(lines).replace(repeatedEmoji, '$1')
  return withPausesForSeparators(language === undefined ? line : inWords(line, language))
    .replace(/\s+/gu, ' ')
    .replace(/ (?=[,.](?:\s|$))/gu, '')
    .trim()
}

function inWords(text: string, tag: string): string {
  const language = spokenLanguage(tag)
  const withAddresses = withSpokenAddresses(withoutShouting(text, tag), language)
  if (language === null) return withAddresses
  return withSpokenSymbols(withSpokenQuantities(withSpokenKeys(withAddresses), language), language)
}
