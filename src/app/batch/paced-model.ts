import type { Pace, Turn } from '#core/batch/pace.ts'
import { costUsd } from '#core/describing/models/models.ts'
import type { VisionEvent, VisionModel } from '#core/ports/vision.ts'
import { DescryError } from '#shared/errors.ts'

/** State that all pictures of a run share. */
export interface RunState {
  readonly pace: Pace
  /** The provider has answered in this run, so if it stops answering, it may come back. */
  hasAnswered: boolean
}

/** One picture's place among the requests of a run. */
export interface RequestSlot {
  readonly run: RunState
  /** The turn that the picture keeps until its request is sent. */
  turn: Turn | null
  /** The last answer was cut short. */
  isCutShort: boolean
  /** What its answers have cost so far, in US dollars; null if unknown. */
  dueUsd: number | null
}

/** Records each step of a request at once. */
export interface RequestNotes {
  asked: () => void
  /** It was refused for now, at no cost. */
  failed: () => void
  /** Resolves when the answer is safe on the disk. */
  answered: (events: VisionEvent[]) => Promise<void>
}

/**
 * The model for one picture: its request uses the slot's turn, and the pace learns from every answer.
 *
 * @param estimateUsd What an answer usually costs; 0 on this computer, null if the price is unknown.
 */
export function pacedModel(
  vision: VisionModel,
  slot: RequestSlot,
  estimateUsd: number | null,
  notes: RequestNotes
): VisionModel {
  const { run } = slot
  return {
    provider: vision.provider,
    isLocal: vision.isLocal,
    async *stream(request, signal) {
      const turn = slot.turn ?? (await run.pace.turn(signal))
      slot.turn = null
      slot.isCutShort = true
      const dueBeforeUsd = slot.dueUsd
      const owe = (costUsd: number | null): void =>
        void (slot.dueUsd = dueBeforeUsd === null || costUsd === null ? null : dueBeforeUsd + costUsd)
      let tokens: number | null = null
      const events: VisionEvent[] = []
      try {
        notes.asked()
        for await (const event of vision.stream(request, signal)) {
          if (event.type === 'started') turn.answered(event.limits ?? null)
          else events.push(event)
          // An answer that has begun is paid for, even if it is cut short. Without a usage report, the estimate counts.
          if (event.type === 'text') owe(estimateUsd)
          if (event.type === 'finished') {
            if (event.usage) tokens = event.usage.inputTokens + event.usage.outputTokens
            if (estimateUsd !== 0) owe(costUsd(event.model, event.usage) ?? estimateUsd)
            await notes.answered(events)
            slot.isCutShort = false
            run.hasAnswered = true
          }
          yield event
        }
      } catch (error) {
        if (!(error instanceof DescryError) || !isPassing(error, run) || events.length > 0) throw error
        if (error.code === 'rate-limited') turn.refused(error.retryAfterMs ?? null)
        else turn.unreachable()
        notes.failed()
        // The describer would retry after its own wait, at the same time as all the others. Here the pace decides when.
        throw new DescryError('rate-limited', { cause: error, retryAfterMs: Number.POSITIVE_INFINITY })
      } finally {
        turn.done(tokens)
      }
    }
  }
}

/** A provider that answered a moment ago may come back; one that never answered is reported at once. */
function isPassing({ code }: DescryError, { hasAnswered }: RunState): boolean {
  return code === 'rate-limited' || (code === 'provider-down' && hasAnswered)
}
