import type { Voice } from '#core/ports/speech.ts'

/** The shortest "a" of any engine takes longer; one that only pretends to play is through at once. */
const leastPlaybackMs = 150

/**
 * Whether an engine that tells of begin and end plays an utterance at volume 0 for as long as sound takes. Never rejects.
 *
 * @param speak The voice's own.
 * @param giveUp Makes an utterance that hangs end as failed or stopped; called after `limitMs`.
 */
export function provesPlayback(speak: Voice['speak'], giveUp: () => void, limitMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    let beganMs: number | null = null
    const limit = setTimeout(giveUp, limitMs)
    const silence = { text: 'a', language: 'en', rateWpm: 175, volumePercent: 0, pitchPercent: 50, voice: null }
    speak(silence, (event) => {
      if (event.type === 'began') beganMs = performance.now()
      if (event.type === 'began' || event.type === 'mark') return
      clearTimeout(limit)
      resolve(event.type === 'ended' && beganMs !== null && performance.now() - beganMs >= leastPlaybackMs)
    })
  })
}
