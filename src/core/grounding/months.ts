import { fold } from './folding.ts'

/** A picture and its caption may be in different languages. Short names only in the caption's ("3 out" in Portuguese). */
const languages = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'pl', 'sv']

const byLanguage = new Map<string, Map<string, number>>()

function months(language: string): Map<string, number> {
  let names = byLanguage.get(language)
  if (names) return names
  names = new Map()
  const add = (tag: string, style: 'long' | 'short'): void => {
    const format = new Intl.DateTimeFormat(tag, { day: 'numeric', month: style, timeZone: 'UTC' })
    for (let month = 1; month <= 12; month += 1) {
      const parts = format.formatToParts(Date.UTC(2026, month - 1, 1))
      const name = fold(parts.find(({ type }) => type === 'month')?.value ?? '').replace(/\.$/u, '')
      if (/^\p{L}{3,}$/u.test(name) && !names?.has(name)) names?.set(name, month)
    }
  }
  for (const tag of Intl.DateTimeFormat.supportedLocalesOf([language, 'en'])) {
    add(tag, 'long')
    add(tag, 'short')
  }
  names.set('sept', 9)
  for (const tag of languages) add(tag, 'long')
  byLanguage.set(language, names)
  return names
}

/** A regular expression group that matches the name of a month, with or without accents. */
export function monthPattern(language: string): string {
  const names = [...months(language).keys()].toSorted((a, b) => b.length - a.length)
  const accents: Record<string, string> = { a: '[aáäàâ]', e: '[eéèê]', u: '[uúüû]', z: '[zź]', s: '[sś]', c: '[cç]' }
  const sources = names.map((name) => name.replace(/[aeuzsc]/gu, (letter) => accents[letter] ?? letter))
  return String.raw`(?<!\p{L})(${sources.join('|')})(?!\p{L})`
}

/** 1 to 12; 0 if it is not a month. */
export function monthNumber(name: string, language: string): number {
  return months(language).get(fold(name)) ?? 0
}
