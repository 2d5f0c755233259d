import type { Pace, Turn } from '#core/batch/pace.ts'
import { costUsd } from '#core/describing/models/models.ts'
import type { VisionEvent, VisionModel } from '#core/ports/vision.ts'
import { DescryError } from '#shared/errors.ts'

/** What all pictures of a run have in common. */
export interface Hearing {
  readonly pace: Pace
  /** The provider has answered in this run: where it is silent now, it may come back. */
  hasHeard: boolean
}

/** The turn that one picture holds, until its request is sent. */
export interface Hand {
  turn: Turn | null
  readonly hearing: Hearing
  /** The last answer broke off. */
  isBroken: boolean
  /** What its answers so far cost, in US dollars; null where nobody knows. */
  dueUsd: number | null
}

/** Where it is written down, at once, what becomes of a request. */
export interface RequestNotes {
  asked: () => void
  /** It was refused for now, and nothing is to be paid. */
  failed: () => void
  /** Resolves when the answer is safe on the disk. */
  answered: (events: VisionEvent[]) => Promise<void>
}

/** The model for one picture: its request takes the turn in hand, and the pace learns from every answer. */
export function pacedModel(
  vision: VisionModel,
  hand: Hand,
  estimateUsd: number | null,
  notes: RequestNotes
): VisionModel {
  const { hearing } = hand
  return {
    provider: vision.provider,
    isLocal: vision.isLocal,
    async *stream(request, signal) {
      const turn = hand.turn ?? (await hearing.pace.turn(signal))
      hand.turn = null
      hand.isBroken = true
      const dueBeforeUsd = hand.dueUsd
      const owe = (costUsd: number | null): void =>
        void (hand.dueUsd = dueBeforeUsd === null || costUsd === null ? null : dueBeforeUsd + costUsd)
      let tokens: number | null = null
      const events: VisionEvent[] = []
      try {
        notes.asked()
        for await (const event of vision.stream(request, signal)) {
          if (event.type === 'started') turn.answered(event.limits ?? null)
          else events.push(event)
          // What began to answer is paid for, also when it breaks off. Who does not count is taken to cost what it usually does.
          if (event.type === 'text') owe(estimateUsd)
          if (event.type === 'finished') {
            if (event.usage) tokens = event.usage.inputTokens + event.usage.outputTokens
            if (estimateUsd !== 0) owe(costUsd(event.model, event.usage) ?? estimateUsd)
            await notes.answered(events)
            hand.isBroken = false
            hearing.hasHeard = true
          }
          yield event
        }
      } catch (error) {
        if (!(error instanceof DescryError) || !isPassing(error, hearing) || events.length > 0) throw error
        if (error.code === 'rate-limited') turn.refused(error.retryAfterMs ?? null)
        else turn.unreachable()
        notes.failed()
        // The describer would try again at once after its wait, with all others. Here the pace says when.
        throw new DescryError('rate-limited', { cause: error, retryAfterMs: Number.POSITIVE_INFINITY })
      } finally {
        turn.done(tokens)
      }
    }
  }
}

/** A provider that was there a moment ago comes back; one that never was is told of at once. */
function isPassing({ code }: DescryError, { hasHeard }: Hearing): boolean {
  return code === 'rate-limited' || (code === 'provider-down' && hasHeard)
}
