import type { Captioning } from '../captions/captioning.ts'
import type { Items } from '../items.ts'
import type { Dependencies } from '../dependencies.ts'
import type { Preferences } from '../preferences.ts'
import { estimateCostUsd } from '#core/spending/estimate.ts'
import type { Announcer } from '#core/speaking/announcer.ts'
import type { CommandHandlers } from '#shared/commands.ts'
import { DescryError } from '#shared/errors.ts'
import { dollars } from '#shared/spent.ts'

/** The same command again within this time means that the price is fine. */
const agreedMs = 30_000

/** Has another model look at a picture, and says what both say, where they differ, and what only one says. */
export function createSecondOpinion(
  dependencies: Pick<Dependencies, 'clock'>,
  items: Items,
  captioning: Captioning,
  preferences: Preferences,
  announcer: Announcer
): Pick<CommandHandlers, 'second-opinion'> {
  /** The picture whose price was said last. */
  let asked: { pictureId: string; atMs: number } | null = null

  return {
    async 'second-opinion'({ itemId }) {
      const chosen = itemId ? items.find(itemId) : items.newest()
      if (!chosen) throw new DescryError('no-picture')
      // Not on the answer to a question, or on an opinion.
      const about = items.find(chosen.pictureId) ?? chosen
      items.picture(about.id)
      const { secondOpinion: other, secondOpinionLimitUsd, detail } = preferences.current()
      if (!other)
        throw new DescryError('unsupported', {
          message: 'No second model is chosen.',
          next: 'Choose one in settings, under second opinion.'
        })
      const size = about.facts ?? { width: 1920, height: 1080 }
      const costUsd = estimateCostUsd(other.model, other.baseUrl, size, about.detail ?? detail)
      const isAgreed = asked?.pictureId === about.pictureId && dependencies.clock.nowMs() - asked.atMs < agreedMs
      if ((costUsd ?? Infinity) > secondOpinionLimitUsd && !isAgreed) {
        asked = { pictureId: about.pictureId, atMs: dependencies.clock.nowMs() }
        const price = costUsd === null ? 'has no known price' : `costs about ${dollars(costUsd)}`
        announcer.say(`${other.model} ${price}. Ask again to have it look.`, 'answer')
        return null
      }
      asked = null
      const item = items.add({
        origin: 'opinion',
        label: `Second opinion on ${about.label}`,
        pictureId: about.pictureId
      })
      captioning.startOpinion(item.id, other)
      return { itemId: item.id }
    }
  }
}
