import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { paths } from '../paths.ts'
import { languagesOf, needsData, type TextLanguage } from '#core/pictures/text-languages.ts'

/** A language with the file that Tesseract needs to read it, packed with gzip or not. */
export interface LanguageData extends TextLanguage {
  path: string
}

/** Where Tesseract's own packages put data: Debian, Fedora, Arch, Homebrew on ARM and Intel, and the Windows installer. */
const systemLanguageFolders = (): string[] => [
  '/usr/share/tesseract-ocr/5/tessdata',
  '/usr/share/tesseract-ocr/4.00/tessdata',
  '/usr/share/tesseract/tessdata',
  '/usr/share/tessdata',
  '/opt/homebrew/share/tessdata',
  '/usr/local/share/tessdata',
  ...(process.env.ProgramFiles ? [join(process.env.ProgramFiles, 'Tesseract-OCR', 'tessdata')] : [])
]

/** Where `descry languages add` puts data. */
export const addedLanguagesFolder = (): string => paths(process.env).languagesDir

/** All folders with data, the best first. */
export const languageFolders = (): string[] => [addedLanguagesFolder(), ...systemLanguageFolders()]

/** The data for a language: what Descry brings or has downloaded, which is better, otherwise what the system has; null without it. */
export function findLanguageData(
  language: TextLanguage,
  folders: readonly string[] = languageFolders()
): LanguageData | null {
  const path =
    packagedData(language.code) ??
    folders
      .flatMap((folder) => ['.gz', ''].map((end) => join(folder, `${language.code}.traineddata${end}`)))
      .find((file) => existsSync(file))
  return path === undefined ? null : { ...language, path }
}

function packagedData(code: string): string | undefined {
  try {
    const entry = createRequire(import.meta.url).resolve(`@tesseract.js-data/${code}/package.json`)
    const path = join(dirname(entry), '4.0.0_best_int', `${code}.traineddata.gz`)
    return existsSync(path) ? path : undefined
  } catch {
    return undefined
  }
}

export interface LanguagesToRead {
  /** English first. */
  ready: LanguageData[]
  /** Languages that cannot be read for want of data. */
  missing: TextLanguage[]
}

/** What the reader can do about languages with these BCP 47 tags. English is always among them. */
export function languagesToRead(tags: readonly string[], folders?: readonly string[]): LanguagesToRead {
  const wanted = languagesOf(['en', ...tags])
  const ready = wanted.map((language) => findLanguageData(language, folders)).filter((data) => data !== null)
  const missing = wanted.filter((one) => needsData(one) && !ready.some(({ code }) => code === one.code))
  return { ready, missing }
}
