import type { Clock } from '#core/ports/time.ts'
import type { DecodedPicture, EncodedPicture } from '#core/ports/pictures.ts'
import { pause, untilAborted } from '#core/async/abort.ts'
import type { Detail, Timings } from '#shared/caption.ts'
import { DescryError, type Failure } from '#shared/errors.ts'
import type { PrivateCount } from '#shared/privacy.ts'
import { t } from '#shared/messages/messages.ts'
import type { AnswerForm } from './answers/answer.ts'
import type { Choice } from './models/fallback.ts'
import { findModel, imageDetail, pixelLimit, requestParameters } from './models/models.ts'
import type { Prompt } from './prompts/prompts.ts'
import { providerOf } from './models/providers.ts'
import { attempt, type AttemptResult, type Patience } from './vision-attempt.ts'

const maxRequests = 2
const longestWaitMs = 20_000
const usualWaitMs = 1000
const firstTokenMs = { remote: 20_000, local: 120_000 }
const betweenTokensMs = 15_000

export interface InquiryOptions {
  picture: DecodedPicture
  detail: Detail
  /** As many pixels as the model uses, whatever the detail. */
  isFullResolution: boolean
  /** Headers and first token; null means 20 s, or 120 s for a server on this computer. */
  firstTokenTimeoutMs: number | null
}

export interface InquiryListener {
  onCaption: (text: string) => void
  /** Called once, as soon as it is certain. */
  onNotice: (notice: string) => void
  onWarning: (warning: Failure) => void
}

/** Asks about one picture: encodes it for each model, decides when a second request makes sense, and counts what was sent. */
export class Inquiry {
  private readonly clock: Clock
  private picture: DecodedPicture
  private hidden: readonly PrivateCount[] = []
  private readonly options: InquiryOptions
  private readonly listener: InquiryListener
  private readonly signal: AbortSignal
  /** By the model's id. */
  private readonly encodings = new Map<string, Promise<EncodedPicture>>()
  private sentAtMs: number | null = null
  private answeredAtMs: number | null = null
  /** Bytes of pictures that left the computer. */
  bytesSent = 0

  constructor(clock: Clock, options: InquiryOptions, listener: InquiryListener, signal: AbortSignal) {
    this.clock = clock
    this.picture = options.picture
    this.options = options
    this.listener = listener
    this.signal = signal
  }

  /** At most two requests: a second one after a wait the provider asked for, or to the successor of a model that is gone. */
  async ask(choice: Choice, prompt: Prompt, form: AnswerForm): Promise<AttemptResult> {
    let model = choice.model
    try {
      for (let requests = 1; ; requests += 1) {
        try {
          return await this.send({ ...choice, model }, prompt, form)
        } catch (error) {
          if (!(error instanceof DescryError) || requests === maxRequests) throw error
          const { successor } = findModel(model)
          if (error.code === 'model-gone' && successor !== null) {
            this.listener.onWarning({
              code: 'model-gone',
              message: t('caption.model-replaced', { model, successor }),
              next: t('caption.model-replaced.next', { successor })
            })
            model = successor
          } else {
            await this.waitBeforeRetry(error)
          }
        }
      }
    } finally {
      this.answeredAtMs = this.clock.nowMs()
    }
  }

  /** From now on, this picture is sent, in which boxes cover `hidden`. */
  use(picture: DecodedPicture, hidden: readonly PrivateCount[]): void {
    this.hidden = hidden
    if (picture === this.picture) return
    this.picture = picture
    this.encodings.clear()
  }

  /** The picture as this model gets it; begun at the first call. */
  async encode(modelId: string): Promise<EncodedPicture> {
    const { detail, isFullResolution } = this.options
    const limit = pixelLimit(findModel(modelId), isFullResolution ? 'standard' : detail)
    const encoding = this.encodings.get(modelId) ?? this.picture.encode(limit)
    // It may fail while nothing waits for it yet; what waits for it later gets the error.
    encoding.catch(() => undefined)
    this.encodings.set(modelId, encoding)
    return untilAborted(encoding, this.signal)
  }

  private async send(choice: Choice, prompt: Prompt, form: AnswerForm): Promise<AttemptResult> {
    const { detail, firstTokenTimeoutMs } = this.options
    const { vision } = choice
    const model = findModel(choice.model)
    const provider = providerOf(choice.baseUrl)
    const picture = await this.encode(choice.model)
    const patience: Patience = {
      firstTokenMs: firstTokenTimeoutMs ?? (vision.isLocal ? firstTokenMs.local : firstTokenMs.remote),
      betweenTokensMs
    }
    this.sentAtMs ??= this.clock.nowMs()
    let wasSent = false
    // Counted each time: a server that refuses a parameter has received the picture, and gets it again.
    const onStarted = (): void => {
      this.bytesSent += picture.bytes.byteLength
      wasSent = true
    }
    try {
      return await attempt(
        vision,
        {
          model: choice.model,
          parameters: requestParameters(model, detail, provider),
          ...prompt,
          picture,
          imageDetail: imageDetail(model, provider),
          hidden: this.hidden
        },
        { clock: this.clock, patience, form },
        { onCaption: this.listener.onCaption, onNotice: this.listener.onNotice, onStarted },
        this.signal
      )
    } catch (error) {
      // A server that does not respond may have received the picture.
      if (error instanceof DescryError && error.code === 'timed-out' && !wasSent) onStarted()
      throw error
    }
  }

  /** Resolves when another request makes sense; throws the error again when none does. */
  private async waitBeforeRetry(error: DescryError): Promise<void> {
    const waitMs = error.retryAfterMs ?? usualWaitMs
    const isPassing = error.code === 'rate-limited' || error.code === 'provider-down'
    if (!isPassing || waitMs > longestWaitMs) throw error
    await pause(this.clock, waitMs, this.signal)
  }

  timings(receivedAtMs: number, firstWordAtMs: number | null): Timings {
    const nowMs = this.clock.nowMs()
    const sentAtMs = this.sentAtMs ?? nowMs
    return {
      prepareMs: Math.round(sentAtMs - receivedAtMs),
      requestMs: Math.round((this.answeredAtMs ?? sentAtMs) - sentAtMs),
      firstTokenMs: firstWordAtMs === null ? null : Math.round(firstWordAtMs - sentAtMs),
      totalMs: Math.round(nowMs - receivedAtMs)
    }
  }
}
