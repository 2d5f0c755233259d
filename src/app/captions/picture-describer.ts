import { needsKey } from '../keys.ts'
import type { Dependencies } from '../dependencies.ts'
import { describe, type DescribeEvent, type DescribeRequest } from '#core/describing/describer.ts'
import type { DecodedPicture } from '#core/ports/pictures.ts'
import type { Description } from '#shared/caption.ts'

/** Everything about a request but the picture itself. */
export interface DescribeOptions extends Omit<DescribeRequest, 'picture' | 'source'> {
  /** The key for baseUrl; whoever calls has looked it up for exactly this address. */
  apiKey: string | null
}

/** What a request holds that nobody asked for otherwise. */
export const plainOptions = {
  preset: null,
  origin: 'elsewhere',
  question: null,
  earlier: [],
  part: null,
  knownText: null,
  checksText: true,
  fallback: null,
  windowTitle: null,
  applicationName: null,
  whyLocal: null
} as const satisfies Partial<DescribeOptions>

/** One decoded picture through the describer, by the model behind `baseUrl` or locally where that may not be asked. */
export function describePicture(
  dependencies: Pick<Dependencies, 'reader' | 'codes' | 'clock' | 'connectVision'>,
  picture: DecodedPicture,
  source: string,
  options: DescribeOptions,
  onEvent: (event: DescribeEvent) => void,
  signal: AbortSignal
): Promise<Description> {
  const { apiKey, ...request } = options
  const whyLocal = request.whyLocal ?? (apiKey === null && needsKey(request.baseUrl) ? 'no-key' : null)
  const vision = whyLocal === null ? dependencies.connectVision(request.baseUrl, apiKey) : null
  return describe(
    { vision, reader: dependencies.reader, codes: dependencies.codes, clock: dependencies.clock },
    { picture, source, ...request, whyLocal },
    onEvent,
    signal
  )
}
