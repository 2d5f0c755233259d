import { isKeychainBusy } from '#adapters/keyring.ts'
import { printable, printableLine } from '#shared/printable.ts'

/** The world as a command sees it. Nothing reaches the terminal but through here, where it is made safe to print. */
export interface Terminal {
  /** Text for stdout, as it is. */
  print(text: string): void
  /** One line for stderr. */
  tell(sentence: string): void
  /** Fires on Ctrl-C, on SIGTERM and when the terminal goes away. */
  readonly signal: AbortSignal
  /** What Ctrl-C does, for those who read the keyboard raw. */
  interrupt(): void
  /** The next Ctrl-C calls this instead: what is under way can be finished. The one after it ends the command. */
  onFirstInterrupt(stop: () => void): void
}

export function createTerminal(controller: AbortController): Terminal {
  let finish: (() => void) | null = null
  return {
    print: (text) => void process.stdout.write(printable(text)),
    tell: (sentence) => void process.stderr.write(`${printableLine(sentence)}\n`),
    signal: controller.signal,
    interrupt() {
      const stop = finish ?? (() => controller.abort())
      finish = null
      stop()
    },
    onFirstInterrupt: (stop) => void (finish = stop)
  }
}

/** A locked keychain asks for its password in a window of its own, which somebody at a terminal may not notice. */
export async function waitForKeychain<Value>(work: Promise<Value>, terminal: Terminal): Promise<Value> {
  const hint = setTimeout(() => {
    if (isKeychainBusy()) terminal.tell('Waiting for the system keychain to be unlocked.')
  }, 2000)
  try {
    return await work
  } finally {
    clearTimeout(hint)
  }
}

/** Whether somebody is there who could answer a question. */
export function canAsk(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY
}

/** A question that only y answers with yes; nobody at a terminal is a no. Ctrl-C ends the whole command. */
export async function askYesOrNo(question: string, terminal: Terminal): Promise<boolean> {
  if (!canAsk()) return false
  const { createInterface } = await import('node:readline/promises')
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  // Otherwise the line editor keeps Ctrl-C to itself.
  lines.on('SIGINT', () => terminal.interrupt())
  // Ctrl-D closes it, and the answer never comes.
  const closed = new Promise<string>((resolve) => lines.once('close', () => resolve('')))
  try {
    const typed = lines.question(`${printableLine(question)} y/N `, { signal: terminal.signal })
    return /^\s*y(?:es)?\s*$/iu.test(await Promise.race([typed, closed]))
  } finally {
    lines.close()
  }
}

/** A value for `--json`: every string in it, keys aside, free of control and bidirectional-control characters. */
export function printableValue(value: unknown): unknown {
  if (typeof value === 'string') return printable(value)
  if (Array.isArray(value)) return value.map(printableValue)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, printableValue(inner)]))
}
