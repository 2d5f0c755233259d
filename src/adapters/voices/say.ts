import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process'
import { rmSync } from 'node:fs'
import say from 'say'
import type { Voice } from '#core/ports/speech.ts'
import { endWithUs } from '../programs/reaper.ts'
import { groupOptions } from '../programs/start-program.ts'
import { createUtteranceSlot } from './current-utterance.ts'
import { provesProcessPlayback } from './playback-proof.ts'
import { saySystem, type SaySystem } from './say-systems.ts'
import { createVoiceList } from './voice-list.ts'

interface SayCommand {
  command: string
  args: string[]
  pipedData: string
  options: SpawnOptions
}

/** The part of the package that is safe to use; its types lack all but `speak`. */
interface SayEngine {
  readonly child: ChildProcess | null
  buildSpeakCommand(input: { text: string; voice: string | null; speed: number | null }): SayCommand
  speak(text: string, voice: string | null, speed: number | null, callback: () => void): void
}
const { Say } = say as unknown as { Say: new (system: NodeJS.Platform) => SayEngine }

const checkTimeoutMs = 5000

/**
 * The `say` package: Festival on Linux, say on macOS, System.Speech on Windows. Used as it is, it runs commands that a
 * caption contains, kills other people's processes and crashes ours when the engine is missing
 * (docs/contributing/speech.md). So Descry uses one engine object per utterance, cleaned text, only voice names from the
 * engine's list, its own process group and listeners on the process, and its own stop; the package's callback and stop() are
 * not used.
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
      const child = started(
        () => spawn(command, args, { stdio: ['pipe', 'ignore', 'pipe'], ...groupOptions }),
        platform
      )
      child.stdin?.on('error', () => undefined)
      child.stdin?.end(input)
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
        const build = engine.buildSpeakCommand.bind(engine)
        engine.buildSpeakCommand = (input) => {
          const command = build(input)
          return { ...command, options: { ...command.options, ...groupOptions } }
        }
        const child = started(() => {
          engine.speak(text, voice?.id ?? null, platform.speed(utterance.rateWpm), () => undefined)
          // Set by `speak`.
          return engine.child as ChildProcess
        }, platform)
        child.stdin?.on('error', () => undefined)
        child.stdout?.resume()
        child.stderr?.resume()
        child.once('spawn', () => listener({ type: 'began' }))
        child.once('error', (error) => current.finish({ type: 'failed', reason: error.message }))
        // Not exit: on Linux the player may outlive Festival, and holds its pipes.
        child.once('close', (code, signal) => {
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

/** A started engine whose sound file, which contains what is spoken, only the user can read, and which leaves none behind. */
function started(start: () => ChildProcess, platform: SaySystem): ChildProcess {
  const maskBefore = process.umask(0o077)
  const child = start()
  process.umask(maskBefore)
  const soundFile = child.pid === undefined ? null : platform.soundFile(child.pid)
  endWithUs(child, { isGroup: groupOptions.detached, leaves: soundFile ?? undefined })
  if (soundFile !== null) child.once('close', () => rmSync(soundFile, { force: true }))
  return child
}
