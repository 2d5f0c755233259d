import type { RateLimits, VisionEvent, VisionModel, VisionRequest } from '#core/ports/vision.ts'

/** One thing the fake does in a stream, in order. */
export type FakeStep =
  | { text: string }
  /** Continues when the test says so; an abort ends the wait. */
  | { wait: Promise<void> }
  | { fail: Error }
  | { finish: 'stop' | 'length'; usage?: { inputTokens: number; outputTokens: number } | null; model?: string }

export interface FakeStream {
  /** False fails before any headers. */
  start?: boolean
  limits?: RateLimits
  steps: FakeStep[]
}

export interface FakeVisionModel extends VisionModel {
  readonly requests: VisionRequest[]
  /** What the next streams do. */
  script(...streams: FakeStream[]): void
}

/** A VisionModel that passes the same contract suite as the real one. */
export function createFakeVisionModel({ provider = 'fake.test', isLocal = false } = {}): FakeVisionModel {
  const requests: VisionRequest[] = []
  let queue: FakeStream[] = []
  return {
    provider,
    isLocal,
    requests,
    script(...streams) {
      queue = streams
    },
    async *stream(request, signal): AsyncGenerator<VisionEvent> {
      signal.throwIfAborted()
      requests.push(request)
      const { start = true, limits = null, steps } = queue.shift() ?? { steps: answerSteps('A cat sleeps.\nTags: cat') }
      if (start) yield { type: 'started', limits }
      for (const step of steps) {
        if ('wait' in step) await untilGoneOr(step.wait, signal)
        signal.throwIfAborted()
        if ('fail' in step) throw step.fail
        if ('text' in step) yield { type: 'text', text: step.text }
        if ('finish' in step) {
          yield { type: 'finished', reason: step.finish, usage: step.usage ?? null, model: step.model ?? request.model }
        }
      }
    }
  }
}

/** A whole answer, word by word. */
export function answerSteps(
  text: string,
  usage: { inputTokens: number; outputTokens: number } | null = null
): FakeStep[] {
  const words = text.match(/\s*\S+/gu) ?? []
  return [...words.map((word) => ({ text: word })), { finish: 'stop', usage }]
}

function untilGoneOr(wait: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
    void wait.then(resolve)
  })
}
