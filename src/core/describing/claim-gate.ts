import { hasClaims } from '#core/grounding/claims.ts'
import type { Clock } from '#core/ports/time.ts'

/** A claim waits so long for OCR: mostly that is ready when the first sentences come, and then the doubt is there, too. */
const claimPatienceMs = 400
/** What stands so many characters before may tell that something is a name or a quotation. */
const reach = 400

/** Lets a caption through as it comes, but for sentences with a quotation, a number or a name. */
export interface ClaimGate {
  push(text: string): void
  /** True when nothing waits any more. */
  readonly isOpen: boolean
  /** The words in the picture have been read: nothing waits any more. */
  open(): void
  /** Resolves when all has been let through. */
  drained(): Promise<void>
}

/** @param language BCP 47, of the caption. */
export function createClaimGate(clock: Clock, language: string, give: (text: string) => void): ClaimGate {
  /** Since the last wait: the end of what was let through, and what is held. */
  let passed = ''
  let held = ''
  let isOpen = false
  let cancel: (() => void) | null = null
  const sleepers: (() => void)[] = []

  function release(): void {
    cancel?.()
    cancel = null
    const text = held
    held = ''
    passed = ''
    if (text !== '') give(text)
    for (const wake of sleepers.splice(0)) wake()
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
          give(held)
          passed = (passed + held).slice(-reach)
          held = ''
        }
      }
    },
    open() {
      isOpen = true
      release()
    },
    async drained() {
      if (cancel !== null) await new Promise<void>((resolve) => sleepers.push(resolve))
    }
  }
}
