import type { DescribeServiceOptions, MayExceed } from './request.ts'
import type { ResolvedRequest } from './resolve-request.ts'
import type { Fallback } from '#core/describing/models/fallback.ts'
import { reportingAnswers } from '#core/describing/models/model-wrappers.ts'
import type { VisionModel } from '#core/ports/vision.ts'
import { estimateCostUsd } from '#core/spending/estimate.ts'
import { decideSpending, type SpendingDecision } from '#core/spending/limit.ts'
import type { Description } from '#shared/caption.ts'
import { DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'

/** Wraps a model so that the cost of its answers is counted. */
type Watch = (vision: VisionModel, baseUrl: string) => VisionModel

/** Keeps requests within the monthly limit and records what they cost. */
export interface Meter {
  /**
   * Runs the work, unless it would exceed the limit. The work gets a request that stays on this computer if the
   * settings say so. Errors: over-limit, and those of the work.
   */
  run(
    request: ResolvedRequest,
    size: { width: number; height: number },
    mayExceed: MayExceed | undefined,
    work: (request: ResolvedRequest, watch: Watch) => Promise<Description>
  ): Promise<Description>
}

export function createMeter({
  spending,
  settings,
  onSpent = () => undefined
}: Pick<DescribeServiceOptions, 'spending' | 'settings' | 'onSpent'>): Meter {
  if (spending === null) return { run: (request, _size, _mayExceed, work) => work(request, (vision) => vision) }

  const decide = (estimateUsd: number | null): SpendingDecision =>
    decideSpending(settings(), spending.spent(), estimateUsd)

  /** Null if the limit allows the request. Throws over-limit if nothing at all should happen. */
  async function whyTooMuch(estimateUsd: number | null, mayExceed?: MayExceed): Promise<'over-limit' | null> {
    const decision = decide(estimateUsd)
    if (decision === 'send') return null
    if (decision === 'local') return 'over-limit'
    if (decision === 'stop' || !mayExceed) throw new DescryError('over-limit')
    if (await mayExceed(estimateUsd)) return null
    throw new DescryError('over-limit', { next: t('caption.over-limit-ask-again') })
  }

  return {
    async run(request, size, mayExceed, work) {
      const estimate = (model: string, baseUrl: string): number | null =>
        estimateRequestUsd({ ...request, model, baseUrl }, size)
      const estimateUsd = estimateRequestUsd(request, size)
      const whyLocal = request.whyLocal ?? (await whyTooMuch(estimateUsd, mayExceed))
      const expected = spending.expect(whyLocal === null ? estimateUsd : 0)
      // An answer that has begun is paid for, even if it was cut short, stopped or useless.
      let dueUsd: number | null = 0
      const watch: Watch = (vision, baseUrl) => reportingAnswers(vision, (model) => (dueUsd = estimate(model, baseUrl)))
      // Agreeing to the first model's price, which may be zero, doesn't mean agreeing to the fallback's price.
      const withinLimit = ({ model, baseUrl, ...rest }: Fallback): Fallback => ({
        model,
        baseUrl,
        maySend: () => rest.maySend() && decide(estimate(model, baseUrl)) === 'send',
        connect: async () => watch(await rest.connect(), baseUrl)
      })
      try {
        const fallback = request.fallback && withinLimit(request.fallback)
        const description = await work({ ...request, whyLocal, fallback }, watch)
        // If a provider doesn't report usage, the usual cost is assumed.
        if (!description.offline) dueUsd = description.costUsd ?? dueUsd
        return description
      } finally {
        spending.settle(expected, dueUsd)
        if (dueUsd !== 0) onSpent()
      }
    }
  }
}

/** About what a request about a picture of this size costs; null if unknown. */
export function estimateRequestUsd(
  { model, baseUrl, detail, question }: ResolvedRequest,
  size: { width: number; height: number }
): number | null {
  // A question gets all pixels, even if its answer is short.
  return estimateCostUsd(model, baseUrl, size, question !== null && detail === 'brief' ? 'standard' : detail)
}
