import type { ReadText } from '#core/ports/pictures.ts'
import type { VisionModel } from '#core/ports/vision.ts'
import { abortError, untilAborted } from '#core/async/abort.ts'
import type { Description } from '#shared/caption.ts'
import { asDescryError, DescryError, failure, type Failure } from '#shared/errors.ts'
import { hasClaims } from '#core/grounding/claims.ts'
import { checkGrounding } from '#core/grounding/grounding.ts'
import type { AnswerForm } from './answers/answer.ts'
import { createClaimGate, type ClaimGate } from './claim-gate.ts'
import { askInTurn, type Asked, type Choice } from './models/fallback.ts'
import type { DescribeEvent, DescribePorts, DescriberRequest } from './describer-request.ts'
import { Inquiry } from './inquiry.ts'
import { LocalSight } from './local-sight.ts'
import { costUsd } from './models/models.ts'
import { presetFor } from './prompts/presets.ts'
import { providerOf } from './models/providers.ts'
import { buildPrompt, isInSteps, isOneSentence, isTranscript, needsText, type Prompt } from './prompts/prompts.ts'
import { PrivacyCheck, type Sendable } from './privacy-check.ts'
import type { AttemptResult } from './vision-attempt.ts'
import { languageName } from '#shared/messages/formats.ts'
import { t } from '#shared/messages/messages.ts'

/** OCR and code reading start this long after the request, because they keep this thread busy. */
const requestHeadStartMs = 50
/** How long OCR may hold up a prompt that contains its text, or a complete answer that is to be checked. */
const textPatienceMs = 3000

/**
 * Describes one picture: by the model, or on this computer when it is blank, when nothing may be sent, or when the
 * provider cannot be reached. The caption of the result is all caption events together, without thoughts that the model
 * did not announce.
 *
 * Errors: bad-key, no-credit, rate-limited, model-gone, timed-out, cut-off, refused, bad-answer, and those of the ports; an
 * AbortError at once when `signal` fires.
 */
export async function describe(
  ports: DescribePorts,
  request: DescriberRequest,
  onEvent: (event: DescribeEvent) => void,
  signal: AbortSignal
): Promise<Description> {
  if (signal.aborted) throw abortError(signal)
  const run = new Run(ports, request, onEvent, signal)
  return run.describe()
}

const missingWarnings = {
  pixels: (): Failure => ({
    code: 'bad-image',
    message: t('pictures.incomplete'),
    next: t('pictures.incomplete.next')
  }),
  'linked-pictures': (): Failure => ({
    code: 'bad-image',
    message: t('pictures.linked-missing'),
    next: t('pictures.linked-missing.next')
  })
}

/** The description of one picture. */
class Run {
  private readonly ports: DescribePorts
  private readonly request: DescriberRequest
  private readonly onEvent: (event: DescribeEvent) => void
  private readonly sight: LocalSight
  private readonly inquiry: Inquiry
  private readonly signal: AbortSignal
  private readonly warnings: Failure[] = []
  /** Null when nothing is checked. */
  private readonly gate: ClaimGate | null
  private readonly privacyCheck: PrivacyCheck

  constructor(
    ports: DescribePorts,
    request: DescriberRequest,
    onEvent: (event: DescribeEvent) => void,
    signal: AbortSignal
  ) {
    this.ports = ports
    this.request = request
    this.onEvent = onEvent
    this.signal = signal
    this.gate = request.checksText
      ? createClaimGate(ports.clock, request.language, (text) => onEvent({ type: 'caption', text }))
      : null
    const { picture, detail, question, part, firstTokenTimeoutMs } = request
    this.sight = new LocalSight(ports, request, (facts) => onEvent({ type: 'facts', facts }), signal)
    this.privacyCheck = new PrivacyCheck(ports, request, this.sight, onEvent, signal)
    this.inquiry = new Inquiry(
      ports.clock,
      // What a question is about may be small, however short the answer is to be.
      { picture, detail, isFullResolution: part !== null || question !== null, firstTokenTimeoutMs },
      {
        onCaption: (text) => (this.gate ? this.gate.push(text) : onEvent({ type: 'caption', text })),
        onNotice: (notice) => onEvent({ type: 'notice', notice }),
        onWarning: (warning) => this.warn(warning)
      },
      signal
    )
  }

  async describe(): Promise<Description> {
    try {
      return await this.describeBest()
    } finally {
      this.sight.close()
    }
  }

  private async describeBest(): Promise<Description> {
    const { vision } = this.ports
    const { missing } = this.request.picture
    if (missing !== null) this.warn(missingWarnings[missing]())
    // Both run on other threads while this one looks at the pixels.
    if (vision !== null) void this.inquiry.encode(this.request.model).catch(() => undefined)
    if (this.mayBePackage) void this.sight.findCodes()
    const { isBlank } = await this.sight.look()
    const { whyLocal } = this.request
    if (vision === null && whyLocal !== 'asked') this.warn(failure(whyLocal ?? 'offline'))
    if (vision === null || isBlank) return this.describeHere()
    try {
      const { choice, result } = await this.ask(vision)
      if (result.cutShortBy) this.warn(result.cutShortBy.toFailure())
      await this.gate?.drained()
      const read = this.gate ? await this.readToCheck(this.gate, result.answer.caption) : null
      await this.sight.findCodes()
      return this.conclude(choice, result, read)
    } catch (error) {
      if (!(error instanceof DescryError) || !this.isDescribedHereAfter(error)) throw error
      this.warn(error.toFailure())
      return await this.describeHere()
    }
  }

  private isDescribedHereAfter({ code }: DescryError): boolean {
    return (code === 'private' && this.privacyCheck.isKeptHere) || code === 'provider-down' || code === 'offline'
  }

  /** A package is recognized by its bar code, before the preset is chosen. Packages are photographed. */
  private get mayBePackage(): boolean {
    return this.request.preset === null && this.request.origin !== 'screen'
  }

  /** The text in the picture; null when it comes too late, or when the caption claims nothing. */
  private async readToCheck(gate: ClaimGate, caption: string): Promise<ReadText | null> {
    if (!gate.isOpen && !hasClaims(caption, this.request.language)) return null
    if (!gate.isOpen) this.onEvent({ type: 'answered' })
    return this.sight.textWithin(textPatienceMs)
  }

  /** The prompt. What it needs to know about the picture is found first, while the picture is being encoded. */
  private async prepare(choice: Choice, { picture, hidden, mask }: Sendable): Promise<Prompt> {
    const { request, sight } = this
    const masked = (text: string | null): string | null => (text === null ? null : mask(text))
    this.inquiry.use(picture, hidden)
    if (this.mayBePackage && sight.known().kind === 'photo') await sight.findCodes()
    const isTextWanted = needsText(request) && request.knownText === null
    const read = isTextWanted ? await sight.textWithin(textPatienceMs) : null
    await this.inquiry.encode(choice.model)
    return buildPrompt({
      ...request,
      windowTitle: masked(request.windowTitle),
      earlier: request.earlier.map((turn) => ({ ...turn, answer: mask(turn.answer) })),
      isPartlyHidden: hidden.length > 0,
      probablePreset: request.preset === null ? presetFor(sight.known(), request.origin) : null,
      text: masked(request.knownText ?? read?.text ?? null)
    })
  }

  private async ask(vision: VisionModel): Promise<Asked<AttemptResult>> {
    const { model, baseUrl, fallback } = this.request
    return askInTurn(
      { vision, model, baseUrl },
      // The keychain may wait for its user, who may stop.
      fallback && { ...fallback, connect: () => untilAborted(fallback.connect(), this.signal) },
      (choice) => this.askOne(choice),
      (warning, isUrgent) => this.warn(warning, isUrgent)
    )
  }

  private async askOne(choice: Choice): Promise<AttemptResult> {
    const prompt = await this.prepare(choice, await this.privacyCheck.clearFor(choice))
    const cancel = this.ports.clock.after(requestHeadStartMs, () => {
      void this.sight.findCodes()
      if (this.gate)
        this.sight.readText().then(
          () => this.gate?.open(),
          () => this.gate?.open()
        )
    })
    try {
      return await this.inquiry.ask(choice, prompt, formOf(this.request))
    } finally {
      cancel()
    }
  }

  /** @param read the text in the picture with its places, if it was needed and came in time. */
  private conclude(choice: Choice, result: AttemptResult, read: ReadText | null): Description {
    const { answer, model, usage } = result
    return {
      ...this.basics(),
      caption: answer.caption,
      steps: answer.steps,
      tags: answer.tags,
      notice: answer.notice,
      model,
      ...this.check(answer.caption, read),
      provider: choice.vision.provider,
      usage,
      costUsd: providerOf(choice.baseUrl).isLocal ? 0 : costUsd(model, usage),
      offline: false,
      timings: this.inquiry.timings(this.request.receivedAtMs, result.firstWordAtMs)
    }
  }

  /** Checks the caption against what was read on this computer. */
  private check(caption: string, read: ReadText | null): Pick<Description, 'unconfirmed' | 'isTextUnchecked'> {
    const { knownText, language } = this.request
    if (!this.gate) return { unconfirmed: [], isTextUnchecked: false }
    if (read === null && knownText === null) return { unconfirmed: [], isTextUnchecked: hasClaims(caption, language) }
    const { codes } = this.sight.known()
    const found = checkGrounding({ caption, read: read ?? { text: '', words: [] }, codes, language, knownText })
    return {
      unconfirmed: found.unconfirmed.map((one, index) => ({ ...one, nearest: found.nearest[index] ?? null })),
      isTextUnchecked: found.isTextUnchecked
    }
  }

  private async describeHere(): Promise<Description> {
    const caption = await this.sight.describe(this.request, {
      onUnreadable: (error) => this.warn(asDescryError(error).toFailure()),
      onUnreadLanguage: (tag) => this.warn(languageNotRead(tag))
    })
    this.onEvent({ type: 'caption', text: caption })
    return {
      ...this.basics(),
      caption,
      steps: [],
      tags: [],
      notice: null,
      model: null,
      provider: null,
      usage: null,
      costUsd: null,
      offline: true,
      timings: this.inquiry.timings(this.request.receivedAtMs, null)
    }
  }

  private warn(warning: Failure, isUrgent?: boolean): void {
    this.warnings.push(warning)
    this.onEvent({ type: 'warning', warning, isUrgent })
  }

  private basics() {
    const { picture, source } = this.request
    const { text, codes } = this.privacyCheck.shown(this.sight.known())
    return {
      source,
      width: picture.width,
      height: picture.height,
      mime: picture.mime,
      sha256: picture.sha256,
      text,
      codes,
      unconfirmed: [],
      isTextUnchecked: false,
      privacy: this.privacyCheck.result,
      cached: false,
      warnings: this.warnings,
      bytesSent: this.inquiry.bytesSent
    }
  }
}

function languageNotRead(tag: string): Failure {
  const language = languageName(tag)
  return {
    code: 'unsupported',
    message: t('pictures.language-not-read', { language }),
    next: t('pictures.language-not-read.next', { tag })
  }
}

function formOf(request: DescriberRequest): AnswerForm {
  if (isTranscript(request)) return 'transcript'
  if (isInSteps(request)) return 'steps'
  return isOneSentence(request) ? 'brief' : 'caption'
}
