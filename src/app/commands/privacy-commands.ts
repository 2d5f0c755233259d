import type { CommandContext, HandlersOf } from './command-context.ts'
import { previewSentence } from './preview-sentence.ts'
import { bytesOf } from '../describing/request.ts'
import { foundIn } from '#core/privacy/found.ts'
import type { Item } from '#shared/bridge.ts'
import { DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import { privacyActionOf } from '#shared/privacy-rules.ts'
import { hiddenPart, privateKinds, type PrivateKind } from '#shared/privacy.ts'
import { sentSentence } from '#shared/sent.ts'
import { captionLanguageOf } from '#shared/settings.ts'

type PrivacyCommand = 'send-everything' | 'read-text' | 'read-hidden' | 'would-send' | 'sent' | 'clear-sent'

/** Enough to count today's, unless somebody describes whole folders. */
const listedAtMost = 1000

/** The commands about what is private in a picture, and what is sent of it. */
export function createPrivacyCommands({
  dependencies: { decoder, reader, codes, sent },
  items,
  captioning,
  announcer,
  preferences
}: CommandContext): HandlersOf<PrivacyCommand> {
  /** Errors: no-picture. */
  function chosen(itemId: string | undefined): Item {
    const item = itemId ? items.find(itemId) : items.newest()
    if (!item) throw new DescryError('no-picture')
    // Fails if its picture is gone.
    items.picture(item.id)
    return item
  }

  function hiddenKinds(): ReadonlySet<PrivateKind> {
    const { privacyActions } = preferences.current()
    return new Set(privateKinds.filter((kind) => privacyActionOf(privacyActions, kind) !== 'send'))
  }

  /** "Card number: 4111 1111 1111 1111." for everything that the settings keep from being sent. */
  async function hiddenParts(item: Item): Promise<string[]> {
    const kinds = hiddenKinds()
    const picture = await decoder.decode(await bytesOf(items.picture(item.id)))
    const [read, placed] = await Promise.all([
      reader.read(picture, undefined, [captionLanguageOf(preferences.current())]),
      codes.read(picture)
    ])
    return foundIn(read, placed)
      .filter(({ kind }) => kinds.has(kind))
      .map(hiddenPart)
  }

  function answer(text: string): { text: string } {
    announcer.say(text, 'answer')
    return { text }
  }

  return {
    async 'send-everything'({ itemId }) {
      const item = chosen(itemId)
      captioning.start(item.id, { cause: 'command', privacy: 'everything', detail: item.detail ?? undefined })
      return { itemId: item.id }
    },
    async 'read-text'({ itemId }) {
      const item = chosen(itemId)
      captioning.start(item.id, { cause: 'command', detail: 'text', isLocal: true })
      return { itemId: item.id }
    },
    async 'read-hidden'({ itemId }) {
      const parts = await hiddenParts(chosen(itemId))
      return answer(parts.length === 0 ? t('privacy.nothing-hidden') : parts.join(' '))
    },
    async 'would-send'({ itemId }) {
      const item = chosen(itemId)
      const preview = await captioning.preview(item.id)
      return answer(previewSentence(preview, items.picture(item.id), hiddenKinds()))
    },
    async sent() {
      return answer(sentSentence(sent.newest(listedAtMost), new Date()))
    },
    async 'clear-sent'() {
      sent.clear()
      return answer(t('privacy.sent-cleared'))
    }
  }
}
