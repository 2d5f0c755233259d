import { untilAborted } from '#core/async/abort.ts'
import { asDescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'

/** What a check found: all is well, there is something to do, or it was not checked. */
export interface Observation {
  state: 'ok' | 'to-do' | 'left-out'
  /** A whole sentence, without keys and without anything from the user's pictures. */
  message: string
  /** What to do, in whole sentences; empty if there is nothing to do. */
  next: string
}

/** An observation with the name of its check: "Provider", "Voices" … */
export interface Finding extends Observation {
  check: string
}

export interface Check {
  name: string
  limitMs: number
  /** What it throws becomes something to do, with the message of a DescryError. */
  run(signal: AbortSignal): AsyncIterable<Observation>
}

export const ok = (message: string): Observation => ({ state: 'ok', message, next: '' })
export const toDo = (message: string, next: string): Observation => ({ state: 'to-do', message, next })
export const leftOut = (message: string, next = ''): Observation => ({ state: 'left-out', message, next })

/**
 * Runs the checks one after the other, so that none is slow because others keep the computer busy. A check that fails or
 * takes too long becomes something to do, and the next one follows. Rejects with an AbortError as soon as `signal` fires.
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
      // After the time limit the next check reports.
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
  return toDo(t('doctor.no-answer', { seconds: limitMs / 1000 }), t('doctor.no-answer.next'))
}

function failed(error: unknown): Observation {
  const { message, next } = asDescryError(error)
  return toDo(message, next)
}
