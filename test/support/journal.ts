import { existsSync, readFileSync, rmSync } from 'node:fs'

export interface JournalEntry {
  text?: string
  braille?: string
  stop?: true
}

/** What a fake program wrote down, one JSON object a line. */
export function readJournal(path: string): JournalEntry[] {
  if (!existsSync(path)) return []
  const lines = readFileSync(path, 'utf8').split('\n')
  // The last is empty, or not yet whole.
  return lines.slice(0, -1).map((line) => JSON.parse(line) as JournalEntry)
}

export function clearJournal(path: string): void {
  rmSync(path, { force: true })
}
