import type { DescribeRequest, DescribeServiceOptions, Intent, SourcePicture } from './request.ts'
import { needsKey } from '../keys.ts'
import { untilAborted } from '#core/async/abort.ts'
import type { DescriberRequest } from '#core/describing/describer-request.ts'
import type { Fallback } from '#core/describing/models/fallback.ts'
import { findPart, type PicturePart } from '#core/describing/prompts/picture-part.ts'
import { presets, type Area, type Preset } from '#shared/caption.ts'
import { type OwnPreset, captionLanguageOf, privacyRulesOf, type Settings } from '#shared/settings.ts'
import { DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'

/** A request in which everything but the pixels is decided. */
export interface ResolvedRequest extends Omit<DescriberRequest, 'picture' | 'part'> {
  /** The area that a question asks to look at more closely; null for the whole picture. */
  part: PicturePart | null
}

type Resolve = (picture: DescribeRequest['picture'], intent: Intent, signal: AbortSignal) => Promise<ResolvedRequest>

/** Completes the options of a request from the settings at the time the picture's text is known. */
export function createRequestResolver({
  dependencies,
  settings: currentSettings,
  findKey,
  maySendTo,
  readsByDefault
}: Pick<DescribeServiceOptions, 'dependencies' | 'settings' | 'findKey' | 'maySendTo' | 'readsByDefault'>): Resolve {
  function fallbackOf({ fallback }: Settings): Fallback | null {
    if (fallback === null) return null
    const { baseUrl } = fallback
    return {
      ...fallback,
      maySend: () => maySendTo(baseUrl),
      async connect() {
        const apiKey = await findKey(baseUrl)
        if (apiKey === null && needsKey(baseUrl)) throw new DescryError('no-key')
        return dependencies.connectVision(baseUrl, apiKey, () => maySendTo(baseUrl))
      }
    }
  }

  return async (picture, intent, signal) => {
    const { source, origin, windowTitle, applicationName, readText } = picture
    const receivedAtMs = dependencies.clock.nowMs()
    const { question = null, other } = intent
    // "Look closer at the top left" is only about that area.
    const part = question === null ? null : findPart(question)
    const knownText = part === null && readText ? await untilAborted(readText(), signal) : null
    // Read as late as possible, because the user may have changed the provider in the meantime.
    const settings = currentSettings()
    const { baseUrl, model } = other ?? settings
    return {
      source,
      origin,
      windowTitle,
      applicationName,
      passwordFields: fieldsIn(picture),
      question,
      part,
      knownText,
      detail: intent.detail ?? settings.detail,
      preset: intent.preset ?? null,
      earlier: intent.earlier ?? [],
      privacy: intent.privacy === 'everything' ? null : privacyRulesOf(settings, readsByDefault),
      mayAsk: intent.mayAsk === true && intent.privacy !== 'hide',
      checksText: intent.checksText ?? true,
      language: captionLanguageOf(settings),
      model,
      baseUrl,
      fallback: other ? null : fallbackOf(settings),
      firstTokenTimeoutMs: settings.firstTokenTimeoutMs,
      receivedAtMs,
      whyLocal: intent.isLocal ? 'asked' : maySendTo(baseUrl) ? null : 'offline'
    }
  }
}

/** As shares of the picture's width and height. */
function fieldsIn({ place, passwordFields = [] }: SourcePicture): Area[] {
  if (!place) return []
  return passwordFields.map(({ x, y, width, height }) => ({
    x: (x - place.x) / place.width,
    y: (y - place.y) / place.height,
    width: width / place.width,
    height: height / place.height
  }))
}

/** A built-in preset or one of the user's own. Errors: unsupported (no preset has this name). */
export function findPreset(name: string, settings: Pick<Settings, 'presets'>): Preset | OwnPreset {
  const found =
    presets.find((preset) => preset === name) ??
    settings.presets.find((own) => own.name.toLowerCase() === name.toLowerCase())
  if (!found)
    throw new DescryError('unsupported', {
      message: t('caption.no-such-preset', { name }),
      next: t('caption.no-such-preset.next')
    })
  return found
}
