import { detectAll, supportedLanguages } from 'tinyld/light'
import { t } from '#shared/messages/messages.ts'

/**
 * Detects the language of a caption, so that it is not read with the sounds of another. Captions are nearly always in the
 * language that was asked for, so anything else must be clear before it counts.
 */

/** How much of a text is looked at, in characters. */
const longestRead = 2000
/** With fewer letters ("OK", "Sign in"), guessing among the languages of one script is unreliable. */
const minLatinLetters = 12
/** In another script a word is enough. */
const minLettersOfScript = 2
/** This many Han characters without kana are not Japanese. */
const minHanOfSentence = 8
/** Below this accuracy (0 to 1), tinyld has recognized hardly anything of the language. */
const minAccuracy = 0.08
/** How many times better than every other language it must fit. */
const advantage = 1.5

const scripts: readonly { code: string; letters: RegExp; weight: number }[] = [
  { code: 'Latn', letters: /\p{Script=Latin}/gu, weight: 1 },
  { code: 'Cyrl', letters: /\p{Script=Cyrillic}/gu, weight: 1 },
  { code: 'Grek', letters: /\p{Script=Greek}/gu, weight: 1 },
  { code: 'Arab', letters: /\p{Script=Arabic}/gu, weight: 1 },
  { code: 'Hebr', letters: /\p{Script=Hebrew}/gu, weight: 1 },
  { code: 'Deva', letters: /\p{Script=Devanagari}/gu, weight: 1 },
  { code: 'Thai', letters: /\p{Script=Thai}/gu, weight: 1 },
  // One of these characters says as much as several letters.
  { code: 'Kore', letters: /\p{Script=Hangul}/gu, weight: 2 },
  { code: 'Jpan', letters: /[\p{Script=Hiragana}\p{Script=Katakana}]/gu, weight: 3 },
  { code: 'Hans', letters: /\p{Script=Han}/gu, weight: 3 }
]

const quotations = /"[^"]*"|“[^”“]*[”“]|„[^“”]*[“”]|«[^»]*»|「[^」]*」|『[^』]*』|`[^`]*`/gu
const addresses = /https?:\/\/\S+|\S+@\S+|[\d.,:/\\_]+/gu

/**
 * The base language (BCP 47: "de") of a caption or a sentence, or null if that is not certain or the text is too short.
 * Quotations, addresses, and code do not count: an English caption may quote a German dialog.
 *
 * @param expected BCP 47; the language that was asked for.
 */
export function detectLanguage(text: string, expected: string): string | null {
  const words = ownWords(text.slice(0, longestRead))
  const expectedLocale = localeOf(expected)
  const expectedScript = expectedLocale.maximize().script
  const { script, characters } = mainScript(words)
  if (script === null) return null
  if (script === 'Hans') {
    // A Japanese heading can do without kana, a sentence cannot.
    if (expectedLocale.language === 'ja' && characters < minHanOfSentence) return null
    return expectedLocale.language === 'yue' ? 'yue' : 'zh'
  }
  // Where Ukrainian is expected, Cyrillic is Ukrainian.
  if (script !== 'Latn')
    return script === expectedScript ? expectedLocale.language : new Intl.Locale(`und-${script}`).maximize().language
  const [best, ...others] = guessLatin(words)
  if (!best || best.accuracy < minAccuracy || best.accuracy < advantage * (others[0]?.accuracy ?? 0)) return null
  // tinyld takes a language that it does not know for a related one; only English is unlike them all.
  const isComparable = expectedScript !== 'Latn' || known().includes(base(expected))
  return isComparable || best.language === 'en' ? best.language : null
}

/** The language to speak a text in. */
export interface VoiceLanguage {
  /** BCP 47; with the region that was asked for if the text is in that language. */
  language: string
  /** True if no voice speaks it, which is worth saying once. Unknown voices count as speaking it. */
  isMissing: boolean
}

/**
 * @param expected BCP 47; the language that was asked for. It counts unless the text is clearly in another one.
 * @param available languages of the installed voices (BCP 47 or "de_DE"); empty if they are unknown.
 */
export function voiceLanguage(text: string, expected: string, available: readonly string[]): VoiceLanguage {
  const detected = detectLanguage(text, expected)
  const language = detected === null || isSameLanguage(detected, expected) ? expected : detected
  const isMissing = available.length > 0 && !available.some((other) => isSameLanguage(language, other))
  return { language, isMissing }
}

/** "No German voice is installed." */
export function missingVoiceMessage(language: string): string {
  const name = new Intl.DisplayNames(['en'], { type: 'language' }).of(localeOf(language).language)
  return t('speech.no-voice-for-language', { language: name ?? language })
}

function ownWords(text: string): string {
  const withoutQuotations = text.replace(quotations, ' ')
  // If everything is quoted, it is the text of a picture.
  const words = /\p{L}{2}/u.test(withoutQuotations) ? withoutQuotations : text
  return words.replace(addresses, ' ')
}

/** ISO 15924 code of the script of most of the text, or null if there is too little text. */
function mainScript(words: string): { script: string | null; characters: number } {
  const counts = scripts
    .map(({ code, letters, weight }) => ({ code, weight, characters: [...words.matchAll(letters)].length }))
    .toSorted((a, b) => b.characters * b.weight - a.characters * a.weight)
  const [{ code, characters } = { code: 'Latn', characters: 0 }] = counts
  if (characters < (code === 'Latn' ? minLatinLetters : minLettersOfScript)) return { script: null, characters }
  const hasKana = counts.some((other) => other.code === 'Jpan' && other.characters > 0)
  return { script: code === 'Hans' && hasKana ? 'Jpan' : code, characters }
}

function guessLatin(words: string): { language: string; accuracy: number }[] {
  return detectAll(words)
    .map(({ lang, accuracy }) => ({ language: lang, accuracy }))
    .filter(({ language }) => localeOf(language).maximize().script === 'Latn')
}

/** Base languages in tinyld's light profile. */
function known(): string[] {
  return supportedLanguages.map((iso3) => base(iso3))
}

function isSameLanguage(one: string, other: string): boolean {
  return base(one) === base(other)
}

function base(tag: string): string {
  const { language } = localeOf(tag)
  return language === 'nb' || language === 'nn' ? 'no' : language
}

/** Engines also say "de_DE" and "C"; a meaningless tag becomes "mis", the code for no known language. */
function localeOf(tag: string): Intl.Locale {
  try {
    return new Intl.Locale(tag.replaceAll('_', '-').replace(/^und\b/iu, 'mis'))
  } catch {
    return new Intl.Locale('mis')
  }
}

/** The languages that signs, units, and addresses have words for. Text in other languages is left alone: it never gets English words. */
export type SpokenLanguage = 'en' | 'de' | 'fr' | 'es'

/** Of a BCP 47 tag; null for every other language. */
export function spokenLanguage(tag: string): SpokenLanguage | null {
  const base = tag.toLowerCase().split(/[-_]/u)[0]
  return base === 'en' || base === 'de' || base === 'fr' || base === 'es' ? base : null
}
