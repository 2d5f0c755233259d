import type { ClipboardContent } from '#core/ports/intake.ts'

/** Reads the clipboard each time it changes. */
export interface ClipboardChanges {
  /** Call this when the clipboard has changed. */
  note(): void
  /** Waits briefly for readings to finish, because content that is not read yet may soon be gone. */
  letReadingsPass(): Promise<void>
}

export interface ClipboardChangesOptions {
  /** Null if there is nothing to take. */
  read: () => Promise<ClipboardContent | null>
  onContent: (content: ClipboardContent) => void
  onProblem: (error: unknown) => void
  /** A program that delivers slower than this blocks no other, and counts only if nothing else was copied since. */
  slowMs: number
}

const maxReadings = 3
const waitForReadingMs = 5
const maxWaitsForReading = 20

/**
 * Each change is read at once, even while an older one is being read: the program that owned that content may have
 * exited without answering. If several are already being read, the latest change waits for one of them.
 */
export function createClipboardChanges(options: ClipboardChangesOptions): ClipboardChanges {
  const { onContent, onProblem, slowMs } = options
  /** Counts the changes. */
  let changes = 0
  let readings = 0
  let isBehind = false

  async function read(change: number): Promise<void> {
    readings += 1
    let isSlow = false
    const pass = (): void => {
      readings -= 1
      if (!isBehind) return
      isBehind = false
      void read(changes)
    }
    const limit = setTimeout(() => {
      isSlow = true
      pass()
    }, slowMs)
    const content = await options.read().catch(onProblem)
    clearTimeout(limit)
    if (content && !(isSlow && change !== changes)) onContent(content)
    if (!isSlow) pass()
  }

  return {
    note() {
      changes += 1
      if (readings < maxReadings) void read(changes)
      else isBehind = true
    },
    async letReadingsPass() {
      for (let waits = 0; waits < maxWaitsForReading; waits += 1) {
        if (readings === 0) return
        await new Promise((pass) => setTimeout(pass, waitForReadingMs))
      }
    }
  }
}
