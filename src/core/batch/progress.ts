import type { Clock } from '../ports/time.ts'

export interface BatchProgress {
  /** One more is finished; `wasKnown` when nothing had to be done for it. */
  step(wasKnown: boolean): void
  /** The provider wants nothing for so long. */
  wait(waitMs: number): void
  /** Nothing more is told. */
  end(): void
}

export interface ProgressListener {
  /** For the screen, at most once in ten seconds and at the end: "120 of 1,000, 3 minutes left". */
  onShown(sentence: string): void
  /**
   * For the ear: at 25, 50 and 75 %, at most once a minute (behavior B8); and once when nothing comes for more than a minute.
   */
  onSpoken(sentence: string): void
}

const showEveryMs = 10_000
const speakEveryMs = 60_000
const longWaitMs = 60_000
const quarters = [25, 50, 75]

/** How far a batch is, and how long it will still take at the rate so far. */
export function createBatchProgress(total: number, clock: Clock, listener: ProgressListener): BatchProgress {
  const startedAtMs = clock.nowMs()
  let finished = 0
  let known = 0
  let spokenPercent = 0
  let shownAtMs = startedAtMs
  let spokenAtMs = -Infinity
  let isWaitTold = false

  const leftMs = (): number | null => {
    const worked = finished - known
    return worked < 5 ? null : ((clock.nowMs() - startedAtMs) / worked) * (total - finished)
  }
  const sentence = (): string => {
    const left = leftMs()
    return `${finished} of ${total}${left === null || finished === total ? '' : `, ${duration(left)} left`}`
  }

  const tellOfWait = (words: string): void => {
    if (isWaitTold) return
    isWaitTold = true
    spokenAtMs = clock.nowMs()
    listener.onSpoken(words)
  }
  const watchForSilence = (): (() => void) =>
    clock.after(longWaitMs, () => tellOfWait(`Still waiting: ${finished} of ${total}.`))
  let cancelTimer = watchForSilence()

  return {
    end: () => cancelTimer(),
    wait(waitMs) {
      listener.onShown(`Waiting ${duration(waitMs)} for the provider.`)
      if (waitMs > longWaitMs) tellOfWait(`Waiting ${duration(waitMs)} for the provider.`)
    },
    step(wasKnown) {
      finished += 1
      isWaitTold = false
      cancelTimer()
      if (finished < total) cancelTimer = watchForSilence()
      if (wasKnown) known += 1
      const nowMs = clock.nowMs()
      if (nowMs - shownAtMs >= showEveryMs || finished === total) {
        shownAtMs = nowMs
        listener.onShown(sentence())
      }
      const reached = quarters.findLast((quarter) => (finished / total) * 100 >= quarter) ?? 0
      if (finished === total || reached <= spokenPercent || nowMs - spokenAtMs < speakEveryMs) return
      spokenPercent = reached
      spokenAtMs = nowMs
      const left = leftMs()
      listener.onSpoken(`${reached} percent${left === null ? '' : `, ${duration(left)} left`}.`)
    }
  }
}

/** "40 seconds", "3 minutes", "2 hours". */
export function duration(ms: number): string {
  const [value, unit] =
    ms < 90_000 ? [ms / 1000, 'second'] : ms < 5_400_000 ? [ms / 60_000, 'minute'] : [ms / 3_600_000, 'hour']
  const rounded = Math.max(1, Math.round(value))
  return `${rounded} ${unit}${rounded === 1 ? '' : 's'}`
}
