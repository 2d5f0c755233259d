import { hasClaims } from '#core/grounding/claims.ts'
import type { Clock } from '#core/ports/time.ts'

/** How long a claim waits for OCR, which is mostly ready when the first sentences arrive; the check is then ready too. */
const claimPatienceMs = 400
/** This many characters before a word may show that it is a name or part of a quotation. */
const contextLength = 400

/** Passes a caption on as it arrives, but holds back sentences with a quotation, a number or a name. */
export interface ClaimGate {
  push(text: string): void
  /** True when nothing is held back anymore. */
  readonly isOpen: boolean
  /** The text in the picture has been read: nothing is held back anymore. */
  open(): void
  /** Resolves when everything has been passed on. */
  drained(): Promise<void>
}

/** @param language BCP 47, of the caption. */
export function createClaimGate(clock: Clock, language: string, pass: (text: string) => void): ClaimGate {
  /** The end of what was passed on since the last wait, and what is held back. */
  let passed = ''
  let held = ''
  let isOpen = false
  let cancel: (() => void) | null = null
  const idleWaiters: (() => void)[] = []

  function release(): void {
    cancel?.()
    cancel = null
    const text = held
    held = ''
    passed = ''
    if (text !== '') pass(text)
    for (const resolve of idleWaiters.splice(0)) resolve()
  }

  return {
    get isOpen() {
      return isOpen
    },
    push(text) {
      held += text
      if (isOpen) release()
      else if (cancel === null) {
        if (hasClaims(passed + held, language)) cancel = clock.after(claimPatienceMs, release)
        else {
          pass(held)
          passed = (passed + held).slice(-contextLength)
          held = ''
        }
      }
    },
    open() {
      isOpen = true
      release()
    },
    async drained() {
      if (cancel !== null) await new Promise<void>((resolve) => idleWaiters.push(resolve))
    }
  }
}
