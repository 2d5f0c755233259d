import { untilAborted } from '#core/async/abort.ts'
import { asDescryError } from '#shared/errors.ts'

/** What one look showed: all is well, there is something to do, or it was not looked at. */
export interface Observation {
  state: 'ok' | 'to-do' | 'left-out'
  /** A whole sentence. Never a key, and nothing of the user's pictures. */
  message: string
  /** What to do, in whole sentences; empty where there is nothing. */
  next: string
}

/** An observation under the name of its check: "Key", "Voices" … */
export interface Finding extends Observation {
  check: string
}

export interface Check {
  name: string
  limitMs: number
  /** May throw: what it throws becomes something to do, in the words of a DescryError. */
  run(signal: AbortSignal): AsyncIterable<Observation>
}

export const ok = (message: string): Observation => ({ state: 'ok', message, next: '' })
export const toDo = (message: string, next: string): Observation => ({ state: 'to-do', message, next })
export const leftOut = (message: string, next = ''): Observation => ({ state: 'left-out', message, next })

/**
 * Runs the checks one after the other, so that none is late because others keep the computer busy. One that fails or
 * takes too long is something to do, and the next follows. Rejects with an AbortError as soon as `signal` fires.
 */
export async function runChecks(
  checks: Check[],
  onFinding: (finding: Finding) => void,
  signal: AbortSignal
): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const check of checks) {
    await perform(check, signal, (seen) => {
      const finding = { check: check.name, ...seen }
      findings.push(finding)
      onFinding(finding)
    })
  }
  return findings
}

async function perform(check: Check, signal: AbortSignal, tell: (seen: Observation) => void): Promise<void> {
  const limit = new AbortController()
  const timer = setTimeout(() => limit.abort(), check.limitMs)
  const either = AbortSignal.any([signal, limit.signal])
  const look = async (): Promise<void> => {
    for await (const seen of check.run(either)) {
      // What comes after its time is too late: the next check is being told of by then.
      if (either.aborted) return
      tell(seen)
    }
  }
  try {
    await untilAborted(look(), either)
  } catch (error) {
    signal.throwIfAborted()
    tell(limit.signal.aborted ? tooSlow(check.limitMs) : failed(error))
  } finally {
    clearTimeout(timer)
  }
}

function tooSlow(limitMs: number): Observation {
  return toDo(`There was no answer in ${limitMs / 1000} seconds.`, 'Try again; if it stays so, restart the computer.')
}

function failed(error: unknown): Observation {
  const { message, next } = asDescryError(error)
  return toDo(message, next)
}
