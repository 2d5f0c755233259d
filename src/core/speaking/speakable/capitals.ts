/** Shorter ones may well be acronyms. */
const shouted = /(?<![\p{L}\p{N}\p{M}_@.\\/-])\p{Lu}{5,40}(?![\p{L}\p{N}\p{M}_@\\/-]|\.\p{L})/gu
/** Spelled although they have vowels. */
const spelled = new Set(['MYSQL', 'XHTML', 'OAUTH', 'CMYKA'])
const romanNumeral = /^[IVXLCDM]+$/u
const vowel = /[AEIOUYÀ-ÆÈ-ÏÒ-ÖØ-Ýİ]|[^A-ZÀ-ÝĞŞİ]/u

/** Words all in capitals as words with one capital: some engines spell them otherwise. Acronyms stay. */
export function withoutShouting(text: string, language: string): string {
  return text.replace(shouted, (word) => {
    if (spelled.has(word) || romanNumeral.test(word) || !vowel.test(word)) return word
    return word.slice(0, 1) + lowerCase(word.slice(1), language)
  })
}

/** Turkish has two kinds of i. */
function lowerCase(text: string, language: string): string {
  return /^(?:tr|az)\b/iu.test(language) ? text.toLocaleLowerCase('tr') : text.toLowerCase()
}
