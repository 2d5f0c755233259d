import type { Status } from '#shared/bridge.ts'
import { speakerWords, watchingWords } from '#shared/status-words.ts'

/** The status as one speakable paragraph: what is watched, where pictures go, who speaks. */
export function statusSentence(status: Status): string {
  const sending = status.sendingOn
    ? `Pictures are described by ${status.settings.model} at ${status.provider}.`
    : `Sending is off: no picture leaves this computer.`
  const key = status.key === 'none' || status.key === 'unavailable' ? 'No key is stored.' : ''
  return [watchingWords(status), sending, key, speakerWords(status)].filter(Boolean).join(' ')
}
