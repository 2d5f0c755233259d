import { createHash } from 'node:crypto'
import type { PictureFile } from './picture-list.ts'
import type { Parts } from '../parts.ts'
import type { DescribeOptions } from '../picture-describer.ts'
import type { Description } from '#shared/caption.ts'
import type { Failure } from '#shared/errors.ts'

/** How all pictures of a batch are asked about. */
export interface BatchOptions extends Pick<
  DescribeOptions,
  'detail' | 'preset' | 'question' | 'language' | 'model' | 'baseUrl' | 'apiKey' | 'firstTokenTimeoutMs'
> {
  /** Nothing leaves the computer. */
  isOffline: boolean
}

export type BatchParts = Pick<Parts, 'reader' | 'codes' | 'clock' | 'connectVision' | 'decoder' | 'spending'>

export type Outcome = { type: 'described'; description: Description } | { type: 'failed'; failure: Failure }

/** Hands an outcome on; resolves when it is safe on the disk. */
export type Finish = (file: PictureFile, outcome: Outcome) => Promise<void>

/** The same picture, as long as its file is not touched, asked about in the same way. */
export function pictureKey(file: PictureFile, options: BatchOptions): string {
  const { question, detail, preset, model, language, baseUrl, isOffline } = options
  const asked = [file.name, file.bytes, file.modifiedMs, question, detail, preset, model, language, baseUrl, isOffline]
  return createHash('sha256').update(JSON.stringify(asked)).digest('hex').slice(0, 40)
}
