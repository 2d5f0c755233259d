import { createInterface, type Interface } from 'node:readline'
import { readHiddenLine } from '../hidden-line.ts'
import type { Terminal } from '../terminal.ts'

/** The line at the bottom of the terminal where the user types. */
export interface Prompt {
  /** The next line; null once there is none, after Ctrl-D or when the terminal was closed. */
  read(): Promise<string | null>
  /** An answer typed after the question was shown; null if it was given up. */
  ask(question: string): Promise<string | null>
  /** A line that is not shown while it is typed. Errors: AbortError (Ctrl-C), UsageError (Ctrl-D). */
  readHidden(label: string): Promise<string>
  /** Prints a line above what is being typed. */
  print: (line: string) => void
  /** What Ctrl-C does to the line: discards it, or gives up the question. False if only a hidden line was given up. */
  interrupt(): boolean
  close(): void
}

export interface PromptOptions {
  terminal: Terminal
  /** Shown at the beginning of each line. */
  label: string
  /** For Tab: what the line may be completed to. */
  complete: (line: string) => string[]
  /** Called with a line that is typed while nothing is being read; true if it has been dealt with. */
  onLineMeanwhile: (line: string) => boolean
  /** Called when no more lines will come, perhaps while nothing is being read. */
  onEnd: () => void
}

/** Enough to go back through an evening, and kept nowhere but in memory. */
const historySize = 200

export function openPrompt({ terminal, label, complete, onLineMeanwhile, onEnd }: PromptOptions): Prompt {
  // On a terminal that cannot move its cursor, or does not say that it can, the system's own line editing is better:
  // readline's cannot even erase there. Windows has no such variable, and its terminals can.
  const { TERM: type } = process.env
  const hasEditing = process.platform === 'win32' || (Boolean(type) && type !== 'dumb')
  /** Typed while nothing was being read. */
  const waiting: string[] = []
  let history: string[] = []
  let reader: { take: (line: string | null) => void; isQuestion: boolean } | null = null
  let isEnded = false
  let isReadingHidden = false
  let isClosedForNow = false
  let lines = open()

  function open(): Interface {
    const opened = createInterface({
      input: process.stdin,
      output: process.stdout,
      terminal: hasEditing,
      history,
      historySize,
      removeHistoryDuplicates: true,
      completer: (line: string) => [complete(line), line]
    })
    opened.on('line', onLine)
    opened.on('SIGINT', () => terminal.interrupt())
    opened.on('history', (kept: string[]) => {
      // An answer is no line to come back to.
      if (reader?.isQuestion) kept.shift()
      history = kept
    })
    opened.on('close', () => {
      if (!isClosedForNow) end()
    })
    // The terminal is gone, and with it the mode that was to be restored.
    opened.on('error', end)
    return opened
  }

  /** Gives the keyboard back, until `lines` is opened again. */
  function closeForNow(): void {
    isClosedForNow = true
    lines.close()
    isClosedForNow = false
  }

  function end(): void {
    if (!isEnded) onEnd()
    isEnded = true
    take(null)
  }

  function take(line: string | null): void {
    const { take: give } = reader ?? {}
    reader = null
    give?.(line)
  }

  function onLine(line: string): void {
    if (reader) take(line)
    else if (!onLineMeanwhile(line)) waiting.push(line)
  }

  function show(shown: string, isQuestion: boolean): Promise<string | null> {
    if (isEnded) return Promise.resolve(null)
    return new Promise((resolve) => {
      reader = { take: resolve, isQuestion }
      lines.setPrompt(shown)
      lines.prompt()
    })
  }

  function print(line: string): void {
    terminal.print(reader ? `\n${line}\n` : `${line}\n`)
    if (reader) lines.prompt(true)
  }

  terminal.signal.addEventListener('abort', () => take(null))

  return {
    async read() {
      const line = waiting.shift()
      if (line === undefined) return show(label, false)
      terminal.print(`${label}${line}\n`)
      return line
    },
    ask: (question) => show(`${question} `, true),
    async readHidden(hiddenLabel) {
      isReadingHidden = true
      closeForNow()
      try {
        return await readHiddenLine(`${hiddenLabel} `, terminal)
      } finally {
        isReadingHidden = false
        lines = open()
      }
    },
    print,
    interrupt() {
      if (isReadingHidden) return false
      if (reader?.isQuestion) {
        terminal.print('\n')
        take(null)
      } else if (reader && hasEditing) {
        // As in a shell, what was typed stays where it is, and the next line begins empty.
        lines.write(null, { ctrl: true, name: 'e' })
        closeForNow()
        lines = open()
        lines.setPrompt(label)
      }
      return true
    },
    close() {
      isEnded = true
      lines.close()
    }
  }
}
