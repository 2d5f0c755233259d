import type { CommandContext, HandlersOf } from './command-context.ts'
import { findPreset } from '../describing/resolve-request.ts'
import { estimateCostUsd } from '#core/spending/estimate.ts'
import { completeText } from '#core/text/sentences.ts'
import type { Item } from '#shared/bridge.ts'
import { DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import { dollars, spentSentence } from '#shared/spent.ts'
import { explainUnverified } from '#shared/unverified.ts'

type CaptionCommand = 'ask' | 'more' | 'step' | 'doubt' | 'second-opinion' | 'repeat' | 'copy' | 'spent'

/** Asking for a second opinion again within this time agrees to its price. */
const agreedMs = 30_000
/** Used for the estimate before the picture has been measured. */
const assumedSize = { width: 1920, height: 1080 }

/** The commands about a picture in the list and its caption. */
export function createCaptionCommands({
  dependencies,
  host,
  items,
  captioning,
  announcer,
  queue: { reading },
  preferences
}: CommandContext): HandlersOf<CaptionCommand> {
  /** The last step that was read. */
  let lastStep: { itemId: string; index: number } | null = null
  /** The picture for which a second opinion's price was last announced. */
  let announcedPrice: { pictureId: string; atMs: number } | null = null

  const newestDescribed = (): Item | null => items.all().findLast(({ caption }) => caption !== '') ?? null

  /** Errors: no-picture with this message, if the item has no caption. */
  function described(itemId: string | undefined, message: string): Item {
    const item = itemId ? items.find(itemId) : newestDescribed()
    if (!item?.caption) throw new DescryError('no-picture', { message, next: '' })
    return item
  }

  function chosen(itemId: string | undefined): Item {
    const item = itemId ? items.find(itemId) : items.newest()
    if (!item) throw new DescryError('no-picture')
    return item
  }

  function answer(text: string): { text: string } {
    announcer.say(text, 'answer')
    return { text }
  }

  /** Reads sentences of a caption aloud, after naming what they are. */
  function read(item: Item, sentences: Item['sentences'], heading?: string): void {
    items.show(item.id)
    const speech = announcer.caption('command', item.id)
    if (heading !== undefined) speech.say(heading)
    speech.read(completeText(item.caption, sentences))
    speech.end()
  }

  /**
   * Whether the price of asking this model about the picture is low, or the user has just agreed to it. If not,
   * announces the price.
   */
  function mayAsk(about: Item, other: { model: string; baseUrl: string }): boolean {
    const { secondOpinionLimitUsd, detail } = preferences.current()
    const costUsd = estimateCostUsd(other.model, other.baseUrl, about.facts ?? assumedSize, about.detail ?? detail)
    const nowMs = dependencies.clock.nowMs()
    const isAgreed = announcedPrice?.pictureId === about.pictureId && nowMs - announcedPrice.atMs < agreedMs
    if (isAgreed || (costUsd !== null && costUsd <= secondOpinionLimitUsd)) {
      announcedPrice = null
      return true
    }
    announcedPrice = { pictureId: about.pictureId, atMs: nowMs }
    const { model } = other
    announcer.say(
      costUsd === null
        ? t('caption.opinion-price-unknown', { model })
        : t('caption.opinion-price', { model, price: dollars(costUsd) }),
      'answer'
    )
    return false
  }

  return {
    async ask({ question, itemId }) {
      const about = chosen(itemId)
      items.picture(about.id)
      const item = items.add({ origin: 'question', label: about.label, question, pictureId: about.pictureId })
      captioning.start(item.id, { cause: 'command' })
      return { itemId: item.id }
    },
    async more({ itemId, detail, preset }) {
      const found = described(itemId, t('caption.none-yet'))
      // A second opinion has no levels of detail, so its picture is described again.
      const item = (found.origin === 'opinion' && items.find(found.pictureId)) || found
      items.picture(item.id)
      if (preset !== undefined) findPreset(preset, preferences.current())
      if (detail === undefined && preset === undefined) captioning.startNext(item.id)
      else captioning.start(item.id, { detail, preset, cause: 'command' })
      return { itemId: item.id }
    },
    async step({ step, itemId }) {
      const item = described(itemId, t('caption.none-yet'))
      if (item.steps.length === 0) {
        announcer.say(t('caption.one-part-only', { host: host.name }), 'answer')
        return null
      }
      const last = lastStep?.itemId === item.id ? lastStep.index : -1
      const index = step ? item.steps.findIndex((place) => place.step === step) : (last + 1) % item.steps.length
      const place = item.steps[index]
      if (!place) {
        announcer.say(t('caption.nothing-in-part', { part: t(`caption.part.${step ?? 'summary'}`) }), 'answer')
        return null
      }
      lastStep = { itemId: item.id, index }
      const sentences = item.sentences.filter(({ start }) => place.start <= start && start < place.end)
      read(item, sentences, `${t(`caption.part.${place.step}`)}.`)
      return null
    },
    async doubt({ itemId }) {
      const { unconfirmed, isTextUnchecked } = described(itemId, t('caption.none-yet'))
      if (unconfirmed.length === 0)
        return answer(isTextUnchecked ? t('caption.text-not-checked') : t('caption.nothing-unverified'))
      return answer(explainUnverified(unconfirmed))
    },
    async 'second-opinion'({ itemId }) {
      const item = chosen(itemId)
      // For an answer or a second opinion, this asks about its picture.
      const about = items.find(item.pictureId) ?? item
      items.picture(about.id)
      const other = preferences.current().secondOpinion
      if (!other)
        throw new DescryError('unsupported', {
          message: t('caption.no-second-model'),
          next: t('caption.no-second-model.next')
        })
      if (!mayAsk(about, other)) return null
      const label = t('caption.opinion-label', { label: about.label })
      const opinion = items.add({ origin: 'opinion', label, pictureId: about.pictureId })
      captioning.startOpinion(opinion.id, other)
      return { itemId: opinion.id }
    },
    async repeat({ itemId }, surface) {
      // While the newest caption is being read, repeats its current sentence; otherwise, the whole caption. A terminal
      // shows it, so it is always whole there.
      const isNewest = surface !== 'terminal' && (itemId === undefined || itemId === newestDescribed()?.id)
      if (isNewest && reading.isUnderWay && reading.repeat()) return null
      const item = described(itemId, t('caption.nothing-to-repeat'))
      read(item, item.sentences)
      return null
    },
    async copy({ itemId }) {
      await dependencies.clipboard.writeText(described(itemId, t('caption.nothing-to-repeat')).caption)
      announcer.say(t('caption.copied'), 'answer')
      return null
    },
    async spent() {
      return answer(spentSentence(dependencies.spending.spent(), preferences.current().monthlyLimitUsd))
    }
  }
}
