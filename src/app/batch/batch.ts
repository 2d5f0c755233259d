import { stat } from 'node:fs/promises'
import { describeLive, type AnswerNotes } from './live-answers.ts'
import { describedEntry, type Journal } from './journal.ts'
import type { PictureFile } from './picture-list.ts'
import { describeByProviderBatch, type ProviderBatches } from './provider-batch.ts'
import { pictureKey, type BatchOptions, type BatchParts, type Outcome } from './terms.ts'
import type { VisionEvent } from '#core/ports.ts'
import type { SpendingGuard } from '#core/spending/guard.ts'
import type { Description } from '#shared/caption.ts'
import { asDescryError } from '#shared/errors.ts'
import { printableLine } from '#shared/printable.ts'

/** Where alt text is written into the pictures themselves. */
export interface AltTextFiles {
  /** Errors: unsupported, no-permission. False when another alt text was there and has stayed. */
  write(path: string, altText: string): Promise<boolean>
  read(path: string): Promise<string | null>
}

export interface BatchRun {
  files: PictureFile[]
  options: BatchOptions
  journal: Journal
  /** Nothing new is asked once the month's limit is reached. */
  guard: SpendingGuard
  /** Null: each picture is asked about by itself. */
  providerBatches: ProviderBatches | null
  /** Null: the pictures are left as they are. */
  altText: AltTextFiles | null
  /** Each picture once, in the order in which they are finished. */
  onFinished: (file: PictureFile, outcome: Outcome, isFromEarlier: boolean) => void
  /** What people should hear about the run itself. */
  onNote: (sentence: string) => void
}

/**
 * Describes all pictures that no earlier run has described. Each result is in the journal before the next picture is
 * asked about. The outcomes are in the order of the files. Rejects when the signal fires.
 */
export async function runBatch(parts: BatchParts, run: BatchRun, signal: AbortSignal): Promise<Outcome[]> {
  const { files, options, journal, altText } = run
  const outcomes = new Map<string, Outcome>()
  const earlier = await earlierDescriptions(run)

  const finish = async (file: PictureFile, outcome: Outcome): Promise<void> => {
    if (outcome.type === 'described') {
      await journal.append(describedEntry(pictureKey(file, options), file.name, outcome.description))
      // Right after it is noted: a later run finds it there and does not count it again.
      if (!outcome.description.offline) parts.spending.add(outcome.description.costUsd)
    }
    await keep(file, outcome, false)
  }
  const keep = async (file: PictureFile, outcome: Outcome, isFromEarlier: boolean): Promise<void> => {
    outcomes.set(file.path, outcome.type === 'described' ? await withAltText(file, outcome) : outcome)
    run.onFinished(file, outcomes.get(file.path) ?? outcome, isFromEarlier)
  }
  const withAltText = async (file: PictureFile, outcome: Outcome & { type: 'described' }): Promise<Outcome> => {
    if (altText === null) return outcome
    try {
      const isWritten = await altText.write(file.path, outcome.description.caption)
      if (!isWritten) run.onNote(`${file.name}: it has another alt text already, which stays.`)
      // The file is another one now, and still the same picture.
      const changed = await refreshed(file)
      if (changed) await journal.append(describedEntry(pictureKey(changed, options), file.name, outcome.description))
      return outcome
    } catch (error) {
      const failure = asDescryError(error).toFailure()
      return {
        ...outcome,
        description: { ...outcome.description, warnings: [...outcome.description.warnings, failure] }
      }
    }
  }

  const open: PictureFile[] = []
  for (const file of files) {
    signal.throwIfAborted()
    const description = earlier.get(pictureKey(file, options))
    if (description) await keep(file, { type: 'described', description }, true)
    else open.push(file)
  }
  if (run.providerBatches !== null)
    await describeByProviderBatch(parts, run.providerBatches, { ...run, files: open }, finish, signal)
  else await describeLive(parts, open, { options, guard: run.guard, notes: answerNotes(run) }, finish, signal)
  return files.map((file) => outcomes.get(file.path) ?? { type: 'failed', failure: asDescryError(null).toFailure() })
}

/** What earlier runs described, by key; a kill after the writing of an alt text left a file with a key of its own. */
async function earlierDescriptions({ files, options, journal, altText }: BatchRun): Promise<Map<string, Description>> {
  const byKey = new Map<string, Description>()
  const byPath = new Map<string, Description>()
  for (const entry of journal.earlier) {
    if (entry.type !== 'described') continue
    // Written by us, and read back from a file that only the user can write.
    const description = entry.description as unknown as Description
    byKey.set(entry.key, description)
    byPath.set(entry.path, description)
  }
  if (altText === null) return byKey
  for (const file of files) {
    const before = byPath.get(file.name)
    if (!before || byKey.has(pictureKey(file, options))) continue
    const written = await altText.read(file.path).catch(() => null)
    if (written !== null && written === printableLine(before.caption)) byKey.set(pictureKey(file, options), before)
  }
  return byKey
}

function answerNotes({ journal, options }: BatchRun): AnswerNotes {
  const answers = new Map<string, VisionEvent[]>()
  for (const entry of journal.earlier)
    if (entry.type === 'answered') answers.set(entry.key, entry.events as unknown as VisionEvent[])
  return {
    noted: (file) => answers.get(pictureKey(file, options)) ?? null,
    note: (file, events) =>
      journal.append({
        type: 'answered',
        key: pictureKey(file, options),
        events: events.map((event) => ({ ...event }))
      })
  }
}

async function refreshed(file: PictureFile): Promise<PictureFile | null> {
  const { size, mtimeMs } = await stat(file.path)
  return size === file.bytes && mtimeMs === file.modifiedMs ? null : { ...file, bytes: size, modifiedMs: mtimeMs }
}
