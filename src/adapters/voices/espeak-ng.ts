import { spawn, type ChildProcess } from 'node:child_process'
import type { Utterance, Voice } from '#core/ports.ts'

/** Less than the shortest playback of "a" (about 0.3 s); without a sound server espeak-ng is through in a tenth of it. */
const leastPlaybackMs = 150
const checkLimitMs = 3000

/** espeak-ng, a process an utterance. The text goes in by stdin and nothing of it gets onto the command line. */
export function createEspeakVoice(): Voice {
  let stopCurrent: (() => void) | null = null

  return {
    name: 'espeak-ng',

    /** espeak-ng ends with 0 even when it could not play; whether it did shows in how long it took and in its complaints. */
    check() {
      return new Promise((resolve) => {
        const beganMs = performance.now()
        let hasComplained = false
        const child = start({ text: 'a', language: 'en', rateWpm: 175, volumePercent: 0 })
        const limit = setTimeout(() => child.kill('SIGKILL'), checkLimitMs)
        child.stderr?.on('data', () => (hasComplained = true))
        child.once('error', () => resolve(false))
        child.once('close', (code) => {
          clearTimeout(limit)
          resolve(code === 0 && !hasComplained && performance.now() - beganMs >= leastPlaybackMs)
        })
      })
    },

    speak(utterance, listener) {
      const child = start(utterance)
      let isStopped = false
      let isOver = false
      const finish = (event: { type: 'ended' } | { type: 'stopped' } | { type: 'failed'; reason: string }): void => {
        if (isOver) return
        isOver = true
        stopCurrent = null
        listener(event)
      }
      child.stderr?.resume()
      child.once('spawn', () => {
        if (!isOver) listener({ type: 'began' })
      })
      child.once('error', (error) => finish({ type: 'failed', reason: error.message }))
      child.once('exit', (code, signal) => {
        if (isStopped) finish({ type: 'stopped' })
        else if (code === 0) finish({ type: 'ended' })
        else finish({ type: 'failed', reason: `espeak-ng ended with ${code ?? signal}.` })
      })
      stopCurrent = () => {
        isStopped = true
        child.kill('SIGKILL')
      }
    },

    stop: () => stopCurrent?.(),

    close() {
      stopCurrent?.()
      return Promise.resolve()
    }
  }
}

function start({ text, language, rateWpm, volumePercent }: Utterance): ChildProcess {
  const child = spawn(
    'espeak-ng',
    ['--stdin', '-b', '1', '-v', voiceFor(language), '-s', whole(rateWpm, 80, 450), '-a', whole(volumePercent, 0, 100)],
    { stdio: ['pipe', 'ignore', 'pipe'] }
  )
  // An engine that died before it read everything is reported by its exit.
  child.stdin?.on('error', () => undefined)
  child.stdin?.end(text)
  return child
}

/** espeak-ng refuses names it does not know; a tag of odd shape could be an option or a path. */
function voiceFor(language: string): string {
  const tag = language.toLowerCase()
  return /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/u.test(tag) ? tag : 'en'
}

function whole(value: number, least: number, most: number): string {
  return String(Math.round(Math.min(Math.max(Number.isFinite(value) ? value : least, least), most)))
}
