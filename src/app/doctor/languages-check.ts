import { leftOut, ok, type Check } from './checks.ts'
import { languagesToRead } from '#adapters/ocr/language-data.ts'
import { formatList, languageName } from '#shared/messages/formats.ts'
import { t } from '#shared/messages/messages.ts'
import { captionLanguageOf, systemLanguage, type Settings } from '#shared/settings.ts'

/** Whether text in the user's languages can be read: that of captions, and that of the system. */
export function languagesCheck(settings: Pick<Settings, 'language'>, folders?: readonly string[]): Check {
  return {
    name: t('doctor.name.languages'),
    limitMs: 5000,
    async *run() {
      const { ready, missing } = languagesToRead([captionLanguageOf(settings), systemLanguage()], folders)
      yield ok(t('doctor.languages', { languages: formatList(ready.map(({ tag }) => languageName(tag))) }))
      for (const language of missing) {
        yield leftOut(
          t('doctor.language-missing', { language: languageName(language.tag) }),
          t('doctor.language-missing.next', { tag: language.tag })
        )
      }
    }
  }
}
