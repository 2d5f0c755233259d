import type { Clock } from '#core/ports/time.ts'
import type { VisionModel, VisionRequest } from '#core/ports/vision.ts'
import { abortError } from '#core/async/abort.ts'
import type { Usage } from '#shared/caption.ts'
import { DescryError, isAbort } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import { createAnswerReader, type Answer, type AnswerForm } from './answers/answer.ts'

/** How long a request may go without a response. */
export interface Patience {
  /** Headers and first token together. */
  firstTokenMs: number
  betweenTokensMs: number
}

export interface AttemptResult {
  answer: Answer
  /** The name the server gives; the name asked for when the answer was cut short. */
  model: string
  usage: Usage | null
  /** On the clock; null when no word arrived. */
  firstWordAtMs: number | null
  /** Why the answer is incomplete: `cut-off` or `timed-out`; null when it is complete. */
  cutShortBy: DescryError | null
}

export interface AttemptListener {
  /** Clean text to append to the caption. */
  onCaption: (text: string) => void
  /** The reason given in the notice line; before the caption if the model puts it there. */
  onNotice: (notice: string) => void
  /** The server has responded: the picture has left this computer. */
  onStarted: () => void
}

/**
 * One request, from sending it to its end, with a time limit. Text that had arrived when the stream broke is a result;
 * when none had, the error is thrown. Rejects with an AbortError as soon as `signal` fires.
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
  const allowSilence = (ms: number): void => {
    cancelTimer()
    cancelTimer = clock.after(ms, () => stop.end(new DescryError('timed-out')))
  }

  const result: Omit<AttemptResult, 'answer'> = {
    model: request.model,
    usage: null,
    firstWordAtMs: null,
    cutShortBy: null
  }
  let hasNotice = false
  const pass = (caption: string, notice: string | null): void => {
    if (notice !== null && !hasNotice) listener.onNotice(notice)
    hasNotice ||= notice !== null
    if (caption === '') return
    result.firstWordAtMs ??= clock.nowMs()
    listener.onCaption(caption)
  }
  allowSilence(patience.firstTokenMs)
  const events = vision.stream(request, stop.signal)[Symbol.asyncIterator]()
  try {
    for (;;) {
      // An adapter that ignores the signal must not keep the user waiting.
      const { done, value: event } = await Promise.race([events.next(), stop.stopped])
      if (done) break
      if (event.type === 'started') listener.onStarted()
      if (event.type === 'finished') {
        Object.assign(result, { model: event.model, usage: event.usage })
        if (event.reason === 'length') result.cutShortBy = tooLong()
      }
      if (event.type === 'text') {
        allowSilence(patience.betweenTokensMs)
        pass(reader.feed(event.text), reader.notice)
        if (reader.isFull) break
      }
    }
  } catch (error) {
    if (isAbort(error) || result.firstWordAtMs === null || !leavesTextUsable(error)) throw error
    result.cutShortBy = error.code === 'timed-out' ? error : new DescryError('cut-off', { cause: error })
  } finally {
    cancelTimer()
    stop.end(new DOMException('The request has ended.', 'AbortError'))
    stop.forget()
    // Not awaited: the signal has already ended it.
    void events.return?.().catch(() => undefined)
  }
  const { rest, answer } = reader.finish()
  if (answer.isRefusal) throw new DescryError('refused')
  pass(rest, answer.notice)
  if (answer.cutBecause === 'repeating') result.cutShortBy = repeating()
  else if (answer.cutBecause === 'too-long' || reader.isFull) result.cutShortBy = tooLong()
  if (answer.caption === '') throw result.cutShortBy ?? noAnswer()
  return { ...result, answer }
}

function noAnswer(): DescryError {
  return new DescryError('bad-answer', { message: t('providers.no-answer'), next: t('providers.no-answer.next') })
}

function tooLong(): DescryError {
  return new DescryError('cut-off', {
    message: t('caption.too-long'),
    next: t('caption.too-long.next')
  })
}

function repeating(): DescryError {
  return new DescryError('cut-off', {
    message: t('caption.repeating'),
    next: t('caption.repeating.next')
  })
}

/** Errors that leave the text that has arrived usable. A refusal does not. */
function leavesTextUsable(error: unknown): error is DescryError {
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
