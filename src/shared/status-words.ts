import type { Status } from './bridge.ts'

/** "Watching the clipboard and …." */
export function watchingWords({ watching: { clipboard, folders, isPaused } }: Status): string {
  const watched = [...(clipboard ? ['the clipboard'] : []), ...folders]
  if (watched.length === 0) return 'Watching nothing.'
  return isPaused ? 'Watching is paused.' : `Watching ${watched.join(' and ')}.`
}

export function speakerWords({ screenReader, voice }: Status): string {
  return screenReader ? `${screenReader} is running.` : `Voice: ${voice}.`
}
