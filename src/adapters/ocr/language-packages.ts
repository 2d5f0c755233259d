import { findDistribution, installPackages, type SystemPlace } from '../linux/missing-parts.ts'
import type { Distribution } from '../linux/system-parts.ts'
import type { TextLanguage } from '#core/pictures/text-languages.ts'

/** What distributions call the data for a language. */
const packageNames: Record<Distribution, (code: string) => string> = {
  debian: (code) => `tesseract-ocr-${code.replaceAll('_', '-')}`,
  fedora: (code) => `tesseract-langpack-${code}`,
  arch: (code) => `tesseract-data-${code}`
}

/** The line for a terminal that adds the data for a language; null where there is none, such as on Windows. */
export function commandToAdd(
  { code }: TextLanguage,
  { platform = process.platform, root = '/' }: Pick<SystemPlace, 'root'> & { platform?: NodeJS.Platform } = {}
): string | null {
  // Homebrew has all languages in one package.
  if (platform === 'darwin') return 'brew install tesseract-lang'
  const distribution = platform === 'linux' ? findDistribution({ root }) : null
  return distribution && installPackages([packageNames[distribution](code)], distribution)
}
