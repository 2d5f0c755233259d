/** Documented in docs/guide/command-line.md. */
export const exitCodes = { ok: 0, someFailed: 1, wrongUsage: 2, failed: 3, interrupted: 130 } as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** The command line is invalid; the message is one sentence that says why. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'UsageError'
  }
}
