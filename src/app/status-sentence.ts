import type { Status } from '#shared/bridge.ts'

/** The status as one speakable paragraph: what is watched, who speaks, where pictures go. */
export function statusSentence(status: Status): string {
  const { clipboard, folders, isPaused } = status.watching
  const watched = [...(clipboard ? ['the clipboard'] : []), ...folders]
  const watching = watched.length > 0 ? `Watching ${watched.join(' and ')}.` : 'Watching nothing.'
  const sending = status.sendingOn
    ? `Pictures are described by ${status.settings.model} at ${status.provider}.`
    : `Sending is off: no picture leaves this computer.`
  const key = status.key === 'none' || status.key === 'unavailable' ? 'No key is stored.' : ''
  const speaker = status.screenReader ? `${status.screenReader} is running.` : `Voice: ${status.voice}.`
  return [watching, isPaused ? 'Automatic describing is paused.' : '', sending, key, speaker].filter(Boolean).join(' ')
}
