import { join } from 'node:path'
import { runBatch, sortFiles } from '#app/batch/batch.ts'
import type { BatchDependencies, BatchOptions } from '#app/batch/file-describer.ts'
import { openJournal } from '#app/batch/journal.ts'
import { createPictureKeys } from '#app/batch/picture-keys.ts'
import { listPictures } from '#app/batch/picture-list.ts'
import type { ProviderBatches } from '#app/batch/submit.ts'
import type { Outcome } from '#app/batch/types.ts'
import { failure } from '#shared/errors.ts'
import { defaultSettings } from '#shared/settings.ts'

const never = new AbortController().signal

export interface FolderBatch {
  /** The folder of the pictures. */
  folder: string
  /** Default: beside the pictures. */
  journal?: string
  baseUrl: string
  /** Where they differ from a standard description in English whose pictures are not checked. */
  options?: Partial<BatchOptions>
  providerBatches?: ProviderBatches | null
  maySpend?: (estimateUsd: number | null) => boolean
  onNote?: (note: string) => void
}

/** Describes a folder as `descry batch` does, in this process. */
export async function describeFolder(
  dependencies: BatchDependencies,
  {
    folder,
    journal: path = join(folder, 'list.journal'),
    baseUrl,
    options: changed = {},
    providerBatches = null,
    maySpend = () => true,
    onNote = () => undefined
  }: FolderBatch
): Promise<Outcome[]> {
  const options: BatchOptions = {
    detail: 'standard',
    preset: null,
    question: null,
    language: 'en',
    model: 'gpt-4o-mini',
    baseUrl,
    apiKey: null,
    isOffline: false,
    firstTokenTimeoutMs: null,
    privacy: { ...defaultSettings, privacyCheck: false },
    ...changed
  }
  const journal = await openJournal(path)
  try {
    const { files } = await listPictures(folder, { isRecursive: false }, never)
    const keys = createPictureKeys(options, journal)
    return await runBatch(dependencies, {
      sorted: await sortFiles(files, journal, keys, null, never),
      options,
      keys,
      journal,
      maySpend,
      overLimit: failure('over-limit'),
      providerBatches,
      altText: null,
      onFinished: () => undefined,
      onNote,
      onWait: () => undefined,
      stop: never,
      signal: never
    })
  } finally {
    await journal.close()
  }
}
