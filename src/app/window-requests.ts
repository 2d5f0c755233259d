import type { Intake } from './intake/intake.ts'
import type { Captioning } from './captions/captioning.ts'
import { bytesOf, type Items } from './items.ts'
import type { Opening } from './opening.ts'
import type { Dependencies } from './dependencies.ts'
import type { Preferences } from './preferences.ts'
import { previewChange } from './voice-preview.ts'
import { findLocalServers } from '#adapters/providers/local-servers.ts'
import { providers } from '#core/describing/models/providers.ts'
import type { SpeechQueue } from '#core/speaking/speech-queue.ts'
import type { BridgeHandlers, Status } from '#shared/bridge.ts'

/** What the window's requests work on. */
interface WindowWorld {
  dependencies: Pick<Dependencies, 'decoder' | 'captions' | 'voices' | 'earcons' | 'speechWindow'>
  items: Items
  captioning: Captioning
  opening: Opening
  intake: Pick<Intake, 'start'>
  preferences: Preferences
  queue: SpeechQueue
  status: () => Status
}

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

/** What the window asks for that is no command and no key of the grid. */
export function createWindowRequests({
  dependencies,
  items,
  captioning,
  opening,
  intake,
  preferences,
  queue,
  status
}: WindowWorld): Pick<BridgeHandlers, WindowRequest> {
  return {
    async picture({ itemId, isLarge }) {
      if (!items.hasPicture(itemId)) return null
      const picture = await dependencies.decoder.decode(await bytesOf(items.picture(itemId)))
      const sidePx = isLarge ? 6400 : 1600
      return (await picture.encode({ maxWidthPx: sidePx, maxHeightPx: sidePx })).bytes
    },
    async 'change-settings'(patch) {
      await preferences.change(patch)
      // Who wants none to be kept wants none to stay either.
      if (patch.keepCaptions === false) dependencies.captions.clear()
      previewChange(patch, queue, dependencies.earcons)
      if ('screenshotFolders' in patch) await intake.start()
      return status()
    },
    async 'set-key'({ key }) {
      await preferences.setKey(key)
      return status()
    },
    async 'remove-key'() {
      await preferences.removeKey()
      return status()
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
      providers: providers.map((provider) => ({
        id: provider.id,
        name: provider.name,
        baseUrl: provider.baseUrl,
        needsKey: provider.needsKey,
        howToStart: provider.howToStart,
        privacy: provider.privacy,
        defaultModel: provider.defaultModel,
        models: [...provider.models]
      })),
      servers: await findLocalServers()
    }),
    async 'open-file'({ name, bytes }) {
      return { itemId: (await opening.openBytes(name, bytes)).id }
    },
    async 'speech-event'(event) {
      dependencies.speechWindow.take(event)
      return null
    }
  }
}
