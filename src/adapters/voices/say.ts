import { spawn, type ChildProcess } from 'node:child_process'
import say from 'say'
import type { Voice } from '#core/ports/speech.ts'
import type { VoiceEvent } from '#shared/speech.ts'
import { saySystem } from './say-systems.ts'
import { createVoiceList } from './voice-list.ts'

/** The part of the package that is safe to use; its types leave out `Say` and `child`. */
interface SayEngine {
  readonly child: ChildProcess | null
  speak(text: string, voice: string | null, speed: number | null, callback: () => void): void
}
const { Say } = say as unknown as { Say: new (system: NodeJS.Platform) => SayEngine }

/** Less than the shortest playback of "a". */
const leastPlaybackMs = 150
const checkLimitMs = 5000

/**
 * The `say` package: Festival on Linux, say on macOS, System.Speech on Windows. Used raw it runs commands that a caption
 * holds, kills other people's processes and takes ours down with a missing engine (docs/contributing/speech.md), so: one engine
 * object an utterance, cleaned text, no voice names but listed ones, our own listeners on its process and our own stop. Its callback and
 * its stop() are not used.
 */
export function createSayVoice(system: NodeJS.Platform = process.platform): Voice {
  const ways = saySystem(system)
  const voices = createVoiceList(() => ways?.list() ?? Promise.resolve([]))
  let stopCurrent: (() => void) | null = null

  return {
    name: 'say',

    list: () => voices.all(),

    check() {
      if (ways === null) return Promise.resolve(false)
      return new Promise((resolve) => {
        const beganMs = performance.now()
        const { command, args, input } = ways.check
        let hasComplained = false
        const child = spawn(command, args, { stdio: ['pipe', 'ignore', 'pipe'], windowsHide: true })
        const limit = setTimeout(() => ways.kill(child), checkLimitMs)
        child.stdin.on('error', () => undefined)
        child.stdin.end(input)
        child.stderr.on('data', () => (hasComplained = true))
        child.once('error', () => {
          clearTimeout(limit)
          resolve(false)
        })
        child.once('close', (code) => {
          clearTimeout(limit)
          ways.tidy(child)
          resolve(code === 0 && !hasComplained && performance.now() - beganMs >= leastPlaybackMs)
        })
      })
    },

    speak(utterance, listener) {
      const text = ways?.clean(utterance) ?? ''
      let isStopped = false
      let isOver = false
      const finish = (event: VoiceEvent): void => {
        if (isOver) return
        isOver = true
        stopCurrent = null
        listener(event)
      }
      if (ways === null || text === '') {
        setImmediate(() => finish({ type: 'failed', reason: 'say cannot speak this text.' }))
        return
      }
      const begin = async (): Promise<void> => {
        const voice = await voices.find(utterance.voice)
        if (isOver) return
        const engine = new Say(system)
        engine.speak(text, voice?.id ?? null, ways.speed(utterance.rateWpm), () => undefined)
        const { child } = engine
        if (child === null) {
          finish({ type: 'failed', reason: 'say did not start.' })
          return
        }
        child.stdin?.on('error', () => undefined)
        child.stdout?.resume()
        child.stderr?.resume()
        child.once('spawn', () => listener({ type: 'began' }))
        child.once('error', (error) => finish({ type: 'failed', reason: error.message }))
        // Not exit: on Linux the player may outlive Festival, and holds its pipes.
        child.once('close', (code, signal) => {
          ways.tidy(child)
          if (isStopped) finish({ type: 'stopped' })
          else if (code === 0) finish({ type: 'ended' })
          else finish({ type: 'failed', reason: `say ended with ${code ?? signal}.` })
        })
        stopCurrent = () => {
          isStopped = true
          ways.kill(child)
        }
      }
      stopCurrent = () => finish({ type: 'stopped' })
      void begin()
    },

    stop: () => stopCurrent?.(),

    close() {
      stopCurrent?.()
      return Promise.resolve()
    }
  }
}
