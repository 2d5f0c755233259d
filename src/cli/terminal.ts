import { isKeychainBusy } from '#adapters/keyring.ts'
import { t } from '#shared/messages/messages.ts'
import { printable, printableLine } from '#shared/printable.ts'

/** Everything a command prints goes through here, where control characters are removed. */
export interface Terminal {
  /** Writes text to stdout without adding a newline. */
  print(text: string): void
  /** Writes one line to stderr. */
  tell(sentence: string): void
  /** Fires on Ctrl-C, on SIGTERM and when the terminal is closed. */
  readonly signal: AbortSignal
  /** What a signal does; without one, Ctrl-C, for code that reads the keyboard in raw mode. */
  interrupt(signal?: NodeJS.Signals): void
  /** The next Ctrl-C calls `stop`, so that work in progress can finish. The one after it ends the command. */
  onFirstInterrupt(stop: () => void): void
  /** From now on each Ctrl-C calls `handler`, and only SIGTERM or closing the terminal ends the command. */
  onEachInterrupt(handler: () => void): void
}

export function createTerminal(controller: AbortController): Terminal {
  let finish: (() => void) | null = null
  let handle: (() => void) | null = null
  return {
    print: (text) => void process.stdout.write(printable(text)),
    tell: (sentence) => void process.stderr.write(`${printableLine(sentence)}\n`),
    signal: controller.signal,
    interrupt(signal = 'SIGINT') {
      if (signal === 'SIGINT' && handle) return handle()
      const stop = finish ?? (() => controller.abort())
      finish = null
      stop()
    },
    onFirstInterrupt: (stop) => void (finish = stop),
    onEachInterrupt: (handler) => void (handle = handler)
  }
}

/** A locked keychain asks for its password in its own window, which a person at a terminal may not notice. */
export async function waitForKeychain<Value>(work: Promise<Value>, terminal: Terminal): Promise<Value> {
  const hint = setTimeout(() => {
    if (isKeychainBusy()) terminal.tell(t('cli.waiting-for-keychain'))
  }, 2000)
  try {
    return await work
  } finally {
    clearTimeout(hint)
  }
}

/** Whether someone can type here and read what is printed. */
export function isAtTerminal(): boolean {
  return process.stdin.isTTY && process.stdout.isTTY
}

/** Whether someone can answer a question. */
export function canAsk(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY
}

/** Only y means yes. Without a terminal, the answer is no. Ctrl-C ends the whole command. */
export async function askYesOrNo(question: string, terminal: Terminal): Promise<boolean> {
  if (!canAsk()) return false
  const { createInterface } = await import('node:readline/promises')
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  // Otherwise the line editor swallows Ctrl-C.
  lines.on('SIGINT', () => terminal.interrupt())
  // After Ctrl-D no answer ever arrives.
  const closed = new Promise<string>((resolve) => lines.once('close', () => resolve('')))
  try {
    const typed = lines.question(`${t('cli.yes-or-no', { question: printableLine(question) })} `, {
      signal: terminal.signal
    })
    return /^\s*y(?:es)?\s*$/iu.test(await Promise.race([typed, closed]))
  } finally {
    lines.close()
  }
}

/** A value for `--json`: control and bidirectional-control characters are removed from every string except keys. */
export function printableValue(value: unknown): unknown {
  if (typeof value === 'string') return printable(value)
  if (Array.isArray(value)) return value.map(printableValue)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, printableValue(inner)]))
}
