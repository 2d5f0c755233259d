import { rmSync, writeSync } from 'node:fs'
import { mkdir, open, truncate, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { readRegularFile } from '#adapters/regular-file.ts'
import { expectedCostSchema, type ExpectedCost } from '#shared/spent.ts'
import type { Description } from '#shared/caption.ts'
import { DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'

const entry = z.discriminatedUnion('type', [
  /** What a file contains, valid until the file changes. */
  z.object({
    type: z.literal('file'),
    name: z.string(),
    bytes: z.number(),
    modifiedMs: z.number(),
    content: z.string()
  }),
  /** A request is being sent; it is in progress until one of the next three entries. */
  z.object({ type: z.literal('asked'), key: z.string() }),
  /** It returned no description. */
  z.object({ type: z.literal('failed'), key: z.string() }),
  /** The model's answer has arrived and is paid for; there may be no description made from it yet. */
  z.object({ type: z.literal('answered'), key: z.string(), events: z.array(z.looseObject({ type: z.string() })) }),
  /** A picture is described. */
  z.object({ type: z.literal('described'), key: z.string(), description: z.looseObject({ caption: z.string() }) }),
  /** A batch is about to be created at the provider; `marker` finds it again if the next line is missing. */
  z.object({
    type: z.literal('submitting'),
    marker: z.string(),
    keys: z.array(z.string()),
    expected: expectedCostSchema
  }),
  z.object({ type: z.literal('submitted'), marker: z.string(), batchId: z.string() }),
  /** All its answers are in the journal now. */
  z.object({ type: z.literal('collected'), marker: z.string() })
])
export type JournalEntry = z.infer<typeof entry>

/** What a run has finished, so that the next run neither loses it nor pays for it again. */
export interface Journal {
  /** The entries of earlier runs, oldest first. */
  readonly earlier: JournalEntry[]
  /** The entry is written when this returns, so it survives if the process is killed. Errors: no-permission. */
  write(entry: JournalEntry): void
  /** The same, and when it resolves the entry is on the disk, so it survives a power cut. */
  append(entry: JournalEntry): Promise<void>
  close(): Promise<void>
}

export function describedEntry(key: string, description: Description): JournalEntry {
  return { type: 'described', key, description: { ...description } }
}

/** Keys of the requests in progress when an earlier run ended: the answers are lost, and may have been charged. */
export function inProgress({ earlier }: Journal): Set<string> {
  const keys = new Set<string>()
  for (const entry of earlier) {
    if (entry.type === 'asked') keys.add(entry.key)
    if (entry.type === 'failed' || entry.type === 'answered' || entry.type === 'described') keys.delete(entry.key)
  }
  return keys
}

/** A provider's batch that an earlier run was about to submit, and that no run has collected. */
export interface UncollectedBatch {
  marker: string
  /** Null if the run was killed before it could be noted. */
  batchId: string | null
  keys: string[]
  /** As recorded in the ledger. */
  expected: ExpectedCost
}

export function uncollected({ earlier }: Journal): UncollectedBatch[] {
  const ids = new Map<string, string>()
  const collected = new Set<string>()
  for (const entry of earlier) {
    if (entry.type === 'submitted') ids.set(entry.marker, entry.batchId)
    if (entry.type === 'collected') collected.add(entry.marker)
  }
  return earlier.flatMap((entry) =>
    entry.type === 'submitting' && !collected.has(entry.marker)
      ? [{ ...entry, batchId: ids.get(entry.marker) ?? null }]
      : []
  )
}

/**
 * Opens the journal for this process alone, creating it and its folder as needed. A last line that was cut short when a
 * run was killed is dropped. Errors: no-permission, also while another batch has it open.
 */
export async function openJournal(path: string): Promise<Journal> {
  await mkdir(dirname(path), { recursive: true }).catch((error: unknown) => {
    throw unwritable(error)
  })
  const lock = lockFile(`${path}.lock`)
  try {
    const earlier = await readEntries(path)
    return writer(await open(path, 'a', 0o600), earlier, lock.release)
  } catch (cause) {
    lock.release()
    throw unwritable(cause)
  }
}

/** SQLite's locks work on every system, and are released however the process ends. */
function lockFile(path: string): { release: () => void } {
  let database: DatabaseSync | null = null
  try {
    database = new DatabaseSync(path)
    database.exec('begin exclusive')
  } catch (cause) {
    database?.close()
    if (!(cause instanceof Error) || !/locked/iu.test(cause.message)) throw unwritable(cause)
    throw new DescryError('no-permission', {
      message: t('batch.list-in-use'),
      next: t('batch.list-in-use.next'),
      cause
    })
  }
  const held = database
  return {
    release() {
      held.close()
      rmSync(path, { force: true })
    }
  }
}

function unwritable(cause: unknown): DescryError {
  const isFull = cause instanceof Error && 'code' in cause && cause.code === 'ENOSPC'
  return new DescryError('no-permission', {
    message: t('batch.journal-unwritable'),
    next: t(isFull ? 'batch.journal-unwritable.disk-full' : 'batch.journal-unwritable.next'),
    cause
  })
}

async function readEntries(path: string): Promise<JournalEntry[]> {
  const bytes = await readRegularFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (bytes === null) return []
  const end = bytes.lastIndexOf(0x0a) + 1
  if (end < bytes.length) await truncate(path, end)
  const lines = bytes.subarray(0, end).toString('utf8').split('\n')
  return lines.flatMap((line) => {
    const parsed = entry.safeParse(parseJson(line))
    return parsed.success ? [parsed.data] : []
  })
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

function writer(file: FileHandle, earlier: JournalEntry[], release: () => void): Journal {
  let running: Promise<void> = Promise.resolve()
  let next: Promise<void> | null = null
  let whyBroken: unknown = null
  /** Entries written while the disk is busy share the next sync. */
  const toDisk = async (): Promise<void> => {
    await running
    next = null
    running = file.datasync()
    running.catch(() => undefined)
    return running
  }
  const write = (added: JournalEntry): void => {
    // After half a line (the disk was full) nothing more is written, because it would be dropped with that line.
    if (whyBroken !== null) throw unwritable(whyBroken)
    const bytes = Buffer.from(`${JSON.stringify(added)}\n`)
    try {
      for (let written = 0; written < bytes.length;) written += writeSync(file.fd, bytes, written)
    } catch (error) {
      whyBroken = error
      throw unwritable(error)
    }
  }
  return {
    earlier,
    write,
    async append(added) {
      write(added)
      next ??= toDisk()
      await next.catch((error: unknown) => {
        throw unwritable(error)
      })
    },
    async close() {
      await (next ?? running).catch(() => undefined)
      await file.close()
      release()
    }
  }
}
