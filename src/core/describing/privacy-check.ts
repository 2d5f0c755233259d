import type { DecodedPicture } from '#core/ports/pictures.ts'
import { clearToSend, type Clearance } from '#core/privacy/gate.ts'
import { createMask } from '#core/privacy/masking.ts'
import type { LocalFacts } from '#shared/caption.ts'
import { DescryError } from '#shared/errors.ts'
import { unchecked, type Privacy, type PrivacyRules } from '#shared/privacy-rules.ts'
import type { PrivateCount } from '#shared/privacy.ts'
import type { DescribeEvent, DescribePorts, DescriberRequest } from './describer-request.ts'
import type { LocalSight } from './local-sight.ts'
import type { Choice } from './models/fallback.ts'

/** What may be sent to a model about a picture. */
export interface Sendable {
  picture: DecodedPicture
  /** What boxes cover in it. */
  hidden: readonly PrivateCount[]
  /** A text about the picture, without what was hidden. */
  mask: (text: string) => string
}

/** The check for private things before the picture of a request is sent. It runs once, when it is first needed. */
export class PrivacyCheck {
  private readonly ports: DescribePorts
  private readonly request: DescriberRequest
  private readonly sight: LocalSight
  private readonly onEvent: (event: DescribeEvent) => void
  private readonly signal: AbortSignal
  private clearing: Promise<Clearance> | null = null
  private clearance: Clearance | null = null

  constructor(
    ports: DescribePorts,
    request: DescriberRequest,
    sight: LocalSight,
    onEvent: (event: DescribeEvent) => void,
    signal: AbortSignal
  ) {
    this.ports = ports
    this.request = request
    this.sight = sight
    this.onEvent = onEvent
    this.signal = signal
  }

  /** What may be sent to this model. Errors: private (nothing). */
  async clearFor({ vision }: Choice): Promise<Sendable> {
    const { privacy: rules, picture, part } = this.request
    if (rules === null || (vision.isLocal && !rules.checksLocalProviders))
      return { picture, hidden: [], mask: (text) => text }
    this.clearing ??= this.clear(rules)
    const clearance = await this.clearing
    if (!clearance.isCleared) {
      const { code, ...words } = clearance.failure
      throw new DescryError(code, words)
    }
    const { hidden } = clearance
    return {
      picture:
        hidden.length === 0 ? picture : part === null ? clearance.picture : await clearance.picture.part(part.area),
      hidden: clearance.privacy.hidden,
      mask: createMask(rules, hidden)
    }
  }

  private async clear(rules: PrivacyRules): Promise<Clearance> {
    const { picture, part, knownText, language, mayAsk, windowTitle, applicationName, passwordFields } = this.request
    const { reader, codes, clock } = this.ports
    const { sight, signal } = this
    // What makes a number private may stand outside the part.
    const whole = part?.whole ?? picture
    this.clearance = await clearToSend(
      {
        picture: whole,
        area: part?.area ?? null,
        window: { windowTitle, applicationName },
        passwordFields: passwordFields.map(({ x, y, width, height }) => ({
          x: x * whole.width,
          y: y * whole.height,
          width: width * whole.width,
          height: height * whole.height
        })),
        rules,
        knownText,
        languages: [language],
        mayAsk,
        readText: () => (part === null ? sight.readText() : reader.read(whole, signal, [language])),
        readCodes: () => (part === null ? sight.placeCodes() : codes.read(whole)),
        reader,
        codes,
        clock,
        onSlow: () => this.onEvent({ type: 'checking' })
      },
      signal
    )
    this.onEvent({ type: 'privacy', privacy: this.clearance.privacy })
    return this.clearance
  }

  /** What was found and done so far. */
  get result(): Privacy {
    return this.clearance?.privacy ?? unchecked
  }

  /** Nothing may be sent, and the user hears what this computer finds by itself. */
  get isKeptHere(): boolean {
    return this.clearance?.isCleared === false && !this.clearance.isAsking
  }

  /** Text and codes for the description, which is saved: without what was hidden. */
  shown({ text, codes }: Pick<LocalFacts, 'text' | 'codes'>): Pick<LocalFacts, 'text' | 'codes'> {
    const { clearance } = this
    const { privacy: rules } = this.request
    if (rules === null || !clearance?.isCleared || clearance.hidden.length === 0) return { text, codes }
    const hiddenCodes = new Set(clearance.hidden.filter(({ isCode }) => isCode).map((one) => one.text))
    return {
      text: text === null ? null : createMask(rules, clearance.hidden)(text),
      codes: codes.filter((code) => !hiddenCodes.has(code.text))
    }
  }
}
