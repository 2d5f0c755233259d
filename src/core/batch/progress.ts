import type { Clock } from '../ports/time.ts'
import { t } from '#shared/messages/messages.ts'

export interface BatchProgress {
  /** One more picture is finished; `wasKnown` if it needed no work. */
  step(wasKnown: boolean): void
  /** The provider accepts no requests for this long. */
  wait(waitMs: number): void
  /** Stops all reporting. */
  end(): void
}

export interface ProgressListener {
  /** For the screen, at most once every ten seconds and at the end: "120 of 1,000, 3 minutes left". */
  onShown(sentence: string): void
  /**
   * For speech: at 25, 50 and 75 %, at most once a minute (behavior B8), and once when nothing happens for more than a
   * minute.
   */
  onSpoken(sentence: string): void
}

const showEveryMs = 10_000
const speakEveryMs = 60_000
const longWaitMs = 60_000
const quarters = [25, 50, 75]

/** Reports how far a batch is, and how long the rest will take at the rate so far. */
export function createBatchProgress(total: number, clock: Clock, listener: ProgressListener): BatchProgress {
  const startedAtMs = clock.nowMs()
  let finished = 0
  let known = 0
  let spokenPercent = 0
  let shownAtMs = startedAtMs
  let spokenAtMs = -Infinity
  let isWaitSpoken = false

  /** "3 minutes"; null while the rate is unknown. */
  const timeLeft = (): string | null => {
    const described = finished - known
    return described < 5 ? null : duration(((clock.nowMs() - startedAtMs) / described) * (total - finished))
  }
  const status = (): string => {
    const left = finished === total ? null : timeLeft()
    return left === null
      ? t('batch.status', { finished, total })
      : t('batch.status-with-time', { finished, total, left })
  }
  const spokenStatus = (percent: number): string => {
    const left = timeLeft()
    return left === null ? t('batch.percent', { percent }) : t('batch.percent-with-time', { percent, left })
  }
  const speakWait = (sentence: string): void => {
    if (isWaitSpoken) return
    isWaitSpoken = true
    spokenAtMs = clock.nowMs()
    listener.onSpoken(sentence)
  }
  const watchForSilence = (): (() => void) =>
    clock.after(longWaitMs, () => speakWait(t('batch.still-waiting', { finished, total })))
  let cancelTimer = watchForSilence()

  return {
    end: () => cancelTimer(),
    wait(waitMs) {
      const sentence = t('batch.waiting', { wait: duration(waitMs) })
      listener.onShown(sentence)
      if (waitMs > longWaitMs) speakWait(sentence)
    },
    step(wasKnown) {
      finished += 1
      isWaitSpoken = false
      cancelTimer()
      if (finished < total) cancelTimer = watchForSilence()
      if (wasKnown) known += 1
      const nowMs = clock.nowMs()
      if (nowMs - shownAtMs >= showEveryMs || finished === total) {
        shownAtMs = nowMs
        listener.onShown(status())
      }
      const reached = quarters.findLast((quarter) => (finished / total) * 100 >= quarter) ?? 0
      if (finished === total || reached <= spokenPercent || nowMs - spokenAtMs < speakEveryMs) return
      spokenPercent = reached
      spokenAtMs = nowMs
      listener.onSpoken(spokenStatus(reached))
    }
  }
}

/** "40 seconds", "3 minutes", "2 hours". */
export function duration(ms: number): string {
  const [value, unit] =
    ms < 90_000 ? [ms / 1000, 'second'] : ms < 5_400_000 ? [ms / 60_000, 'minute'] : [ms / 3_600_000, 'hour']
  const format = new Intl.NumberFormat('en', { style: 'unit', unit, unitDisplay: 'long' })
  return format.format(Math.max(1, Math.round(value)))
}
