import type { VisionModel } from '#core/ports/vision.ts'
import { isOnThisComputer } from '#shared/addresses.ts'
import { asDescryError, DescryError, isAbort, type ErrorCode, type Failure } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import { providerName } from './providers.ts'

/** A model to ask, and the address it is asked at. */
export interface Choice {
  vision: VisionModel
  model: string
  /** Chat Completions address. It determines the provider and the parameters of the request. */
  baseUrl: string
}

/** The model to ask if the first cannot be reached. */
export interface Fallback {
  baseUrl: string
  model: string
  /** Whether the user allows sending pictures there. Called right before sending. */
  maySend(): boolean
  /** Looks up the key and connects. Called only when needed, to avoid a needless keychain prompt. */
  connect(): Promise<VisionModel>
}

export interface Asked<Result> {
  choice: Choice
  result: Result
}

/** The provider does not answer, or not now; another one may. */
const isDown = new Set<ErrorCode>(['provider-down', 'timed-out', 'rate-limited', 'cut-off'])

/**
 * Asks the first model and, if that cannot be reached, the fallback. Errors that the user has to fix (a wrong key, a
 * model that is gone), a declined picture, and a stop are thrown as they are. When the credit is used up, only a server
 * on this computer can be the fallback. If the fallback fails too, that is a warning, and the first error is thrown.
 *
 * @param warn `isUrgent` marks a warning that must be heard before the thing it warns of happens.
 * @param ask Rejects only before the first word of an answer arrives; after that, an error is part of its result.
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
    const names = { name: providerName(first.baseUrl), fallback: providerName(fallback.baseUrl) }
    try {
      const vision = await fallback.connect()
      // The keychain can take a while, and the user may have turned sending off meanwhile.
      if (!fallback.maySend()) throw error
      // Warn first: the user hears where a picture will be sent before it is sent.
      warn({ code: error.code, message: whyFallback(error, names), next: '' }, true)
      const choice = { vision, model: fallback.model, baseUrl: fallback.baseUrl }
      return { choice, result: await ask(choice) }
    } catch (second) {
      if (isAbort(second)) throw second
      if (second !== error) {
        const { code, message, next } = asDescryError(second)
        warn({ code, message: t('caption.fallback-failed', { fallback: names.fallback, message }), next })
      }
      throw error
    }
  }
}

function whyFallback(error: DescryError, names: { name: string; fallback: string }): string {
  const { code, message } = error
  // It can be reached, but has another reason, such as too little memory.
  const hasOwnReason = code === 'provider-down' && message !== t('errors.provider-down')
  return hasOwnReason
    ? t('caption.using-fallback-because', { reason: message, fallback: names.fallback })
    : t('caption.using-fallback', { code, ...names })
}

function mayFallBack(error: unknown, first: Choice, fallback: Fallback): error is DescryError {
  if (!(error instanceof DescryError) || !fallback.maySend()) return false
  if (fallback.baseUrl === first.baseUrl && fallback.model === first.model) return false
  return isDown.has(error.code) || (error.code === 'no-credit' && isOnThisComputer(fallback.baseUrl))
}
