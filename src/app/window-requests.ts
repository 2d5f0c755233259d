import type { Captioning } from './captions/captioning.ts'
import type { Intake } from './intake/intake.ts'
import { bytesOf } from './describing/request.ts'
import type { Items } from './items.ts'
import type { Opening } from './opening.ts'
import type { Dependencies } from './dependencies.ts'
import type { Preferences } from './preferences.ts'
import type { AppStatus } from './status.ts'
import { findLocalServers } from '#adapters/providers/local-servers.ts'
import { providerHelp, providers } from '#core/describing/models/providers.ts'
import type { SpeechQueue } from '#core/speaking/speech-queue.ts'
import type { BridgeHandlers } from '#shared/bridge.ts'
import { t } from '#shared/messages/messages.ts'
import type { Settings } from '#shared/settings.ts'

interface WindowRequestOptions {
  dependencies: Pick<Dependencies, 'decoder' | 'captions' | 'voices' | 'earcons' | 'speechWindow'>
  items: Items
  captioning: Captioning
  opening: Opening
  intake: Pick<Intake, 'start'>
  preferences: Preferences
  queue: SpeechQueue
  status: Pick<AppStatus, 'current'>
}

const voiceSettings = ['rateWpm', 'pitchPercent', 'volumePercent', 'engine', 'voice'] as const

type WindowRequest =
  | 'picture'
  | 'change-settings'
  | 'set-key'
  | 'remove-key'
  | 'describe'
  | 'voices'
  | 'providers'
  | 'open-file'
  | 'speech-event'

/** Handlers for what the window asks for besides commands. */
export function createWindowRequests({
  dependencies,
  items,
  captioning,
  opening,
  intake,
  preferences,
  queue,
  status
}: WindowRequestOptions): Pick<BridgeHandlers, WindowRequest> {
  /** Lets the user hear a new voice setting, also beside a screen reader: it is this voice that they are choosing. */
  function previewSound(change: Partial<Settings>): void {
    const { earconVolumePercent } = change
    if (earconVolumePercent !== undefined) dependencies.earcons.play('ready', earconVolumePercent)
    if (voiceSettings.some((name) => name in change)) queue.say(t('speech.voice-sample'), 'now', 'en')
  }

  return {
    async picture({ itemId, isLarge }) {
      if (!items.hasPicture(itemId)) return null
      const picture = await dependencies.decoder.decode(await bytesOf(items.picture(itemId)))
      const sidePx = isLarge ? 6400 : 1600
      return (await picture.encode({ maxWidthPx: sidePx, maxHeightPx: sidePx })).bytes
    },
    async 'change-settings'(patch) {
      await preferences.change(patch)
      // Captions kept so far are deleted, too.
      if (patch.keepCaptions === false) dependencies.captions.clear()
      previewSound(patch)
      if ('screenshotFolders' in patch) await intake.start()
      return status.current()
    },
    async 'set-key'({ key }) {
      await preferences.setKey(key)
      return status.current()
    },
    async 'remove-key'() {
      await preferences.removeKey()
      return status.current()
    },
    async describe({ itemId, detail }) {
      items.picture(itemId)
      captioning.start(itemId, { detail, cause: 'command' })
      return null
    },
    voices: () =>
      Promise.all(
        dependencies.voices
          .filter(({ name }) => name !== 'silent')
          .map(async (voice) => ({ engine: voice.name, voices: await voice.list() }))
      ),
    providers: async () => ({
      providers: providers.map(({ id, name, baseUrl, needsKey, defaultModel, models }) => {
        const { howToStart, privacy } = providerHelp(id)
        return { id, name, baseUrl, needsKey, howToStart, privacy, defaultModel, models: [...models] }
      }),
      servers: await findLocalServers()
    }),
    async 'open-file'({ name, bytes }) {
      return { itemId: (await opening.openBytes(name, bytes)).id }
    },
    async 'speech-event'(event) {
      dependencies.speechWindow.events.emit(event)
      return null
    }
  }
}
