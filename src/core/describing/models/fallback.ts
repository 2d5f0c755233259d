import type { VisionModel } from '#core/ports/vision.ts'
import { isOnThisComputer } from '#shared/addresses.ts'
import { asDescryError, DescryError, isAbort, type ErrorCode, type Failure } from '#shared/errors.ts'
import { providerName } from './providers.ts'

/** A model to ask, with what the table of providers needs to know. */
export interface Choice {
  vision: VisionModel
  model: string
  /** Chat Completions address; `providerOf` and the parameters of the request follow from it. */
  baseUrl: string
}

/** Whom to ask when the first cannot be reached. */
export interface Fallback {
  baseUrl: string
  model: string
  /** Whether the user allows a picture to be sent there; asked right before. */
  maySend(): boolean
  /** Looks up the key and connects. Called when it is needed, so that no keychain is asked in vain. */
  connect(): Promise<VisionModel>
}

export interface Asked<Result> {
  choice: Choice
  result: Result
}

/** Nobody answers there, or not now: another one may. */
const isDown = new Set<ErrorCode>(['provider-down', 'timed-out', 'rate-limited', 'cut-off'])

/**
 * Asks the first, and where that cannot be reached, the fallback. What the user has to mend (a wrong key, a model that is
 * gone), what the provider declined, and what the user stopped is thrown as it is; used-up credit goes on to a server on
 * this computer only. When the fallback fails too, that is a warning, and the first failure is thrown.
 *
 * @param warn gets `isUrgent` for what is to be heard before it happens.
 * @param ask rejects only while no word of an answer has come; after that, a failure belongs to its result.
 */
export async function askInTurn<Result>(
  first: Choice,
  fallback: Fallback | null,
  ask: (choice: Choice) => Promise<Result>,
  warn: (warning: Failure, isUrgent?: boolean) => void
): Promise<Asked<Result>> {
  try {
    return { choice: first, result: await ask(first) }
  } catch (error) {
    if (!fallback || !mayFallBack(error, first, fallback)) throw error
    const name = providerName(fallback.baseUrl)
    try {
      const vision = await fallback.connect()
      // A keychain takes its time, and the user may have changed their mind meanwhile.
      if (!fallback.maySend()) throw error
      // Before it is asked: where a picture goes can be heard before it goes.
      warn({ code: error.code, message: `${happened(error, first)} ${name} is asked instead.`, next: '' }, true)
      const choice = { vision, model: fallback.model, baseUrl: fallback.baseUrl }
      return { choice, result: await ask(choice) }
    } catch (second) {
      if (isAbort(second)) throw second
      if (second !== error) {
        const { code, message, next } = asDescryError(second)
        warn({ code, message: `${name} did not describe it either. ${message}`, next })
      }
      throw error
    }
  }
}

function mayFallBack(error: unknown, first: Choice, fallback: Fallback): error is DescryError {
  if (!(error instanceof DescryError) || !fallback.maySend()) return false
  if (fallback.baseUrl === first.baseUrl && fallback.model === first.model) return false
  return isDown.has(error.code) || (error.code === 'no-credit' && isOnThisComputer(fallback.baseUrl))
}

function happened({ code }: DescryError, { baseUrl }: Choice): string {
  const name = providerName(baseUrl)
  if (code === 'no-credit') return `The credit at ${name} is used up.`
  if (code === 'rate-limited') return `${name} wants fewer requests.`
  if (code === 'timed-out') return `${name} took too long.`
  if (code === 'cut-off') return `${name} broke off.`
  return `${name} cannot be reached.`
}
