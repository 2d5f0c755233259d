import type { ClipboardContent } from '#core/ports/intake.ts'

/** Reads the clipboard at each of its changes. */
export interface ClipboardChanges {
  /** It changed. */
  note(): void
  /** What is read may be gone in a moment; what was read can wait, but not long for a program that does not answer. */
  letReadingsPass(): Promise<void>
}

export interface ClipboardChangesOptions {
  /** Null when there is nothing to take. */
  read: () => Promise<ClipboardContent | null>
  onContent: (content: ClipboardContent) => void
  onProblem: (error: unknown) => void
  /** A program that takes longer to hand over what was copied holds up no other, and counts only while nothing else is copied. */
  slowMs: number
}

const maxReadings = 3
const waitForReadingMs = 5
const maxWaitsForReading = 20

/**
 * Each change is read at once, also while an older one is being read: the program that held that may have gone without
 * an answer. When several already are, the last change waits for one of them.
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
