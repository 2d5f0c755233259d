import type { PictureFile } from './picture-list.ts'
import type { BatchOptions, BatchDependencies } from './terms.ts'
import { describePicture, plainOptions } from '../captions/picture-describer.ts'
import type { VisionModel } from '#core/ports/vision.ts'
import type { Description } from '#shared/caption.ts'

/**
 * One picture of a batch through the describer. What it says is not held against OCR: that takes seconds of both cores
 * for each picture, and a batch would wait for it instead of the provider.
 */
export async function describeFile(
  dependencies: BatchDependencies,
  vision: VisionModel,
  { file, bytes }: { file: PictureFile; bytes: Uint8Array },
  { isOffline, ...options }: BatchOptions,
  signal: AbortSignal
): Promise<Description> {
  const receivedAtMs = dependencies.clock.nowMs()
  return describePicture(
    { ...dependencies, connectVision: () => vision },
    await dependencies.decoder.decode(bytes),
    file.name,
    { ...plainOptions, ...options, checksText: false, whyLocal: isOffline ? 'offline' : null, receivedAtMs },
    () => undefined,
    signal
  )
}
