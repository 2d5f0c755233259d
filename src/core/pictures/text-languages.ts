/** The scripts that text is read in. Japanese is written in three at once. */
const letters = {
  Latin: /\p{Script=Latin}/u,
  Greek: /\p{Script=Greek}/u,
  Cyrillic: /\p{Script=Cyrillic}/u,
  Arabic: /\p{Script=Arabic}/u,
  Hebrew: /\p{Script=Hebrew}/u,
  Devanagari: /\p{Script=Devanagari}/u,
  Japanese: /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u,
  Korean: /\p{Script=Hangul}/u,
  Chinese: /\p{Script=Han}/u
} as const
export type Script = keyof typeof letters

export interface TextLanguage {
  /** What Tesseract calls it; its data, its npm package, and its Debian package are named after it. */
  code: string
  /** BCP 47. */
  tag: string
  script: Script
}

/** In the order in which they are listed. Codes: https://tesseract-ocr.github.io/tessdoc/Data-Files */
export const textLanguages: readonly TextLanguage[] = [
  { code: 'eng', tag: 'en', script: 'Latin' },
  { code: 'deu', tag: 'de', script: 'Latin' },
  { code: 'fra', tag: 'fr', script: 'Latin' },
  { code: 'spa', tag: 'es', script: 'Latin' },
  { code: 'ita', tag: 'it', script: 'Latin' },
  { code: 'por', tag: 'pt', script: 'Latin' },
  { code: 'nld', tag: 'nl', script: 'Latin' },
  { code: 'swe', tag: 'sv', script: 'Latin' },
  { code: 'pol', tag: 'pl', script: 'Latin' },
  { code: 'ces', tag: 'cs', script: 'Latin' },
  { code: 'tur', tag: 'tr', script: 'Latin' },
  { code: 'ell', tag: 'el', script: 'Greek' },
  { code: 'rus', tag: 'ru', script: 'Cyrillic' },
  { code: 'ukr', tag: 'uk', script: 'Cyrillic' },
  { code: 'ara', tag: 'ar', script: 'Arabic' },
  { code: 'heb', tag: 'he', script: 'Hebrew' },
  { code: 'hin', tag: 'hi', script: 'Devanagari' },
  { code: 'jpn', tag: 'ja', script: 'Japanese' },
  { code: 'kor', tag: 'ko', script: 'Korean' },
  { code: 'chi_sim', tag: 'zh', script: 'Chinese' }
]

/** The network that reads every line knows these; other languages need data for Tesseract. */
export function needsData({ code, script }: TextLanguage): boolean {
  return code !== 'eng' && script !== 'Chinese'
}

/** The languages with these BCP 47 tags, each once; tags of others are left out. */
export function languagesOf(tags: readonly string[]): TextLanguage[] {
  const primary = new Set(tags.map((tag) => tag.toLowerCase().split(/[-_]/u)[0]))
  return textLanguages.filter(({ tag }) => primary.has(tag))
}

/** The share of the letters that are of this script, 0-1; 0 without letters. */
export function shareOfScript(text: string, script: Script): number {
  const all = text.match(/\p{L}/gu) ?? []
  return all.length === 0 ? 0 : all.filter((letter) => letters[script].test(letter)).length / all.length
}

/** Whether most letters are written from right to left. */
export function isRightToLeft(text: string): boolean {
  return shareOfScript(text, 'Arabic') + shareOfScript(text, 'Hebrew') > 0.5
}

/** Letters of other scripts that look like Latin ones. */
const twins = /[АВЕКМНОРСТУХІЈЅаеорсухіјѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧο]/u

/** Whether a text could as well be in Latin letters, such as "ТАХІ". */
export function hasTwinsOnly(text: string): boolean {
  return (text.match(/\p{L}/gu) ?? []).every((letter) => twins.test(letter))
}
