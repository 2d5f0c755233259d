import { askedPart } from './asked-part.ts'
import { bytesOf, type Items } from '../items.ts'
import { needsKey } from '../keys.ts'
import type { MeteredRequest } from './metered-describer.ts'
import type { Dependencies } from '../dependencies.ts'
import { plainOptions } from './picture-describer.ts'
import type { Preferences } from '../preferences.ts'
import type { EarlierAnswer } from '#core/describing/prompts/conversation.ts'
import type { Fallback } from '#core/describing/models/fallback.ts'
import { untilAborted } from '#core/async/abort.ts'
import type { Item } from '#shared/bridge.ts'
import { presets, type Detail, type OwnPreset, type Preset } from '#shared/caption.ts'
import { DescryError } from '#shared/errors.ts'
import { captionLanguageOf, type OtherModel, type Settings } from '#shared/settings.ts'

/** How an item is to be described. */
export interface CaptionOrder {
  detail: Detail
  /** Built-in or the user's own, by name. */
  preset?: string | undefined
  /** Nothing is sent: text and codes are read here. */
  isLocal?: boolean
  /** Instead of the model in the settings. */
  other?: OtherModel
}

const captured = new Set<Item['origin']>(['screen', 'window', 'region', 'object', 'changed'])

/** Everything that is asked about an item's picture, by the settings as they are now. */
export async function captionRequest(
  dependencies: Pick<Dependencies, 'decoder' | 'clock' | 'connectVision'>,
  items: Items,
  preferences: Preferences,
  item: Item,
  order: CaptionOrder,
  signal: AbortSignal
): Promise<MeteredRequest> {
  const source = items.picture(item.id)
  const whole = await untilAborted(bytesOf(source), signal)
  const receivedAtMs = dependencies.clock.nowMs()
  const { bytes, part } = await askedPart(dependencies.decoder, whole, item.question, signal)
  const knownText = part ? null : ((await untilAborted(source.readText?.() ?? Promise.resolve(null), signal)) ?? null)
  // Now and not before: the user may have chosen another provider meanwhile.
  const settings = preferences.current()
  const { baseUrl, model } = order.other ?? settings
  return {
    bytes,
    source: item.label,
    findKey: () => preferences.keyFor(baseUrl),
    options: {
      ...plainOptions,
      detail: order.detail,
      preset: order.preset === undefined ? null : findPreset(order.preset, settings),
      origin: captured.has(items.find(item.pictureId)?.origin ?? item.origin) ? 'screen' : 'elsewhere',
      question: item.question,
      earlier: item.question === null ? [] : earlierAnswers(items, item),
      part,
      knownText,
      language: captionLanguageOf(settings),
      model,
      baseUrl,
      apiKey: null,
      fallback: order.other ? null : fallback(dependencies, preferences),
      firstTokenTimeoutMs: settings.firstTokenTimeoutMs,
      windowTitle: source.windowTitle,
      applicationName: source.applicationName,
      receivedAtMs,
      whyLocal: order.isLocal ? 'asked' : preferences.maySendTo(baseUrl) ? null : 'offline'
    }
  }
}

/** What was said about the same picture before, oldest first. */
function earlierAnswers(items: Items, about: Item): EarlierAnswer[] {
  return items
    .all()
    .filter(
      ({ id, pictureId, origin, state, offline }) =>
        // What was read here are the picture's words, not the model's.
        pictureId === about.pictureId && id !== about.id && origin !== 'opinion' && state === 'done' && !offline
    )
    .map(({ question, caption }) => ({ question, answer: caption }))
}

function fallback(dependencies: Pick<Dependencies, 'connectVision'>, preferences: Preferences): Fallback | null {
  const chosen = preferences.current().fallback
  return (
    chosen && {
      ...chosen,
      maySend: () => preferences.maySendTo(chosen.baseUrl),
      async connect() {
        const apiKey = await preferences.keyFor(chosen.baseUrl)
        if (apiKey === null && needsKey(chosen.baseUrl)) throw new DescryError('no-key')
        return dependencies.connectVision(chosen.baseUrl, apiKey)
      }
    }
  )
}

/** A built-in preset or one of the user's own. Errors: unsupported, when there is none of this name. */
export function findPreset(name: string, settings: Pick<Settings, 'presets'>): Preset | OwnPreset {
  const found =
    presets.find((preset) => preset === name) ??
    settings.presets.find((own) => own.name.toLowerCase() === name.toLowerCase())
  if (!found)
    throw new DescryError('unsupported', {
      message: `There is no preset ${name}.`,
      next: 'Choose another, or add it in settings.'
    })
  return found
}
