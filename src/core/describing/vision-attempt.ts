import type { Clock } from '#core/ports/time.ts'
import type { VisionModel, VisionRequest } from '#core/ports/vision.ts'
import { abortError } from '#core/async/abort.ts'
import type { Usage } from '#shared/caption.ts'
import { DescryError, isAbort } from '#shared/errors.ts'
import { createAnswerReader, type Answer, type AnswerForm } from './answers/answer.ts'

/** How long one request may be silent. */
export interface Patience {
  /** Headers and first token together. */
  firstTokenMs: number
  betweenTokensMs: number
}

export interface AttemptResult {
  answer: Answer
  /** As the server names it; as asked for when the answer broke off. */
  model: string
  usage: Usage | null
  /** On the clock; null when there was no word. */
  firstWordAtMs: number | null
  /** Why the answer is not whole: `cut-off` or `timed-out`; null when it is. */
  brokenBy: DescryError | null
}

export interface AttemptListener {
  /** Clean caption to append. */
  onCaption: (text: string) => void
  /** The reason of the notice line, before the caption where the model writes it there. */
  onNotice: (notice: string) => void
  /** The server has answered: the picture has left this computer. */
  onStarted: () => void
}

/**
 * One request from sending to its end, watched on the clock. What had arrived when the stream broke is a result;
 * when nothing had, the failure is thrown. Rejects with an AbortError as soon as `signal` fires.
 */
export async function attempt(
  vision: VisionModel,
  request: VisionRequest,
  options: { clock: Clock; patience: Patience; form: AnswerForm },
  listener: AttemptListener,
  signal: AbortSignal
): Promise<AttemptResult> {
  const { clock, patience } = options
  const reader = createAnswerReader(options.form)
  const stop = createStop(signal)
  let cancelTimer = (): void => undefined
  const allow = (ms: number): void => {
    cancelTimer()
    cancelTimer = clock.after(ms, () => stop.end(new DescryError('timed-out')))
  }

  const result: Omit<AttemptResult, 'answer'> = {
    model: request.model,
    usage: null,
    firstWordAtMs: null,
    brokenBy: null
  }
  let hasNotice = false
  const give = (caption: string, notice: string | null): void => {
    if (notice !== null && !hasNotice) listener.onNotice(notice)
    hasNotice ||= notice !== null
    if (caption === '') return
    result.firstWordAtMs ??= clock.nowMs()
    listener.onCaption(caption)
  }
  allow(patience.firstTokenMs)
  const events = vision.stream(request, stop.signal)[Symbol.asyncIterator]()
  try {
    for (;;) {
      // An adapter that does not heed the signal must not keep the user waiting.
      const { done, value: event } = await Promise.race([events.next(), stop.stopped])
      if (done) break
      if (event.type === 'started') listener.onStarted()
      if (event.type === 'finished') {
        Object.assign(result, { model: event.model, usage: event.usage })
        if (event.reason === 'length') result.brokenBy = tooLong()
      }
      if (event.type === 'text') {
        allow(patience.betweenTokensMs)
        give(reader.feed(event.text), reader.notice)
        if (reader.isFull) break
      }
    }
  } catch (error) {
    if (isAbort(error) || result.firstWordAtMs === null || !isBreak(error)) throw error
    result.brokenBy = error.code === 'timed-out' ? error : new DescryError('cut-off', { cause: error })
  } finally {
    cancelTimer()
    stop.end(new DOMException('The request has ended.', 'AbortError'))
    stop.forget()
    // Not waited for: what hangs is already cut off by the signal.
    void events.return?.().catch(() => undefined)
  }
  const { rest, answer } = reader.finish()
  if (answer.isRefusal) throw new DescryError('refused')
  give(rest, answer.notice)
  if (answer.cutBecause === 'repeating') result.brokenBy = repeating()
  else if (answer.cutBecause === 'too-long' || reader.isFull) result.brokenBy = tooLong()
  if (answer.caption === '') throw result.brokenBy ?? new DescryError('bad-answer')
  return { ...result, answer }
}

function tooLong(): DescryError {
  return new DescryError('cut-off', {
    message: 'The description was too long and was cut.',
    next: 'Ask a question for the rest.'
  })
}

function repeating(): DescryError {
  return new DescryError('cut-off', {
    message: 'The model began to repeat itself and was stopped.',
    next: 'Try again, or ask a question.'
  })
}

/** Failures that leave what has arrived as good as it was. A refusal takes it back. */
function isBreak(error: unknown): error is DescryError {
  return error instanceof DescryError && error.code !== 'refused'
}

/** A signal that fires when `outer` does or when `end` is called, and a promise that rejects with the reason. */
function createStop(outer: AbortSignal): {
  signal: AbortSignal
  stopped: Promise<never>
  end: (reason: Error) => void
  forget: () => void
} {
  const controller = new AbortController()
  const stopped = new Promise<never>((_, reject) => {
    // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- only ever an Error
    controller.signal.addEventListener('abort', () => reject(controller.signal.reason as Error), { once: true })
  })
  stopped.catch(() => undefined)
  const follow = (): void => controller.abort(abortError(outer))
  outer.addEventListener('abort', follow, { once: true })
  if (outer.aborted) follow()
  return {
    signal: controller.signal,
    stopped,
    end: (reason) => controller.abort(reason),
    forget: () => outer.removeEventListener('abort', follow)
  }
}
