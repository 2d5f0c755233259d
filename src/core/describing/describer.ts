import { readLocalFacts } from '#core/facts/local-facts.ts'
import type { Clock, CodeReader, DecodedPicture, EncodedPicture, TextReader, VisionModel } from '#core/ports.ts'
import type { Description, Detail, LocalFacts, Preset, Timings } from '#shared/caption.ts'
import { asDescryError, DescryError, failure, isAbort, type Failure } from '#shared/errors.ts'
import { printable } from '#shared/printable.ts'
import { describeLocally } from './local-description.ts'
import { costUsd, findModel, pixelLimit, requestParameters } from './models.ts'
import { buildPrompt } from './prompts.ts'
import { abortError, attempt, untilAborted, type AttemptResult, type Patience } from './vision-attempt.ts'

export interface DescribePorts {
  /** Null when nothing may or can be sent; then `whyLocal` of the request says why. */
  vision: VisionModel | null
  reader: TextReader
  codes: CodeReader
  clock: Clock
}

export interface DescribeRequest {
  picture: DecodedPicture
  /** As the user typed it, or where the picture came from. */
  source: string
  detail: Detail
  preset: Preset | null
  question: string | null
  /** BCP 47. */
  language: string
  model: string
  /** Headers and first token; null means 20 s, or 120 s for a server on this computer. */
  firstTokenTimeoutMs: number | null
  windowTitle: string | null
  applicationName: string | null
  /** When the picture's bytes were in hand, on the clock: the start of `prepareMs` and `totalMs`. */
  receivedAtMs: number
  whyLocal: 'no-key' | 'offline' | null
}

export type DescribeEvent =
  /** At once; again when codes were found, and when the words in the picture have been read here. */
  | { type: 'facts'; facts: LocalFacts }
  /** Clean text to append to the caption. */
  | { type: 'caption'; text: string }
  | { type: 'warning'; warning: Failure }

const maxRequests = 2
const longestWaitMs = 20_000
const usualWaitMs = 1000
const firstTokenMs = { remote: 20_000, local: 120_000 }
const betweenTokensMs = 15_000
const requestHeadStartMs = 50
const withoutCodes: CodeReader = { read: () => Promise.resolve([]) }

/**
 * Describes one picture: by the model, or on this computer when it is blank, when nothing may be sent, or when the
 * provider cannot be reached. The caption of the result is all caption events together.
 *
 * Throws bad-key, no-credit, rate-limited, model-gone, timed-out, cut-off, refused, bad-answer and what the ports say
 * of the picture; an AbortError at once when `signal` fires.
 */
export async function describe(
  ports: DescribePorts,
  request: DescribeRequest,
  onEvent: (event: DescribeEvent) => void,
  signal: AbortSignal
): Promise<Description> {
  if (signal.aborted) throw abortError(signal)
  const run = new Run(ports, request, onEvent, signal)
  return run.describe()
}

/** One picture on its way: what has been sent, said and warned of so far. */
class Run {
  private readonly ports: DescribePorts
  private readonly request: DescribeRequest
  private readonly onEvent: (event: DescribeEvent) => void
  private readonly signal: AbortSignal
  private readonly startedAtMs: number
  private readonly warnings: Failure[] = []
  /** The picture as each model gets it, by the model's id. */
  private readonly encodings = new Map<string, Promise<EncodedPicture>>()
  private allFacts: Promise<LocalFacts> | null = null
  private sentAtMs: number | null = null
  private answeredAtMs: number | null = null
  private bytesSent = 0

  constructor(
    ports: DescribePorts,
    request: DescribeRequest,
    onEvent: (event: DescribeEvent) => void,
    signal: AbortSignal
  ) {
    this.ports = ports
    this.request = request
    this.onEvent = onEvent
    this.signal = signal
    this.startedAtMs = request.receivedAtMs
  }

  async describe(): Promise<Description> {
    const { vision, clock } = this.ports
    const { model, picture, whyLocal } = this.request
    if (vision !== null) void this.encode(model)
    const seen = await untilAborted(readLocalFacts(picture, withoutCodes), this.signal)
    this.onEvent({ type: 'facts', facts: seen })
    if (vision === null) this.warn(failure(whyLocal ?? 'offline'))
    if (vision === null || seen.isBlank) return this.describeHere(seen)
    try {
      await untilAborted(this.encode(model), this.signal)
      // Reading codes keeps this thread busy for a while: it begins when the request is out, not before it.
      const cancelCodes = clock.after(requestHeadStartMs, () => void this.withCodes(seen))
      const result = await this.ask(vision).finally(() => {
        cancelCodes()
        this.answeredAtMs = clock.nowMs()
      })
      return this.conclude(await this.withCodes(seen), result)
    } catch (error) {
      const isNobodyThere = error instanceof DescryError && ['provider-down', 'offline'].includes(error.code)
      if (!isNobodyThere) throw error
      this.warn(error.toFailure())
      return await this.describeHere(seen)
    }
  }

  /** The facts with the codes in the picture, which are read once. */
  private withCodes(seen: LocalFacts): Promise<LocalFacts> {
    this.allFacts ??= this.readCodes(seen)
    this.allFacts.catch(() => undefined)
    return this.allFacts
  }

  private async readCodes(seen: LocalFacts): Promise<LocalFacts> {
    // Codes are an extra: a reader that fails must not cost the rest.
    const reading = this.ports.codes.read(this.request.picture).catch(() => [])
    const codes = await untilAborted(reading, this.signal)
    if (codes.length === 0) return seen
    const facts = { ...seen, codes }
    this.onEvent({ type: 'facts', facts })
    return facts
  }

  /** At most two requests: a second one after a wait the provider asked for, or to the successor of a model that is gone. */
  private async ask(vision: VisionModel): Promise<AttemptResult> {
    let model = this.request.model
    for (let requests = 1; ; requests += 1) {
      try {
        return await this.send(vision, model)
      } catch (error) {
        if (!(error instanceof DescryError) || requests === maxRequests) throw error
        const { successor } = findModel(model)
        if (error.code === 'model-gone' && successor !== null) {
          this.warn({
            code: 'model-gone',
            message: `The model ${model} is gone; ${successor} takes over.`,
            next: `Choose ${successor} in settings.`
          })
          model = successor
        } else {
          await this.waitBeforeRetry(error)
        }
      }
    }
  }

  private async send(vision: VisionModel, modelId: string): Promise<AttemptResult> {
    const { clock } = this.ports
    const { detail, firstTokenTimeoutMs } = this.request
    const model = findModel(modelId)
    const encoded = await untilAborted(this.encode(modelId), this.signal)
    const patience: Patience = {
      firstTokenMs: firstTokenTimeoutMs ?? (vision.isLocal ? firstTokenMs.local : firstTokenMs.remote),
      betweenTokensMs
    }
    this.sentAtMs ??= clock.nowMs()
    let hasLeft = false
    const onStarted = (): void => {
      if (!hasLeft) this.bytesSent += encoded.bytes.byteLength
      hasLeft = true
    }
    try {
      return await attempt(
        vision,
        {
          model: modelId,
          parameters: requestParameters(model, detail),
          ...buildPrompt(this.request),
          turns: [],
          picture: encoded,
          imageDetail: model.imageDetail
        },
        { clock, patience, isTranscript: detail === 'text' },
        { onCaption: (text) => this.onEvent({ type: 'caption', text }), onStarted },
        this.signal
      )
    } catch (error) {
      // A silent server may well have the picture.
      if (error instanceof DescryError && error.code === 'timed-out') onStarted()
      throw error
    }
  }

  private encode(modelId: string): Promise<EncodedPicture> {
    const { picture, detail } = this.request
    const encoding = this.encodings.get(modelId) ?? picture.encode(pixelLimit(findModel(modelId), detail))
    // It may fail while nobody waits for it yet; whoever does gets the failure.
    encoding.catch(() => undefined)
    this.encodings.set(modelId, encoding)
    return encoding
  }

  /** Returns when another request makes sense; throws the failure again when it does not. */
  private async waitBeforeRetry(error: DescryError): Promise<void> {
    const waitMs = error.retryAfterMs ?? usualWaitMs
    const isPassing = error.code === 'rate-limited' || error.code === 'provider-down'
    if (!isPassing || waitMs > longestWaitMs) throw error
    // oxlint-disable-next-line promise/no-promise-in-callback -- not a callback: the clock calls back
    const { promise, resolve } = Promise.withResolvers<void>()
    const cancel = this.ports.clock.after(waitMs, resolve)
    try {
      await untilAborted(promise, this.signal)
    } finally {
      cancel()
    }
  }

  private conclude(facts: LocalFacts, result: AttemptResult): Description {
    const { answer, model, usage, brokenBy } = result
    if (brokenBy) this.warn(brokenBy.toFailure())
    return {
      ...this.basics(facts),
      caption: answer.caption,
      tags: answer.tags,
      notice: answer.notice,
      model,
      provider: this.ports.vision?.provider ?? null,
      usage,
      costUsd: costUsd(model, usage),
      offline: false,
      timings: this.timings(result.firstWordAtMs)
    }
  }

  /** On this computer alone: words by OCR, codes, kind, size; or that the picture is blank. */
  private async describeHere(seen: LocalFacts): Promise<Description> {
    const words = seen.isBlank ? null : await this.readText()
    const facts = seen.isBlank ? seen : await this.withCodes(seen)
    const known = { ...facts, text: words === '' ? null : words }
    if (known.text !== null) this.onEvent({ type: 'facts', facts: known })
    const wantsTextOnly = this.request.detail === 'text' && !seen.isBlank
    const caption = wantsTextOnly ? (known.text ?? 'No text was found.') : describeLocally({ ...facts, text: words })
    this.onEvent({ type: 'caption', text: caption })
    return {
      ...this.basics(known),
      caption,
      tags: [],
      notice: null,
      model: null,
      provider: null,
      usage: null,
      costUsd: null,
      offline: true,
      timings: this.timings(null)
    }
  }

  /** The words in the picture; null when they could not be read at all. A reader that fails takes nothing else away. */
  private async readText(): Promise<string | null> {
    try {
      const { text } = await untilAborted(this.ports.reader.read(this.request.picture, this.signal), this.signal)
      return printable(text).trim()
    } catch (error) {
      if (isAbort(error)) throw error
      this.warn(asDescryError(error).toFailure())
      return null
    }
  }

  private warn(warning: Failure): void {
    this.warnings.push(warning)
    this.onEvent({ type: 'warning', warning })
  }

  private basics(facts: LocalFacts) {
    const { picture, source } = this.request
    return {
      source,
      width: picture.width,
      height: picture.height,
      mime: picture.mime,
      sha256: picture.sha256,
      text: facts.text,
      codes: facts.codes,
      unconfirmed: [],
      cached: false,
      warnings: this.warnings,
      bytesSent: this.bytesSent
    }
  }

  private timings(firstWordAtMs: number | null): Timings {
    const nowMs = this.ports.clock.nowMs()
    const sentAtMs = this.sentAtMs ?? nowMs
    return {
      prepareMs: Math.round(sentAtMs - this.startedAtMs),
      requestMs: Math.round((this.answeredAtMs ?? sentAtMs) - sentAtMs),
      firstTokenMs: firstWordAtMs === null ? null : Math.round(firstWordAtMs - sentAtMs),
      totalMs: Math.round(nowMs - this.startedAtMs)
    }
  }
}
