import type { ChildProcess } from 'node:child_process'
import type { Voice } from '#core/ports/speech.ts'
import type { Utterance } from '#shared/speech.ts'

/** The shortest "a" of any engine takes longer; an engine that only pretends to play is done at once. */
const leastPlaybackMs = 150

/** The text that a check speaks. */
export const silence: Utterance = {
  text: 'a',
  language: 'en',
  rateWpm: 175,
  volumePercent: 0,
  pitchPercent: 50,
  voice: null
}

/**
 * Whether an engine that reports begin and end plays a silent utterance for as long as sound takes. Never rejects.
 *
 * @param speak The voice's own.
 * @param giveUp Makes an utterance that hangs end as failed or stopped; called after `timeoutMs`.
 */
export function provesPlayback(speak: Voice['speak'], giveUp: () => void, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    let beganMs: number | null = null
    const limit = setTimeout(giveUp, timeoutMs)
    speak(silence, (event) => {
      if (event.type === 'began') beganMs = performance.now()
      if (event.type === 'began' || event.type === 'mark') return
      clearTimeout(limit)
      resolve(event.type === 'ended' && beganMs !== null && performance.now() - beganMs >= leastPlaybackMs)
    })
  })
}

/**
 * Whether a process that has just started to play a silent utterance takes as long as sound does, exits with 0 and
 * writes nothing to stderr: engines exit with 0 even when they could not play. Never rejects.
 *
 * @param kill Ends a process that hangs; called after `timeoutMs`.
 */
export function provesProcessPlayback(child: ChildProcess, kill: () => void, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const beganMs = performance.now()
    let hasComplained = false
    const limit = setTimeout(kill, timeoutMs)
    const settle = (isProven: boolean): void => {
      clearTimeout(limit)
      resolve(isProven)
    }
    child.stderr?.on('data', () => (hasComplained = true))
    child.once('error', () => settle(false))
    child.once('close', (code) =>
      settle(code === 0 && !hasComplained && performance.now() - beganMs >= leastPlaybackMs)
    )
  })
}
