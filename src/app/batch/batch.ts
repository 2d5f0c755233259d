import { stat } from 'node:fs/promises'
import { describeLive, type AnswerNotes } from './live-answers.ts'
import { createFileDescriber, type BatchDependencies } from './file-describer.ts'
import { describedEntry, inProgress, uncollected, type Journal } from './journal.ts'
import type { PictureKeys } from './picture-keys.ts'
import type { PictureFile } from './picture-list.ts'
import { describeByProviderBatch } from './provider-batch.ts'
import type { ProviderBatches } from './submit.ts'
import { failed, type BatchWork, type Finish, type Outcome } from './types.ts'
import { readPictureFile } from '#adapters/pictures/picture-file.ts'
import type { VisionEvent } from '#core/ports/vision.ts'
import type { Description } from '#shared/caption.ts'
import { unchecked } from '#shared/privacy-rules.ts'
import { asDescryError, DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import { printableLine } from '#shared/printable.ts'

/** Writes alt text into the pictures themselves. */
export interface AltTextFiles {
  /** Errors: unsupported, no-permission. False if the file already has a different alt text, which is kept. */
  write(path: string, altText: string): Promise<boolean>
  read(path: string): Promise<string | null>
}

/** What earlier runs have described of a folder, and what is left to do. */
export interface SortedFiles {
  files: PictureFile[]
  /** By earlier runs, and by this one, by key. */
  described: Map<string, Description>
  /** The files that need no request, with their keys. */
  done: Map<PictureFile, string>
  open: PictureFile[]
  /** How many of the open files had a request in progress when an earlier run ended: they may be charged again. */
  lostAnswers: number
}

export interface BatchRun extends Omit<BatchWork, 'dependencies' | 'describeFile' | 'files' | 'described' | 'finish'> {
  sorted: SortedFiles
  /** Null: one request per picture. */
  providerBatches: ProviderBatches | null
  /** Null: the picture files are not changed. */
  altText: AltTextFiles | null
  /** Called once for each picture, in the order they finish. */
  onFinished: (file: PictureFile, outcome: Outcome, isFromEarlier: boolean) => void
}

/** Finds the files that earlier runs have described. Reads those that have changed since. */
export async function sortFiles(
  files: PictureFile[],
  journal: Journal,
  keys: PictureKeys,
  altText: AltTextFiles | null,
  signal: AbortSignal
): Promise<SortedFiles> {
  const described = new Map<string, Description>()
  for (const entry of journal.earlier)
    // Descry wrote it, in a file that only the user can write; before it checked pictures, without `privacy`.
    if (entry.type === 'described')
      described.set(entry.key, {
        privacy: unchecked,
        ...(entry.description as unknown as Omit<Description, 'privacy'>)
      })
  const sorted: SortedFiles = { files, described, done: new Map(), open: [], lostAnswers: 0 }
  for (const file of files) {
    signal.throwIfAborted()
    const known = keys.known(file)
    const key =
      known !== null && described.has(known) ? known : described.size > 0 ? await lookedUp(file, keys, altText) : null
    if (key !== null && described.has(key)) sorted.done.set(file, key)
    else sorted.open.push(file)
  }

  const lost = inProgress(journal)
  sorted.lostAnswers = new Set(
    sorted.open.map((file) => keys.known(file)).filter((key) => key !== null && lost.has(key))
  ).size

  async function lookedUp(file: PictureFile, keys: PictureKeys, altText: AltTextFiles | null): Promise<string | null> {
    const bytes = await readPictureFile(file.path).catch(() => null)
    if (bytes === null) return null
    const key = keys.of(file, bytes)
    if (described.has(key) || altText === null) return key
    // An earlier run was killed after writing alt text, so the file's content has changed.
    const written = await altText.read(file.path).catch(() => null)
    const before = keys.formerly(file.name).find((one) => printableLine(described.get(one)?.caption ?? '') === written)
    if (before !== undefined) await keys.keep(file, before)
    return before ?? key
  }
  return sorted
}

/**
 * Describes all pictures that no earlier run has described. Each result is in the journal before it is passed on. The
 * outcomes are in the order of the files. Rejects when one of the signals fires.
 */
export async function runBatch(dependencies: BatchDependencies, run: BatchRun): Promise<Outcome[]> {
  const { journal, keys, altText, sorted, providerBatches } = run
  const { described } = sorted
  const outcomes = new Map<PictureFile, Outcome>()

  const finish: Finish = async (file, key, outcome) => {
    if (outcome.type === 'failed' && key !== null) await journal.append({ type: 'failed', key })
    if (outcome.type === 'failed' || key === null) return keep(file, outcome, false)
    const twin = described.get(key)
    if (twin === undefined) {
      await journal.append(describedEntry(key, outcome.description))
      described.set(key, outcome.description)
    }
    await keep(file, await withAltText(file, key, twin ? again(twin, file) : outcome), false)
  }
  const keep = async (file: PictureFile, outcome: Outcome, isFromEarlier: boolean): Promise<void> => {
    outcomes.set(file, outcome)
    run.onFinished(file, outcome, isFromEarlier)
  }
  const withAltText = async (file: PictureFile, key: string, outcome: Outcome): Promise<Outcome> => {
    if (altText === null || outcome.type === 'failed') return outcome
    const { caption, warnings } = outcome.description
    // An incomplete description goes only into the list, where a warning says so.
    if (warnings.some(({ code }) => code === 'cut-off')) return outcome
    try {
      const isWritten = await altText.write(file.path, caption)
      if (!isWritten) run.onNote(t('batch.alt-text-kept', { name: file.name }))
    } catch (error) {
      const failure = asDescryError(error).toFailure()
      return { type: 'described', description: { ...outcome.description, warnings: [...warnings, failure] } }
    }
    // The file has changed, but it is still the same picture.
    const { size, mtimeMs } = await stat(file.path)
    if (size !== file.bytes || mtimeMs !== file.modifiedMs)
      await keys.keep({ ...file, bytes: size, modifiedMs: mtimeMs }, key)
    return outcome
  }

  refuseUncollected(run)
  for (const [file, key] of sorted.done) {
    run.stop.throwIfAborted()
    const description = described.get(key)
    if (description) await keep(file, await withAltText(file, key, { type: 'described', description }), true)
  }
  const describeFile = createFileDescriber(dependencies, run.options)
  const work: BatchWork = { ...run, dependencies, describeFile, files: sorted.open, described, finish }
  if (providerBatches !== null) await describeByProviderBatch(providerBatches, work)
  else await describeLive(work, answerNotes(journal))
  run.stop.throwIfAborted()
  return sorted.files.map((file) => outcomes.get(file) ?? failed(null))
}

/** The same picture under another name is paid for only once. */
function again(description: Description, file: PictureFile): Outcome {
  const free = { source: file.name, cached: true, usage: null, costUsd: 0, bytesSent: 0 }
  return { type: 'described', description: { ...description, ...free } }
}

/** Errors: unsupported, if a provider's batch of these pictures is in progress (they would be paid for twice). */
function refuseUncollected({ providerBatches, options, keys, sorted, journal }: BatchRun): void {
  if (providerBatches !== null || options.isOffline) return
  const isInProgress = uncollected(journal).some((batch) =>
    batch.keys.some((key) => keys.isSameQuestion(key) && !sorted.described.has(key))
  )
  if (!isInProgress) return
  throw new DescryError('unsupported', {
    message: t('batch.uncollected'),
    next: t('batch.uncollected.next')
  })
}

function answerNotes(journal: Journal): AnswerNotes {
  const answers = new Map<string, VisionEvent[]>()
  for (const entry of journal.earlier) {
    if (entry.type === 'answered') answers.set(entry.key, entry.events as unknown as VisionEvent[])
    // The answer was unusable: ask again.
    if (entry.type === 'failed') answers.delete(entry.key)
  }
  return {
    noted: (key) => answers.get(key) ?? null,
    of: (key) => ({
      asked: () => journal.write({ type: 'asked', key }),
      failed: () => journal.write({ type: 'failed', key }),
      answered: (events) => journal.append({ type: 'answered', key, events: events.map((event) => ({ ...event })) })
    })
  }
}
