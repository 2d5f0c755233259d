import { DescryError } from '#shared/errors.ts'
import { printableLine } from '#shared/printable.ts'
import { t } from '#shared/messages/messages.ts'

/** Text for a screen reader: one line of valid characters, without control characters or anything that hides text. */
export function lineFor(text: string): string {
  return printableLine(text).toWellFormed()
}

export function readerGone(readerName: string, cause?: unknown): DescryError {
  return new DescryError('no-voice', {
    message: t('speech.reader-stopped', { reader: readerName }),
    next: t('speech.reader-stopped.next'),
    cause
  })
}
