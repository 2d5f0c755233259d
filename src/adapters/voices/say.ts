import { spawn, type ChildProcess } from 'node:child_process'
import say from 'say'
import type { Voice } from '#core/ports/speech.ts'
import { createUtteranceSlot } from './current-utterance.ts'
import { provesProcessPlayback } from './playback-proof.ts'
import { saySystem } from './say-systems.ts'
import { createVoiceList } from './voice-list.ts'

/** The part of the package that is safe to use; its types lack `Say` and `child`. */
interface SayEngine {
  readonly child: ChildProcess | null
  speak(text: string, voice: string | null, speed: number | null, callback: () => void): void
}
const { Say } = say as unknown as { Say: new (system: NodeJS.Platform) => SayEngine }

const checkTimeoutMs = 5000

/**
 * The `say` package: Festival on Linux, say on macOS, System.Speech on Windows. Used as it is, it runs commands that a
 * caption contains, kills other people's processes and crashes ours when the engine is missing
 * (docs/contributing/speech.md). So Descry uses one engine object per utterance, cleaned text, only voice names from the
 * engine's list, its own listeners on the process and its own stop; the package's callback and stop() are not used.
 */
export function createSayVoice(system: NodeJS.Platform = process.platform): Voice {
  const platform = saySystem(system)
  const voices = createVoiceList(() => platform?.list() ?? Promise.resolve([]))
  const slot = createUtteranceSlot()

  return {
    name: 'say',

    list: () => voices.all(),

    check() {
      if (platform === null) return Promise.resolve(false)
      const { command, args, input } = platform.check
      const child = spawn(command, args, { stdio: ['pipe', 'ignore', 'pipe'], windowsHide: true })
      child.stdin.on('error', () => undefined)
      child.stdin.end(input)
      child.once('close', () => platform.cleanUp(child))
      return provesProcessPlayback(child, () => platform.kill(child), checkTimeoutMs)
    },

    speak(utterance, listener) {
      const current = slot.begin(listener)
      const text = platform?.clean(utterance) ?? ''
      if (platform === null || text === '') {
        setImmediate(() => current.finish({ type: 'failed', reason: 'say cannot speak this text.' }))
        return
      }
      const begin = async (): Promise<void> => {
        const voice = await voices.find(utterance.voice)
        if (current.isOver) return
        const engine = new Say(system)
        engine.speak(text, voice?.id ?? null, platform.speed(utterance.rateWpm), () => undefined)
        const { child } = engine
        if (child === null) {
          current.finish({ type: 'failed', reason: 'say did not start.' })
          return
        }
        child.stdin?.on('error', () => undefined)
        child.stdout?.resume()
        child.stderr?.resume()
        child.once('spawn', () => listener({ type: 'began' }))
        child.once('error', (error) => current.finish({ type: 'failed', reason: error.message }))
        // Not exit: on Linux the player may outlive Festival, and holds its pipes.
        child.once('close', (code, signal) => {
          platform.cleanUp(child)
          if (code === 0) current.finish({ type: 'ended' })
          else current.finish({ type: 'failed', reason: `say ended with ${code ?? signal}.` })
        })
        current.stopWith(() => platform.kill(child))
      }
      void begin()
    },

    stop: () => slot.stop(),

    close() {
      slot.stop()
      return Promise.resolve()
    }
  }
}
