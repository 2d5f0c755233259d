import type { DescribeRequest } from '../describing/describe-service.ts'
import type { MayExceed } from '../describing/meter.ts'
import { findPreset } from '../describing/resolve-request.ts'
import type { Items } from '../items.ts'
import type { EarlierAnswer } from '#core/describing/prompts/conversation.ts'
import type { Clock } from '#core/ports/time.ts'
import type { Cause } from '#core/speaking/announcer.ts'
import type { Item } from '#shared/bridge.ts'
import type { Detail } from '#shared/caption.ts'
import type { OtherModel, Settings } from '#shared/settings.ts'

/** How an item is to be described. */
export interface CaptionOrder {
  detail: Detail
  /** Built-in or the user's own, by name. */
  preset?: string | undefined
  /** Nothing is sent: text and codes are read on this computer. */
  isLocal?: boolean | undefined
  /** Instead of the model in the settings. */
  other?: OtherModel
}

const captured = new Set<Item['origin']>(['screen', 'window', 'region', 'object', 'changed'])

/** What is asked about an item's picture. Errors: no-picture, unsupported (there is no such preset). */
export function itemRequest(
  items: Items,
  item: Item,
  { detail, preset, isLocal, other }: CaptionOrder,
  { presets, mayExceed }: { presets: Settings['presets']; mayExceed: MayExceed }
): DescribeRequest {
  const { label, question } = item
  const origin = items.find(item.pictureId)?.origin ?? item.origin
  return {
    picture: { ...items.picture(item.id), source: label, origin: captured.has(origin) ? 'screen' : 'elsewhere' },
    intent: {
      detail,
      preset: preset === undefined ? null : findPreset(preset, { presets }),
      question,
      earlier: question === null ? [] : earlierAnswers(items, item),
      other,
      isLocal,
      mayExceed
    }
  }
}

/** What was said about the same picture before, oldest first. */
function earlierAnswers(items: Items, about: Item): EarlierAnswer[] {
  return items
    .all()
    .filter(
      ({ id, pictureId, origin, state, offline }) =>
        // What was read on this computer are the picture's words, not the model's.
        pictureId === about.pictureId && id !== about.id && origin !== 'opinion' && state === 'done' && !offline
    )
    .map(({ question, caption }) => ({ question, answer: caption }))
}

/** The same order within this time after the limit was announced may exceed it. */
const consentMs = 60_000

/**
 * Whether an order may exceed the spending limit: it may when the user gives it again soon after hearing of the limit. One
 * consent covers all requests of an order. The same command may bring the same picture as a new item.
 */
export function createSpendingConsent(clock: Clock): (item: Item, cause: Cause) => MayExceed {
  /** The order for which the limit was last announced. */
  let announced: { order: string; atMs: number } | null = null

  return ({ origin, label, question }, cause) => {
    let consent: boolean | null = null
    return async () => {
      if (cause === 'watcher') return false
      if (consent !== null) return consent
      const order = JSON.stringify([origin, label, question])
      const nowMs = clock.nowMs()
      consent = announced?.order === order && nowMs - announced.atMs < consentMs
      announced = consent ? null : { order, atMs: nowMs }
      return consent
    }
  }
}
