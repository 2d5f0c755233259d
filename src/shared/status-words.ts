import type { Status } from './bridge.ts'
import { formatList } from './messages/formats.ts'
import { t } from './messages/messages.ts'

/** "Watching the clipboard and …." */
export function watchingWords({ watching: { clipboard, folders, isPaused } }: Pick<Status, 'watching'>): string {
  const places = [...(clipboard ? [t('capture.watched-clipboard')] : []), ...folders]
  if (places.length === 0) return t('capture.not-watching')
  return isPaused ? t('capture.watching-is-paused') : t('capture.watching', { places: formatList(places) })
}

/** Who speaks: the screen reader that runs, otherwise Descry's voice. */
export function speakerWords({ screenReader, voice }: Pick<Status, 'screenReader' | 'voice'>): string {
  return screenReader ? t('speech.reader-running', { reader: screenReader }) : t('speech.voice-in-use', { voice })
}
