import type { BatchDependencies, BatchOptions, DescribeFile } from './file-describer.ts'
import type { Journal } from './journal.ts'
import type { PictureKeys } from './picture-keys.ts'
import type { PictureFile } from './picture-list.ts'
import type { Description } from '#shared/caption.ts'
import { asDescryError, type Failure } from '#shared/errors.ts'

export type Outcome = { type: 'described'; description: Description } | { type: 'failed'; failure: Failure }

/** Passes an outcome on; resolves when it is safe on the disk. The key is that of `PictureKeys`; null for an unread file. */
export type Finish = (file: PictureFile, key: string | null, outcome: Outcome) => Promise<void>

/** What asking about each picture by itself and asking by the provider's batches have in common. */
export interface BatchWork {
  dependencies: BatchDependencies
  options: BatchOptions
  describeFile: DescribeFile
  files: PictureFile[]
  keys: PictureKeys
  /** By earlier runs, and by this one, by key. */
  described: ReadonlyMap<string, Description>
  journal: Journal
  /** Whether a request of about this price fits in the monthly limit and in that of the batch; null: the price is unknown. */
  maySpend: (estimateUsd: number | null) => boolean
  /** Why the pictures beyond that are not described. */
  overLimit: Failure
  finish: Finish
  /** A sentence about the run itself, for people. */
  onNote: (sentence: string) => void
  /** The provider takes no requests for this long. */
  onWait: (waitMs: number) => void
  /** Fires when nothing new may be asked; requests in progress are paid for, and are waited for. */
  stop: AbortSignal
  /** Fires when nothing is to be waited for either. */
  signal: AbortSignal
}

export function failed(error: unknown): Outcome {
  return { type: 'failed', failure: asDescryError(error).toFailure() }
}
