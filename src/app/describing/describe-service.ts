import { needsKey } from '../keys.ts'
import { captionKey, createKeptCaptions } from './kept-captions.ts'
import { createMeter, estimateRequestUsd } from './meter.ts'
import { bytesOf, type DescribeRequest, type DescribeServiceOptions, type Intent } from './request.ts'
import { previewRequest, type SendPreview } from './send-preview.ts'
import { createRequestResolver, type ResolvedRequest } from './resolve-request.ts'
import { untilAborted } from '#core/async/abort.ts'
import { createSharedRequests } from '#core/async/shared-requests.ts'
import { describe } from '#core/describing/describer.ts'
import type { DescribeEvent, DescriberRequest } from '#core/describing/describer-request.ts'
import { partArea } from '#core/describing/prompts/picture-part.ts'
import type { DecodedPicture } from '#core/ports/pictures.ts'
import type { VisionModel } from '#core/ports/vision.ts'
import type { Description } from '#shared/caption.ts'
import { failure } from '#shared/errors.ts'

export interface DescribeCall {
  signal: AbortSignal
  onEvent?: (event: DescribeEvent) => void
  /** A model that is ready to use. */
  vision?: VisionModel
}

/** Turns pictures into descriptions. Everything that describes a picture goes through this service. */
export interface DescribeService {
  /**
   * Returns a saved caption immediately if there is one. Shares the result between identical requests in progress,
   * enforces the monthly limit and records the cost.
   *
   * Errors: those of the bytes, the decoder and the describer; over-limit; an AbortError as soon as the signal is
   * aborted.
   */
  describe(request: DescribeRequest, call: DescribeCall): Promise<Description>
  /** What that would send. Sends nothing. Errors: those of the bytes and the decoder; an AbortError. */
  preview(request: DescribeRequest, signal: AbortSignal): Promise<SendPreview>
}

export function createDescribeService(options: DescribeServiceOptions): DescribeService {
  const { dependencies, settings, findKey, maySendTo } = options
  const { decoder, reader, codes, clock } = dependencies
  const resolve = createRequestResolver(options)
  const meter = createMeter(options)
  const kept = createKeptCaptions(options.captions, settings)
  const shared = createSharedRequests<DescribeEvent, Description>()

  /** The model at the request's address, or null and the reason if nothing may be sent. */
  async function connect(
    { baseUrl, whyLocal }: ResolvedRequest,
    signal: AbortSignal
  ): Promise<{ vision: VisionModel | null; whyLocal: ResolvedRequest['whyLocal'] }> {
    if (whyLocal !== null) return { vision: null, whyLocal }
    // A locked keychain asks the user first.
    const apiKey = await untilAborted(findKey(baseUrl), signal)
    if (apiKey === null && needsKey(baseUrl)) return { vision: null, whyLocal: 'no-key' }
    return { vision: dependencies.connectVision(baseUrl, apiKey, () => maySendTo(baseUrl)), whyLocal: null }
  }

  /** The picture, or the part of it that the question asks to look at. */
  async function decodeFor(
    bytes: Uint8Array,
    { part }: ResolvedRequest,
    signal: AbortSignal
  ): Promise<Pick<DescriberRequest, 'picture' | 'part'> & { whole: DecodedPicture }> {
    const whole = await untilAborted(decoder.decode(bytes), signal)
    if (part === null) return { whole, picture: whole, part: null }
    const area = partArea(part, whole)
    return { whole, picture: await whole.part(area), part: { name: part.name, whole, area } }
  }

  async function describeAnew(
    bytes: Uint8Array,
    resolved: ResolvedRequest,
    { mayExceed }: Intent,
    { signal, onEvent, vision: connected }: Required<Pick<DescribeCall, 'signal' | 'onEvent'>> & DescribeCall
  ): Promise<Description> {
    const { whole, picture, part } = await decodeFor(bytes, resolved, signal)
    const description = await meter.run(resolved, picture, mayExceed, async (metered, watched) => {
      const { vision, whyLocal } =
        connected && metered.whyLocal === null ? { vision: connected, whyLocal: null } : await connect(metered, signal)
      return describe(
        { vision: vision && watched(vision, metered.baseUrl), reader, codes, clock },
        { ...metered, picture, part, whyLocal },
        onEvent,
        signal
      )
    })
    // The description is still of the whole picture, even if the question is about an area.
    const { width, height, mime, sha256 } = whole
    return { ...description, width, height, mime, sha256 }
  }

  return {
    async preview({ picture, intent }, signal) {
      const bytes = await untilAborted(bytesOf(picture), signal)
      const resolved = await resolve(picture, intent, signal)
      const { whyLocal } = resolved
      if (whyLocal !== null) return { failure: failure(whyLocal === 'asked' ? 'offline' : whyLocal) }
      if (kept.find(captionKey(bytes, resolved), resolved) !== null) return { failure: null }
      const { picture: decoded, part } = await decodeFor(bytes, resolved, signal)
      const request = { ...resolved, picture: decoded, part, fallback: null }
      return previewRequest({ reader, codes, clock }, request, estimateRequestUsd(resolved, decoded), signal)
    },

    async describe({ picture, intent }, { signal, onEvent = () => undefined, vision }) {
      const bytes = await untilAborted(bytesOf(picture), signal)
      const resolved = await resolve(picture, intent, signal)
      const key = captionKey(bytes, resolved)
      const before = intent.isFresh || resolved.whyLocal === 'asked' ? null : kept.find(key, resolved)
      if (before !== null) {
        if (before.privacy.hidden.length > 0) onEvent({ type: 'privacy', privacy: before.privacy })
        if (before.notice !== null) onEvent({ type: 'notice', notice: before.notice })
        onEvent({ type: 'caption', text: before.caption })
        const totalMs = Math.round(clock.nowMs() - resolved.receivedAtMs)
        return { ...before, timings: { prepareMs: totalMs, requestMs: 0, firstTokenMs: null, totalMs } }
      }
      const description = await shared.join(
        `${key} ${resolved.whyLocal ?? ''}`,
        async (tell, sharedSignal) => {
          const call = { signal: sharedSignal, onEvent: tell, ...(vision && { vision }) }
          const anew = await describeAnew(bytes, resolved, intent, call)
          kept.keep(key, anew)
          return anew
        },
        onEvent,
        signal
      )
      // Another request for the same picture may use a different name.
      return { ...description, source: picture.source }
    }
  }
}
