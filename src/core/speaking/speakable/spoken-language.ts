/** The languages that have words of their own here. In any other one nothing is put into words: never English inside. */
export type SpokenLanguage = 'en' | 'de' | 'fr' | 'es'

/** Of a BCP 47 tag; null for every other language and for none. */
export function spokenLanguage(tag: string | undefined): SpokenLanguage | null {
  const base = tag?.toLowerCase().split(/[-_]/u)[0]
  return base === 'en' || base === 'de' || base === 'fr' || base === 'es' ? base : null
}

/** One pattern that matches any of the words; longer ones first. */
export function anyOf(words: readonly string[]): string {
  return words
    .toSorted((a, b) => b.length - a.length)
    .map((word) => word.replace(/[$()*+./?[\\\]^{|}-]/gu, String.raw`\$&`))
    .join('|')
}
