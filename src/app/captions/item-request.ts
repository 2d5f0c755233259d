import type { DescribeRequest, Intent, MayExceed } from '../describing/request.ts'
import { findPreset } from '../describing/resolve-request.ts'
import type { Items } from '../items.ts'
import { createRepeatedRequest } from './repeated-request.ts'
import type { EarlierAnswer } from '#core/describing/prompts/conversation.ts'
import type { Clock } from '#core/ports/time.ts'
import type { Cause } from '#core/speaking/announcer.ts'
import type { Item } from '#shared/bridge.ts'
import type { Detail } from '#shared/caption.ts'
import type { OtherModel, Settings } from '#shared/settings.ts'

/** Options for describing an item. */
export interface CaptionOptions {
  detail: Detail
  /** Built-in or the user's own, by name. */
  preset?: string | undefined
  /** Sends nothing; text and codes are read on this computer. */
  isLocal?: boolean | undefined
  /** Sends everything the picture shows, or hides what the user would be asked about. */
  privacy?: Intent['privacy']
  /** Replaces the model in the settings. */
  other?: OtherModel
}

const captured = new Set<Item['origin']>(['screen', 'window', 'region', 'object', 'changed'])

/** Builds the request for an item's picture. Errors: no-picture, unsupported (the preset doesn't exist). */
export function itemRequest(
  items: Items,
  item: Item,
  { detail, preset, isLocal, privacy, other }: CaptionOptions,
  { presets, mayExceed, mayAsk }: { presets: Settings['presets']; mayExceed: MayExceed; mayAsk: boolean }
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
      privacy,
      mayAsk,
      mayExceed
    }
  }
}

/** Earlier questions and answers about the same picture, oldest first. */
function earlierAnswers(items: Items, about: Item): EarlierAnswer[] {
  return items
    .all()
    .filter(
      ({ id, pictureId, origin, state, offline }) =>
        // Text read on this computer is the picture's own, not the model's.
        pictureId === about.pictureId && id !== about.id && origin !== 'opinion' && state === 'done' && !offline
    )
    .map(({ question, caption }) => ({ question, answer: caption }))
}

/** Repeating a request within this time after the limit was announced allows it to exceed the limit. */
const consentMs = 60_000

/**
 * Whether a user's request may exceed the spending limit: it may if the user repeats it soon after hearing about the
 * limit. One consent covers everything that it sends.
 */
export function createSpendingConsent(clock: Clock): (item: Item, cause: Cause) => MayExceed {
  const announced = createRepeatedRequest(clock, consentMs)
  return (item, cause) => {
    let consent: boolean | null = null
    return async () => {
      if (cause === 'watcher') return false
      if (consent !== null) return consent
      consent = announced.take(item)
      if (!consent) announced.announce(item)
      return consent
    }
  }
}
