import { start, type Running } from './process.ts'

/** A program in its own terminal. */
export interface Typed {
  running: Running
  /** What the terminal has shown so far. */
  seen(): string
  /** Keys; \r is Enter, \u0003 is Ctrl-C. */
  type(text: string): void
  /** The exit code. */
  ended: Promise<number | null>
}

/** Starts a program in a terminal made by `script`. Arguments must not contain an apostrophe. */
export function startInTerminal(command: string[], env: NodeJS.ProcessEnv): Typed {
  // Without exec, a shell stays between and ends with 130 after any Ctrl-C.
  const line = `exec ${command.map((word) => `'${word}'`).join(' ')}`
  const running = start('script', ['--quiet', '--return', '--echo', 'always', '--command', line, '/dev/null'], {
    env,
    stdio: ['pipe', 'pipe', 'pipe']
  })
  let seen = ''
  running.child.stdout?.on('data', (chunk) => (seen += String(chunk)))
  return {
    running,
    seen: () => seen,
    type: (text) => void running.child.stdin?.write(text),
    ended: new Promise((resolve) => running.child.once('close', resolve))
  }
}
