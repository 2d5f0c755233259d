import { stat } from 'node:fs/promises'
import { describeLive, type AnswerNotes } from './live-answers.ts'
import type { ProviderBatches } from './handing-in.ts'
import { describedEntry, uncollected, underWay, type Journal } from './journal.ts'
import type { PictureKeys } from './picture-keys.ts'
import type { PictureFile } from './picture-list.ts'
import { describeByProviderBatch } from './provider-batch.ts'
import { failed, type Asking, type BatchDependencies, type Finish, type Outcome } from './terms.ts'
import { readPictureFile } from '#adapters/pictures/picture-file.ts'
import type { VisionEvent } from '#core/ports/vision.ts'
import type { Description } from '#shared/caption.ts'
import { asDescryError, DescryError } from '#shared/errors.ts'
import { printableLine } from '#shared/printable.ts'

/** Where alt text is written into the pictures themselves. */
export interface AltTextFiles {
  /** Errors: unsupported, no-permission. False when another alt text was there and has stayed. */
  write(path: string, altText: string): Promise<boolean>
  read(path: string): Promise<string | null>
}

/** What earlier runs have described of a folder, and what is still open. */
export interface SortedFiles {
  files: PictureFile[]
  /** Of earlier runs, and of this one, by `PictureKeys`. */
  described: Map<string, Description>
  /** The files among them that need not be asked about, with their keys. */
  done: Map<PictureFile, string>
  open: PictureFile[]
  /** How many of them an earlier run was asking about when it ended: those may be paid for again. */
  lostAnswers: number
}

export interface BatchRun extends Omit<Asking, 'files' | 'described' | 'finish'> {
  sorted: SortedFiles
  /** Null: each picture is asked about by itself. */
  providerBatches: ProviderBatches | null
  /** Null: the pictures are left as they are. */
  altText: AltTextFiles | null
  /** Each picture once, in the order in which they are finished. */
  onFinished: (file: PictureFile, outcome: Outcome, isFromEarlier: boolean) => void
}

/** Knows the files again that earlier runs have described. Reads those that were touched since. */
export async function sortFiles(
  files: PictureFile[],
  journal: Journal,
  keys: PictureKeys,
  altText: AltTextFiles | null,
  signal: AbortSignal
): Promise<SortedFiles> {
  const described = new Map<string, Description>()
  for (const entry of journal.earlier)
    // Written by us, and read back from a file that only the user can write.
    if (entry.type === 'described') described.set(entry.key, entry.description as unknown as Description)
  const sorted: SortedFiles = { files, described, done: new Map(), open: [], lostAnswers: 0 }
  for (const file of files) {
    signal.throwIfAborted()
    const known = keys.known(file)
    const key =
      known !== null && described.has(known) ? known : described.size > 0 ? await lookedUp(file, keys, altText) : null
    if (key !== null && described.has(key)) sorted.done.set(file, key)
    else sorted.open.push(file)
  }

  const lost = underWay(journal)
  sorted.lostAnswers = new Set(
    sorted.open.map((file) => keys.known(file)).filter((key) => key !== null && lost.has(key))
  ).size

  async function lookedUp(file: PictureFile, keys: PictureKeys, altText: AltTextFiles | null): Promise<string | null> {
    const bytes = await readPictureFile(file.path).catch(() => null)
    if (bytes === null) return null
    const key = keys.of(file, bytes)
    if (described.has(key) || altText === null) return key
    // A kill after the writing of an alt text left a file that is not what it was.
    const written = await altText.read(file.path).catch(() => null)
    const before = keys.formerly(file.name).find((one) => printableLine(described.get(one)?.caption ?? '') === written)
    if (before !== undefined) await keys.keep(file, before)
    return before ?? key
  }
  return sorted
}

/**
 * Describes all pictures that no earlier run has described. Each result is in the journal before the next picture is
 * asked about. The outcomes are in the order of the files. Rejects when one of the signals fires.
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
    // Half a sentence is for the list, where it is said to be one.
    if (warnings.some(({ code }) => code === 'cut-off')) return outcome
    try {
      const isWritten = await altText.write(file.path, caption)
      if (!isWritten) run.onNote(`${file.name}: it has another alt text already, which stays.`)
    } catch (error) {
      const failure = asDescryError(error).toFailure()
      return { type: 'described', description: { ...outcome.description, warnings: [...warnings, failure] } }
    }
    // The file is another one now, and still the same picture.
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
  const asking: Asking = { ...run, files: sorted.open, described, finish }
  if (providerBatches !== null) await describeByProviderBatch(dependencies, providerBatches, asking)
  else await describeLive(dependencies, asking, answerNotes(journal))
  run.stop.throwIfAborted()
  return sorted.files.map((file) => outcomes.get(file) ?? failed(null))
}

/** The same picture under another name: it was paid for once. */
function again(description: Description, file: PictureFile): Outcome {
  const free = { source: file.name, cached: true, usage: null, costUsd: 0, bytesSent: 0 }
  return { type: 'described', description: { ...description, ...free } }
}

/** Errors: unsupported, where a batch under way at the provider would be paid for as well. */
function refuseUncollected({ providerBatches, options, keys, sorted, journal }: BatchRun): void {
  if (providerBatches !== null || options.isOffline) return
  const isUnderWay = uncollected(journal).some((batch) =>
    batch.keys.some((key) => keys.isAlike(key) && !sorted.described.has(key))
  )
  if (!isUnderWay) return
  throw new DescryError('unsupported', {
    message: 'A batch of these pictures is under way at the provider.',
    next: 'Collect it with --api batch, or choose another --out.'
  })
}

function answerNotes(journal: Journal): AnswerNotes {
  const answers = new Map<string, VisionEvent[]>()
  for (const entry of journal.earlier) {
    if (entry.type === 'answered') answers.set(entry.key, entry.events as unknown as VisionEvent[])
    // It was of no use: ask again.
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
