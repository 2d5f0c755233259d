import { existsSync, readFileSync, rmSync } from 'node:fs'

export interface JournalEntry {
  text?: string
  braille?: string
  stop?: true
}

/** What a stand-in program wrote down, one JSON object per line. */
export function readJournal(path: string): JournalEntry[] {
  if (!existsSync(path)) return []
  const lines = readFileSync(path, 'utf8').split('\n')
  // The last line is empty or incomplete.
  return lines.slice(0, -1).map((line) => JSON.parse(line) as JournalEntry)
}

export function clearJournal(path: string): void {
  rmSync(path, { force: true })
}
