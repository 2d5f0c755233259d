import { declared } from './declaration.ts'
import { exitCodes, type ExitCode } from './exit-codes.ts'
import { parse } from './syntax.ts'
import type { Terminal } from './terminal.ts'
import { findLanguageData } from '#adapters/ocr/language-data.ts'
import { commandToAdd } from '#adapters/ocr/language-packages.ts'
import { needsData, textLanguages, type TextLanguage } from '#core/pictures/text-languages.ts'
import { languageName } from '#shared/messages/formats.ts'
import { t } from '#shared/messages/messages.ts'

/** `descry languages`: which languages can be read in pictures on this computer, and how to add the others. */
export function languagesCommand(args: string[], terminal: Terminal): ExitCode {
  const { json } = parse(declared.languages, args).values
  const listed = textLanguages.map((language) => {
    const isReady = !needsData(language) || findLanguageData(language) !== null
    return { language, isReady, command: isReady ? null : commandToAdd(language) }
  })
  if (json) {
    const entries = listed.map(({ language: { tag, code }, isReady, command }) => ({
      language: tag,
      name: languageName(tag),
      code,
      isReady,
      command
    }))
    terminal.print(`${JSON.stringify(entries)}\n`)
  } else for (const { language, isReady, command } of listed) terminal.print(`${line(language, isReady, command)}\n`)
  return exitCodes.ok
}

function line(language: TextLanguage, isReady: boolean, command: string | null): string {
  const name = languageName(language.tag)
  if (isReady) return t('cli.languages.ready', { name })
  return command === null
    ? t('cli.languages.not-installed-by-file', { name, file: `${language.code}.traineddata` })
    : t('cli.languages.not-installed', { name, command })
}
