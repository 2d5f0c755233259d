import { findPreset } from '../captions/caption-request.ts'
import type { Captioning } from '../captions/captioning.ts'
import type { Items } from '../items.ts'
import type { Dependencies } from '../dependencies.ts'
import type { Preferences } from '../preferences.ts'
import type { Announcer } from '#core/speaking/announcer.ts'
import { completeText } from '#core/text/sentences.ts'
import type { Item } from '#shared/bridge.ts'
import type { CommandHandlers } from '#shared/commands.ts'
import { DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import { spentSentence } from '#shared/spent.ts'
import { explainUnverified } from '#shared/unverified.ts'

export type CaptionCommand = 'more' | 'step' | 'doubt' | 'spent'

/** The commands about a caption that is there already. */
export function createCaptionCommands(
  dependencies: Pick<Dependencies, 'spending'>,
  items: Items,
  captioning: Captioning,
  preferences: Preferences,
  announcer: Announcer
): Pick<CommandHandlers, CaptionCommand> {
  /** The step that was read last, and of which item. */
  let read: { itemId: string; at: number } | null = null

  function described(itemId: string | undefined): Item {
    const item = itemId ? items.find(itemId) : items.all().findLast(({ caption }) => caption !== '')
    if (!item?.caption) throw new DescryError('no-picture', { message: t('caption.none-yet'), next: '' })
    return item
  }

  function answer(text: string): { text: string } {
    announcer.say(text, 'answer')
    return { text }
  }

  return {
    async more({ itemId, detail, preset }) {
      const found = described(itemId)
      // A second opinion is as long as it is: more is told of the picture.
      const item = (found.origin === 'opinion' && items.find(found.pictureId)) || found
      items.picture(item.id)
      if (preset !== undefined) findPreset(preset, preferences.current())
      if (detail === undefined && preset === undefined) captioning.startNext(item.id)
      else captioning.start(item.id, { detail, preset, cause: 'command' })
      return { itemId: item.id }
    },
    async step({ step, itemId }) {
      const item = described(itemId)
      if (item.steps.length === 0) {
        announcer.say(t('caption.one-part-only'), 'answer')
        return null
      }
      const before = read?.itemId === item.id ? read.at : -1
      const at = step ? item.steps.findIndex((place) => place.step === step) : (before + 1) % item.steps.length
      const place = item.steps[at]
      if (!place) {
        announcer.say(t('caption.nothing-in-part', { part: t(`caption.part.${step ?? 'summary'}`) }), 'answer')
        return null
      }
      read = { itemId: item.id, at }
      items.show(item.id)
      const speech = announcer.caption('command', item.id)
      speech.say(`${t(`caption.part.${place.step}`)}.`)
      const sentences = item.sentences.filter(({ start }) => place.start <= start && start < place.end)
      speech.read(completeText(item.caption, sentences))
      speech.end()
      return null
    },
    async doubt({ itemId }) {
      const { unconfirmed, isTextUnchecked } = described(itemId)
      if (unconfirmed.length === 0)
        return answer(isTextUnchecked ? t('caption.text-not-checked') : t('caption.nothing-unverified'))
      return answer(explainUnverified(unconfirmed))
    },
    async spent() {
      return answer(spentSentence(dependencies.spending.spent(), preferences.current().monthlyLimitUsd))
    }
  }
}
