import { declared } from './declaration.ts'
import { exitCodes, UsageError, type ExitCode } from './exit-codes.ts'
import { parse } from './syntax.ts'
import { askYesOrNo, canAsk, type Terminal } from './terminal.ts'
import { findLanguageData } from '#adapters/ocr/language-data.ts'
import { addLanguage, downloadBytes, languageSource, removeLanguage } from '#adapters/ocr/language-downloads.ts'
import { commandToAdd } from '#adapters/ocr/language-packages.ts'
import { languagesOf, needsData, textLanguages, type TextLanguage } from '#core/pictures/text-languages.ts'
import { formatList, languageName } from '#shared/messages/formats.ts'
import { t } from '#shared/messages/messages.ts'

/** `descry languages [add|remove LANG…]`: which languages can be read in pictures on this computer. */
export async function languagesCommand(args: string[], terminal: Terminal): Promise<ExitCode> {
  const {
    values: { json, yes, mirror },
    operands
  } = parse(declared.languages, args)
  const [action, ...tags] = operands
  if (action === undefined) return list(json, terminal)
  if ((action !== 'add' && action !== 'remove') || tags.length === 0) throw new UsageError(t('cli.languages.one-of'))
  for (const tag of tags) if (languagesOf([tag]).length === 0) throw new UsageError(t('cli.languages.unknown', { tag }))
  const languages = languagesOf(tags)
  return action === 'remove'
    ? remove(languages, terminal)
    : add(languages, { isAgreed: yes, source: mirror ?? languageSource }, terminal)
}

function list(isJson: boolean, terminal: Terminal): ExitCode {
  const listed = textLanguages.map((language) => ({
    language,
    isReady: isReady(language),
    command: isReady(language) ? null : wayToAdd(language)
  }))
  if (isJson) {
    const entries = listed.map(({ language: { tag, code }, ...state }) => ({
      language: tag,
      name: languageName(tag),
      code,
      ...state
    }))
    terminal.print(`${JSON.stringify(entries)}\n`)
  } else for (const { language, command } of listed) terminal.print(`${line(language, command)}\n`)
  return exitCodes.ok
}

/** Says what is ready, and downloads the rest; what only the system's packages have is named with the command that adds it. */
async function add(
  languages: readonly TextLanguage[],
  { isAgreed, source }: { isAgreed: boolean; source: string },
  terminal: Terminal
): Promise<ExitCode> {
  const missing = languages.filter((language) => !isReady(language))
  const toDownload = missing.filter((language) => downloadBytes(language) !== null)
  const bySystem = missing.filter((language) => downloadBytes(language) === null)
  for (const language of languages.filter(isReady)) terminal.print(`${line(language, null)}\n`)
  for (const language of bySystem) terminal.print(`${line(language, commandToAdd(language))}\n`)
  if (toDownload.length > 0) {
    const bytes = toDownload.reduce((sum, language) => sum + (downloadBytes(language) ?? 0), 0)
    terminal.tell(
      t('cli.languages.downloading', {
        languages: formatList(toDownload.map(({ tag }) => languageName(tag))),
        megabytes: Math.ceil(bytes / 1_000_000),
        host: new URL(source).host
      })
    )
    if (!isAgreed && !(await askYesOrNo(t('cli.continue'), terminal))) {
      if (!canAsk()) terminal.tell(t('cli.languages.needs-agreement'))
      return exitCodes.failed
    }
    for (const language of toDownload) {
      await addLanguage(language, { source, signal: terminal.signal })
      terminal.print(`${t('cli.languages.added', { name: languageName(language.tag) })}\n`)
    }
  }
  return bySystem.length > 0 ? exitCodes.someFailed : exitCodes.ok
}

async function remove(languages: readonly TextLanguage[], terminal: Terminal): Promise<ExitCode> {
  let code: ExitCode = exitCodes.ok
  for (const language of languages) {
    const name = languageName(language.tag)
    const wasThere = await removeLanguage(language)
    terminal.print(`${wasThere ? t('cli.languages.removed', { name }) : t('cli.languages.none-to-remove', { name })}\n`)
    if (!wasThere) code = exitCodes.someFailed
  }
  return code
}

function isReady(language: TextLanguage): boolean {
  return !needsData(language) || findLanguageData(language) !== null
}

/** A line for a terminal; null where there is none, such as for Russian on Windows. */
function wayToAdd(language: TextLanguage): string | null {
  return downloadBytes(language) === null ? commandToAdd(language) : `descry languages add ${language.tag}`
}

function line(language: TextLanguage, command: string | null): string {
  const name = languageName(language.tag)
  if (isReady(language)) return t('cli.languages.ready', { name })
  return command === null
    ? t('cli.languages.not-installed-by-file', { name, file: `${language.code}.traineddata` })
    : t('cli.languages.not-installed', { name, command })
}
