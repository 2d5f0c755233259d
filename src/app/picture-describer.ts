import { needsKey } from './keys.ts'
import type { Parts } from './parts.ts'
import { describe, type DescribeEvent } from '#core/describing/describer.ts'
import type { DecodedPicture } from '#core/ports.ts'
import type { Description, Detail, Preset } from '#shared/caption.ts'

export interface DescribeOptions {
  detail: Detail
  preset: Preset | null
  question: string | null
  /** BCP 47. */
  language: string
  model: string
  baseUrl: string
  /** The key for baseUrl; whoever calls has looked it up for exactly this address. */
  apiKey: string | null
  /** Nothing may leave the computer: the user said so, or has not allowed sending yet. */
  isOffline: boolean
  firstTokenTimeoutMs: number | null
  windowTitle: string | null
  applicationName: string | null
  /** When the picture's bytes were in hand, on the parts' clock. */
  receivedAtMs: number
}

/** One decoded picture through the describer, by the model behind `baseUrl` or locally where that may not be asked. */
export function describePicture(
  parts: Pick<Parts, 'reader' | 'codes' | 'clock' | 'connectVision'>,
  picture: DecodedPicture,
  source: string,
  options: DescribeOptions,
  onEvent: (event: DescribeEvent) => void,
  signal: AbortSignal
): Promise<Description> {
  const { baseUrl, apiKey, isOffline, ...request } = options
  const whyLocal = isOffline ? 'offline' : apiKey === null && needsKey(baseUrl) ? 'no-key' : null
  const vision = whyLocal === null ? parts.connectVision(baseUrl, apiKey) : null
  return describe(
    { vision, reader: parts.reader, codes: parts.codes, clock: parts.clock },
    {
      picture,
      source,
      origin: 'elsewhere',
      earlier: [],
      part: null,
      knownText: null,
      checksText: false,
      ...request,
      whyLocal
    },
    onEvent,
    signal
  )
}

/** The caption's language when the user chose none: the system's. */
export function systemLanguage(): string {
  return Intl.DateTimeFormat().resolvedOptions().locale
}
