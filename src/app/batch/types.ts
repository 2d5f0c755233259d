import type { BatchDependencies, BatchOptions, DescribeFile } from './file-describer.ts'
import type { Journal } from './journal.ts'
import type { PictureKeys } from './picture-keys.ts'
import type { PictureFile } from './picture-list.ts'
import type { Description } from '#shared/caption.ts'
import { asDescryError, type Failure } from '#shared/errors.ts'

export type Outcome = { type: 'described'; description: Description } | { type: 'failed'; failure: Failure }

/** Passes an outcome on; resolves when it is safe on disk. The key is from `PictureKeys`; null for an unread file. */
export type Finish = (file: PictureFile, key: string | null, outcome: Outcome) => Promise<void>

/** What single requests and the provider's batches have in common. */
export interface BatchWork {
  dependencies: BatchDependencies
  options: BatchOptions
  describeFile: DescribeFile
  files: PictureFile[]
  keys: PictureKeys
  /** By earlier runs, and by this one, by key. */
  described: ReadonlyMap<string, Description>
  journal: Journal
  /** Whether a request at about this price fits within the monthly limit and the batch's own; null: price unknown. */
  maySpend: (estimateUsd: number | null) => boolean
  /** Why the pictures beyond those limits are not described. */
  overLimit: Failure
  finish: Finish
  /** Shows a sentence about the run itself. */
  onNote: (sentence: string) => void
  /** The provider accepts no requests for this long. */
  onWait: (waitMs: number) => void
  /** Fires when no new requests may be sent. Requests in progress are paid for, so they are still awaited. */
  stop: AbortSignal
  /** Fires when requests in progress are no longer awaited either. */
  signal: AbortSignal
}

export function failed(error: unknown): Outcome {
  return { type: 'failed', failure: asDescryError(error).toFailure() }
}
