/** What engines would spell letter by letter, as words. */

/** Names of keys as they are printed, which most engines spell letter by letter. */
const keys: Record<string, string> = {
  Ctrl: 'Control',
  Strg: 'Steuerung',
  Esc: 'Escape',
  Del: 'Delete',
  Ins: 'Insert',
  PgUp: 'Page Up',
  PgDn: 'Page Down',
  Cmd: 'Command',
  Entf: 'Entfernen',
  Einfg: 'Einfügen',
  Suppr: 'Supprimer'
}
const keyNames = Object.keys(keys).join('|')
/** Next to a plus or a hyphen, or a key name that can be nothing else. */
const keyInChord = new RegExp(
  String.raw`(?<![\p{L}\p{N}_])(?:(?:${keyNames})(?=[+-][\p{L}\p{N}↑↓←→])|(?<=\p{L}\+)(?:${keyNames})|Ctrl|Strg)(?![\p{L}\p{N}_])`,
  'gu'
)

/** "Ctrl+Shift+Esc" as "Control+Shift+Escape"; the engines say the plus. */
export function withSpokenKeys(text: string): string {
  return text.replace(keyInChord, (key) => keys[key] ?? key)
}

/** Shorter words may well be acronyms. */
const shouted = /(?<![\p{L}\p{N}\p{M}_@.\\/-])\p{Lu}{5,40}(?![\p{L}\p{N}\p{M}_@\\/-]|\.\p{L})/gu
/** Acronyms although they have vowels. */
const acronyms = new Set(['MYSQL', 'XHTML', 'OAUTH', 'CMYKA'])
const romanNumeral = /^[IVXLCDM]+$/u
const vowel = /[AEIOUYÀ-ÆÈ-ÏÒ-ÖØ-Ýİ]|[^A-ZÀ-ÝĞŞİ]/u

/** Words all in capitals get one capital, because some engines would spell them. Acronyms stay. */
export function withoutShouting(text: string, language: string): string {
  return text.replace(shouted, (word) => {
    if (acronyms.has(word) || romanNumeral.test(word) || !vowel.test(word)) return word
    return word.slice(0, 1) + lowerCase(word.slice(1), language)
  })
}

/** Turkish has two letters i. */
function lowerCase(text: string, language: string): string {
  return /^(?:tr|az)\b/iu.test(language) ? text.toLocaleLowerCase('tr') : text.toLowerCase()
}
