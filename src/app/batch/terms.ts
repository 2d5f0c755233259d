import type { Journal } from './journal.ts'
import type { PictureKeys } from './picture-keys.ts'
import type { PictureFile } from './picture-list.ts'
import type { Dependencies } from '../dependencies.ts'
import type { DescribeOptions } from '../captions/picture-describer.ts'
import type { Description } from '#shared/caption.ts'
import { asDescryError, type Failure } from '#shared/errors.ts'

/** How all pictures of a batch are asked about. */
export interface BatchOptions extends Pick<
  DescribeOptions,
  'detail' | 'preset' | 'question' | 'language' | 'model' | 'baseUrl' | 'apiKey' | 'firstTokenTimeoutMs'
> {
  /** Nothing leaves the computer. */
  isOffline: boolean
}

export type BatchDependencies = Pick<
  Dependencies,
  'reader' | 'codes' | 'clock' | 'connectVision' | 'decoder' | 'spending'
>

export type Outcome = { type: 'described'; description: Description } | { type: 'failed'; failure: Failure }

/**
 * Hands an outcome on; resolves when it is safe on the disk. The key is that of `PictureKeys`; null of what was not read.
 */
export type Finish = (file: PictureFile, key: string | null, outcome: Outcome) => Promise<void>

/** What two ways of asking share. */
export interface Asking {
  files: PictureFile[]
  options: BatchOptions
  keys: PictureKeys
  /** By earlier runs, and by this one, by key. */
  described: ReadonlyMap<string, Description>
  journal: Journal
  /** Whether what will cost about this much fits in the month's limit and in that of the batch; null where nobody knows. */
  maySpend: (estimateUsd: number | null) => boolean
  /** What is said of the pictures beyond it. */
  overLimit: Failure
  finish: Finish
  /** What people should hear about the run itself. */
  onNote: (sentence: string) => void
  /** The provider wants nothing for so long. */
  onWait: (waitMs: number) => void
  /** Fires when nothing new is to be asked; what is under way is paid for, and is waited for. */
  stop: AbortSignal
  /** Fires when nothing is to be waited for either. */
  signal: AbortSignal
}

export function failed(error: unknown): Outcome {
  return { type: 'failed', failure: asDescryError(error).toFailure() }
}
