import type { DescribeFlags } from './describe-options.ts'
import { UsageError } from './exit-codes.ts'
import { chooseBaseUrl, findKey } from './provider.ts'
import { askYesOrNo, canAsk, type Terminal } from './terminal.ts'
import { askedPart } from '#app/captions/asked-part.ts'
import { findPreset } from '#app/captions/caption-request.ts'
import type { MeteredRequest } from '#app/captions/metered-describer.ts'
import type { Dependencies } from '#app/dependencies.ts'
import { plainOptions } from '#app/captions/picture-describer.ts'
import type { Fallback } from '#core/describing/models/fallback.ts'
import type { PictureOrigin } from '#core/describing/prompts/presets.ts'
import { presets, type Description, type OwnPreset, type Preset } from '#shared/caption.ts'
import { captionLanguageOf, type Settings } from '#shared/settings.ts'
import { dollars } from '#shared/spent.ts'

/** One picture of this run: a file, a page of one, or a capture. */
export interface Picture {
  /** As typed, and for a part of a file which: `scan.pdf#page=2`. */
  source: string
  load(): Promise<Uint8Array>
  /** A page's own text. */
  text(): Promise<string | null>
  origin: PictureOrigin
  windowTitle: string | null
  applicationName: string | null
}

/** With what is said of the picture when only a part of it is asked about. */
export interface PictureRequest extends MeteredRequest {
  whole: Pick<Description, 'width' | 'height' | 'mime' | 'sha256'> | null
}

/**
 * How the pictures of this run are asked about: by the flags, else the environment, else the settings.
 *
 * Errors: UsageError at once; the returned function's are those of the picture.
 */
export function createRequests(
  dependencies: Dependencies,
  settings: Settings,
  flags: DescribeFlags,
  terminal: Terminal
): (picture: Picture) => Promise<PictureRequest> {
  const preset = flags.preset === null ? null : knownPreset(flags.preset, settings)
  const baseUrl = chooseBaseUrl(flags.baseUrl, process.env, settings.baseUrl)
  let apiKey: Promise<string | null> | null = null
  const mayExceed = canAsk() ? askOnce(terminal) : undefined

  return async (picture) => {
    const loaded = await picture.load()
    const receivedAtMs = dependencies.clock.nowMs()
    const { bytes, part, whole } = await askedPart(dependencies.decoder, loaded, flags.question, terminal.signal)
    const knownText = part ? null : await picture.text()
    terminal.signal.throwIfAborted()
    return {
      bytes,
      whole: whole && { width: whole.width, height: whole.height, mime: whole.mime, sha256: whole.sha256 },
      source: picture.source,
      // Who says --offline wants what is read here, whatever was said of the picture before.
      isFresh: flags.isFresh || flags.isOffline,
      findKey: () => (apiKey ??= findKey(dependencies, baseUrl, flags, terminal)),
      ...(mayExceed && { mayExceed }),
      options: {
        ...plainOptions,
        detail: flags.detail ?? settings.detail,
        preset,
        origin: picture.origin,
        question: flags.question,
        part,
        knownText,
        language: flags.language ?? captionLanguageOf(settings),
        model: flags.model ?? settings.model,
        baseUrl,
        apiKey: null,
        fallback:
          flags.baseUrl === null && !flags.isOffline ? fallbackHere(dependencies, settings, flags, terminal) : null,
        firstTokenTimeoutMs: settings.firstTokenTimeoutMs,
        windowTitle: picture.windowTitle,
        applicationName: picture.applicationName,
        receivedAtMs,
        whyLocal: flags.isOffline ? 'offline' : null
      }
    }
  }
}

/** A built-in preset or one of the user's own. Errors: UsageError. */
export function knownPreset(name: string, settings: Settings): Preset | OwnPreset {
  try {
    return findPreset(name, settings)
  } catch {
    const names = [...presets, ...settings.presets.map((own) => own.name)]
    throw new UsageError(`--preset wants one of ${names.join(', ')}.`)
  }
}

/** Who named it in the settings has agreed that pictures go there. */
function fallbackHere(
  dependencies: Dependencies,
  { fallback }: Settings,
  flags: DescribeFlags,
  terminal: Terminal
): Fallback | null {
  return (
    fallback && {
      ...fallback,
      maySend: () => true,
      connect: async () =>
        dependencies.connectVision(fallback.baseUrl, await findKey(dependencies, fallback.baseUrl, flags, terminal))
    }
  )
}

/** Pictures are described side by side; the user is asked once for all. */
function askOnce(terminal: Terminal): (estimateUsd: number | null) => Promise<boolean> {
  let answer: Promise<boolean> | null = null
  return (estimateUsd) => {
    const price = estimateUsd === null ? '' : ` One picture costs about ${dollars(estimateUsd)}.`
    return (answer ??= askYesOrNo(`Your spending limit is reached.${price} Go on all the same?`, terminal))
  }
}
