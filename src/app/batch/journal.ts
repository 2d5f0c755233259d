import { open, readFile, truncate, type FileHandle } from 'node:fs/promises'
import { z } from 'zod'
import type { Description } from '#shared/caption.ts'
import { DescryError } from '#shared/errors.ts'

const entry = z.discriminatedUnion('type', [
  /** A picture is described. */
  z.object({
    type: z.literal('described'),
    key: z.string(),
    path: z.string(),
    description: z.looseObject({ caption: z.string() })
  }),
  /** The model's answer has come, and is paid for; what it is made into may still be missing. */
  z.object({ type: z.literal('answered'), key: z.string(), events: z.array(z.looseObject({ type: z.string() })) }),
  /** A batch is about to be made at the provider; `marker` finds it again when the next line is missing. */
  z.object({ type: z.literal('submitting'), marker: z.string(), keys: z.array(z.string()) }),
  z.object({ type: z.literal('submitted'), marker: z.string(), batchId: z.string() }),
  /** All its answers stand above. */
  z.object({ type: z.literal('collected'), marker: z.string() })
])
export type JournalEntry = z.infer<typeof entry>

/** What a run has finished, so that the next one neither loses it nor pays for it again. */
export interface Journal {
  /** What earlier runs wrote, oldest first. */
  readonly earlier: JournalEntry[]
  /** On the disk when it resolves. Entries that come while another is being written share one write. */
  append(entry: JournalEntry): Promise<void>
  close(): Promise<void>
}

export function describedEntry(key: string, path: string, description: Description): JournalEntry {
  return { type: 'described', key, path, description: { ...description } }
}

/** Opens or begins the journal. A last line that a kill tore is dropped. Errors: no-permission. */
export async function openJournal(path: string): Promise<Journal> {
  try {
    const earlier = await readEntries(path)
    return writer(await open(path, 'a', 0o600), earlier)
  } catch (cause) {
    throw new DescryError('no-permission', {
      message: 'The notes of this batch cannot be written.',
      next: 'Choose another place with --out.',
      cause
    })
  }
}

async function readEntries(path: string): Promise<JournalEntry[]> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
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

function writer(file: FileHandle, earlier: JournalEntry[]): Journal {
  let lines: string[] = []
  let running: Promise<void> = Promise.resolve()
  let next: Promise<void> | null = null
  const write = async (): Promise<void> => {
    await running.catch(() => undefined)
    const text = lines.join('')
    lines = []
    running = (async () => {
      await file.appendFile(text)
      await file.datasync()
    })()
    next = null
    return running
  }
  return {
    earlier,
    append(added) {
      lines.push(`${JSON.stringify(added)}\n`)
      next ??= write()
      return next
    },
    async close() {
      await (next ?? running).catch(() => undefined)
      await file.close()
    }
  }
}
