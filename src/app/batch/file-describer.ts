import { createDescribeService } from '../describing/describe-service.ts'
import type { ResolvedRequest } from '../describing/resolve-request.ts'
import type { Dependencies } from '../dependencies.ts'
import type { VisionModel } from '#core/ports/vision.ts'
import type { Description } from '#shared/caption.ts'
import { defaultSettings, type PrivacySettings } from '#shared/settings.ts'

/** The request settings that all pictures of a batch share. */
export interface BatchOptions extends Pick<
  ResolvedRequest,
  'detail' | 'preset' | 'question' | 'language' | 'model' | 'baseUrl' | 'firstTokenTimeoutMs'
> {
  privacy: PrivacySettings
  /** For `baseUrl`. */
  apiKey: string | null
  /** Nothing leaves this computer. */
  isOffline: boolean
}

export type BatchDependencies = Pick<
  Dependencies,
  'reader' | 'codes' | 'clock' | 'connectVision' | 'decoder' | 'sent' | 'spending'
>

/** A file of the folder being described. */
export interface LoadedFile {
  /** The name in the output. */
  name: string
  bytes: Uint8Array
}

/** Describes one file of a batch, asking this model. Errors: those of the service. */
export type DescribeFile = (file: LoadedFile, vision: VisionModel, signal: AbortSignal) => Promise<Description>

/**
 * The describe service for a batch: the journal keeps the descriptions, the batch tracks its spending, and captions are
 * not checked against OCR, which keeps the processor busy for seconds and would delay every picture.
 */
export function createFileDescriber(
  dependencies: BatchDependencies,
  { isOffline, apiKey, preset, question, privacy, ...options }: BatchOptions
): DescribeFile {
  const service = createDescribeService({
    dependencies,
    settings: () => ({ ...defaultSettings, ...privacy, ...options, fallback: null }),
    findKey: async () => apiKey,
    maySendTo: () => !isOffline,
    spending: null,
    captions: null,
    readsByDefault: false
  })
  const intent = { preset, question, checksText: false }
  return ({ name, bytes }, vision, signal) => {
    const picture = { source: name, bytes, origin: 'elsewhere', windowTitle: null, applicationName: null } as const
    return service.describe({ picture, intent }, { signal, vision })
  }
}
