import { hash } from 'node:crypto'
import type { Dependencies } from '../dependencies.ts'
import { describePicture, type DescribeOptions } from './picture-describer.ts'
import type { DescribeEvent } from '#core/describing/describer.ts'
import type { Fallback } from '#core/describing/models/fallback.ts'
import { reportingAnswers } from '#core/describing/models/model-wrappers.ts'
import { noticeKind } from '#core/describing/notice.ts'
import { hasVariable } from '#core/describing/prompts/presets.ts'
import { createSharedRequests } from '#core/async/shared-requests.ts'
import { untilAborted } from '#core/async/abort.ts'
import { estimateCostUsd } from '#core/spending/estimate.ts'
import { decideSpending, type SpendingDecision } from '#core/spending/limit.ts'
import type { VisionModel } from '#core/ports/vision.ts'
import type { Description, Detail } from '#shared/caption.ts'
import { DescryError } from '#shared/errors.ts'
import type { Settings } from '#shared/settings.ts'

export interface MeteredRequest {
  /** As the picture came in. */
  bytes: Uint8Array
  source: string
  options: DescribeOptions
  /** Instead of `apiKey`, so that no keychain is asked for what is kept here. */
  findKey?: () => Promise<string | null>
  /** A caption kept from before is not wanted. */
  isFresh?: boolean
  /** Asked when the request goes beyond the spending limit and the user wants to be asked; absent: nobody can answer. */
  mayExceed?: (estimateUsd: number | null) => Promise<boolean>
}

/** Describes pictures and minds the user's money. */
export interface MeteredDescriber {
  /**
   * What was paid for before comes from this computer at once; equal requests under way are one; the limit of the month
   * holds; what an answer cost is written down. Errors: those of the decoder and the describer, and over-limit.
   */
  describe(request: MeteredRequest, onEvent: (event: DescribeEvent) => void, signal: AbortSignal): Promise<Description>
}

export function createMeteredDescriber(
  dependencies: Pick<
    Dependencies,
    'decoder' | 'reader' | 'codes' | 'clock' | 'connectVision' | 'captions' | 'spending'
  >,
  settings: () => Settings,
  /** Called when something was spent. */
  onSpent: () => void = () => undefined
): MeteredDescriber {
  const requests = createSharedRequests<DescribeEvent, Description>()
  const decide = (estimateUsd: number | null): SpendingDecision =>
    decideSpending(settings(), dependencies.spending.spent(), estimateUsd)

  async function ask(
    { bytes, source, options, findKey, mayExceed }: MeteredRequest,
    key: string,
    tell: (event: DescribeEvent) => void,
    signal: AbortSignal
  ): Promise<Description> {
    const picture = await untilAborted(dependencies.decoder.decode(bytes), signal)
    const estimate = (model: string, baseUrl: string): number | null =>
      estimateCostUsd(model, baseUrl, picture, costlyAs(options))
    const estimateUsd = estimate(options.model, options.baseUrl)
    const whyLocal = options.whyLocal ?? (await whyTooMuch(estimateUsd, mayExceed))
    const expected = dependencies.spending.expect(whyLocal === null ? estimateUsd : 0)
    // What began to answer is paid for, also when it broke off, was stopped or turned out to be of no use.
    let dueUsd: number | null = 0
    const heard = (vision: VisionModel, baseUrl: string): VisionModel =>
      reportingAnswers(vision, (model) => (dueUsd = estimate(model, baseUrl)))
    try {
      // A locked keychain asks its user first.
      const apiKey = findKey && whyLocal === null ? await untilAborted(findKey(), signal) : options.apiKey
      const fallback = withinLimit(options.fallback, estimate, heard)
      const asked = { ...options, apiKey, whyLocal, fallback }
      const connectVision: Dependencies['connectVision'] = (baseUrl, ...rest) =>
        heard(dependencies.connectVision(baseUrl, ...rest), baseUrl)
      const description = await describePicture(
        { ...dependencies, connectVision },
        picture,
        source,
        asked,
        tell,
        signal
      )
      // Whoever does not tell what it used is taken to cost what it usually does.
      if (!description.offline) dueUsd = description.costUsd ?? dueUsd
      if (!description.offline && settings().keepCaptions && isWorthKeeping(description)) {
        // What it was called is nobody's business; it is asked about by its bytes.
        dependencies.captions.keep(key, { ...description, source: '' })
      }
      return description
    } finally {
      dependencies.spending.settle(expected, dueUsd)
      if (dueUsd !== 0) onSpent()
    }
  }

  /** Null when the limit lets the request through; throws over-limit when nothing at all is to happen. */
  async function whyTooMuch(
    estimateUsd: number | null,
    mayExceed: MeteredRequest['mayExceed']
  ): Promise<'over-limit' | null> {
    const decision = decide(estimateUsd)
    if (decision === 'send') return null
    if (decision === 'local') return 'over-limit'
    if (decision === 'stop' || !mayExceed) throw new DescryError('over-limit')
    if (await mayExceed(estimateUsd)) return null
    throw new DescryError('over-limit', { next: 'Ask again to send this one, or raise it in settings.' })
  }

  /** The fallback may cost more than the first, which may be free; and whoever agreed to a price agreed to that of the first. */
  function withinLimit(
    fallback: Fallback | null,
    estimate: (model: string, baseUrl: string) => number | null,
    heard: (vision: VisionModel, baseUrl: string) => VisionModel
  ): Fallback | null {
    if (fallback === null) return null
    const { model, baseUrl } = fallback
    return {
      ...fallback,
      maySend: () => fallback.maySend() && decide(estimate(model, baseUrl)) === 'send',
      connect: async () => heard(await fallback.connect(), baseUrl)
    }
  }

  function recall(
    { source, options }: MeteredRequest,
    key: string,
    tell: (event: DescribeEvent) => void
  ): Description | null {
    const kept = dependencies.captions.find(key)
    if (!kept) return null
    if (kept.notice !== null) tell({ type: 'notice', notice: kept.notice })
    tell({ type: 'caption', text: kept.caption })
    const totalMs = Math.round(dependencies.clock.nowMs() - options.receivedAtMs)
    return {
      ...kept,
      source,
      cached: true,
      usage: null,
      costUsd: 0,
      bytesSent: 0,
      timings: { prepareMs: totalMs, requestMs: 0, firstTokenMs: null, totalMs }
    }
  }

  return {
    async describe(request, onEvent, signal) {
      const key = keyOf(request)
      // Kept captions are for what would be paid; what is read here is read again.
      const kept =
        request.isFresh || request.options.whyLocal === 'asked' || !settings().keepCaptions
          ? null
          : recall(request, key, onEvent)
      if (kept) return kept
      const shared = request.options.whyLocal === null ? key : `${key} ${request.options.whyLocal}`
      const begin = (tell: (event: DescribeEvent) => void, shareSignal: AbortSignal): Promise<Description> =>
        ask(request, key, tell, shareSignal)
      // Whoever joins has another name for the same picture.
      return { ...(await requests.join(shared, begin, onEvent, signal)), source: request.source }
    }
  }
}

/** A question gets all pixels, however short its answer. */
function costlyAs({ detail, question }: MeteredRequest['options']): Detail {
  return question !== null && detail === 'brief' ? 'standard' : detail
}

/** To be counted up when a description gains or loses a field: what an older Descry kept is then not found any more. */
const keptForm = 1

/**
 * What makes two requests the same: the picture, and everything that goes into the prompt but the window's title, unless
 * the user's own preset asks for that.
 */
function keyOf({ bytes, options }: MeteredRequest): string {
  const { question, earlier, part, detail, preset, origin, language, model, baseUrl } = options
  const window = hasVariable(preset, 'window') ? options.windowTitle : null
  const app = hasVariable(preset, 'app') ? options.applicationName : null
  const words = JSON.stringify([
    keptForm,
    question,
    earlier,
    part,
    detail,
    preset,
    window,
    app,
    origin,
    language,
    model,
    baseUrl
  ])
  return hash('sha256', `${hash('sha256', bytes)} ${words}`)
}

/** Whole, from the model that was asked or its successor, and nothing that the user would not want to lie about. */
function isWorthKeeping({ warnings, notice }: Description): boolean {
  return warnings.every(({ code }) => code === 'model-gone') && (notice === null || noticeKind(notice) !== 'private')
}
