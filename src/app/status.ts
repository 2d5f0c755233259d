import type { Dependencies } from './dependencies.ts'
import type { Host } from './host.ts'
import type { Intake } from './intake/intake.ts'
import type { Preferences } from './preferences.ts'
import type { Emitter } from '#core/async/emitter.ts'
import type { SpeechQueue } from '#core/speaking/speech-queue.ts'
import type { Status } from '#shared/bridge.ts'
import { t } from '#shared/messages/messages.ts'
import { speakerWords, watchingWords } from '#shared/status-words.ts'

/** What the whole app is doing now. */
export interface AppStatus {
  current: () => Status
  /** Tells everyone who shows the status that it may have changed. */
  changed: () => void
  setHotkeys(hotkeys: Status['hotkeys']): void
  setScreenReader(name: string | null): void
}

export function createStatus({
  host,
  spending,
  preferences,
  queue,
  intake,
  statusChanges
}: {
  host: Pick<Host, 'name' | 'limits'>
  spending: Dependencies['spending']
  preferences: Pick<Preferences, 'current' | 'keyState' | 'isSendingOn'>
  queue: Pick<SpeechQueue, 'voiceName'>
  intake: Pick<Intake, 'status'>
  statusChanges: Emitter<void>
}): AppStatus {
  let hotkeys: Status['hotkeys'] = []
  let screenReader: string | null = null
  return {
    current() {
      const settings = preferences.current()
      return {
        settings,
        key: preferences.keyState(),
        provider: new URL(settings.baseUrl).host,
        sendingOn: preferences.isSendingOn(),
        voice: queue.voiceName,
        screenReader,
        watching: intake.status(),
        spent: spending.spent(),
        hotkeys,
        host: { name: host.name, limits: host.limits }
      }
    },
    changed: () => statusChanges.emit(),
    setHotkeys(held) {
      hotkeys = held
      statusChanges.emit()
    },
    setScreenReader(name) {
      screenReader = name
      statusChanges.emit()
    }
  }
}

/** The status as one paragraph to be spoken: what is watched, where pictures go, who speaks. */
export function statusSentence(status: Status): string {
  const { model } = status.settings
  return [
    watchingWords(status),
    status.sendingOn
      ? t('shell.status.sending-on', { model, provider: status.provider })
      : t('shell.status.sending-off'),
    status.key === 'none' || status.key === 'unavailable' ? t('shell.status.no-key') : '',
    speakerWords(status)
  ]
    .filter(Boolean)
    .join(' ')
}
