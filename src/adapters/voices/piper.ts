import type { ChildProcess } from 'node:child_process'
import { pipeline, Transform } from 'node:stream'
import type { Voice } from '#core/ports/speech.ts'
import type { Utterance, VoiceEvent } from '#shared/speech.ts'
import { endProgram } from '../programs/reaper.ts'
import { findProgram } from '../programs/run-program.ts'
import { startProgram } from '../programs/start-program.ts'
import { createUtteranceSlot } from './current-utterance.ts'
import { provesPlayback } from './playback-proof.ts'
import { chooseModel, findPiperModels, type PiperModel } from './piper-models.ts'

/** Loading a model takes a second, on a slow disk several. */
const checkTimeoutMs = 15_000

interface Programs {
  piper: string
  player: (sampleRateHz: number) => [command: string, ...args: string[]]
}

/**
 * Piper, if it and one of its models are installed (Linux). The text goes in through stdin; the raw sound passes through
 * Descry, which sets the volume, to the system's player. Loading the model takes most of the time to first sound, so a
 * process that has loaded it is kept ready for the next utterance. Its models have a fixed pitch.
 *
 * @param env For PATH and the models' folders.
 */
export function createPiperVoice(env: NodeJS.ProcessEnv = process.env): Voice {
  const slot = createUtteranceSlot()
  /** Started ahead, with the arguments of the previous utterance. */
  let prepared: { key: string; child: ChildProcess } | null = null
  let isClosed = false

  function startPiper(command: string, args: string[]): ChildProcess {
    const child = startProgram(command, args, { env, stdio: ['pipe', 'pipe', 'ignore'] })
    child.stdin?.on('error', () => undefined)
    // The code that uses the process handles this; without a listener it would crash Descry.
    child.on('error', () => undefined)
    return child
  }

  /** A process that has loaded the model, if there is one. */
  function takePiper(command: string, args: string[]): ChildProcess {
    const key = JSON.stringify([command, args])
    const ready = prepared
    prepared = null
    if (ready?.key === key && ready.child.exitCode === null && ready.child.signalCode === null) return ready.child
    if (ready) endProgram(ready.child)
    return startPiper(command, args)
  }

  function prepareNext(command: string, args: string[]): void {
    if (isClosed || prepared !== null) return
    prepared = { key: JSON.stringify([command, args]), child: startPiper(command, args) }
  }

  function speak(utterance: Utterance, listener: (event: VoiceEvent) => void): void {
    const current = slot.begin(listener)

    const play = (programs: Programs, model: PiperModel): void => {
      const args = piperArguments(model, utterance.rateWpm)
      const piper = takePiper(programs.piper, args)
      const [command, ...playerArgs] = programs.player(model.sampleRateHz)
      const player = startProgram(command, playerArgs, { env, stdio: ['pipe', 'ignore', 'ignore'] })
      const volume = atVolume(utterance.volumePercent)
      // The player's stdin ends with Piper's sound; a broken pipe shows in the exit of the process behind it.
      if (piper.stdout && player.stdin) pipeline(piper.stdout, volume, player.stdin, () => undefined)
      volume.once('data', () => {
        if (!current.isOver) listener({ type: 'began' })
      })
      const kill = (): void => {
        endProgram(piper)
        endProgram(player)
      }
      current.stopWith(kill)
      const fail = (program: string) => (): void => {
        kill()
        current.finish({ type: 'failed', reason: `${program} failed.` })
      }
      piper.once('error', fail('Piper'))
      player.once('error', fail('The player'))
      piper.once('exit', (code) => {
        if (code !== 0) fail('Piper')()
        // Not sooner: two models that load at once slow each other down.
        if (code === 0 || current.isStopped) prepareNext(programs.piper, args)
      })
      player.once('exit', (code) => {
        if (code === 0) current.finish({ type: 'ended' })
        else fail('The player')()
      })
      // Piper treats each line as an utterance.
      piper.stdin?.end(`${utterance.text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')}\n`)
    }

    const begin = async (): Promise<void> => {
      const [programs, models] = [findPrograms(env), await findPiperModels(env)]
      if (current.isOver) return
      const model = chooseModel(models, utterance.voice, utterance.language)
      if (programs === null || model === null) current.finish({ type: 'failed', reason: 'Piper is not installed.' })
      else play(programs, model)
    }
    void begin()
  }

  return {
    name: 'piper',

    list: async () =>
      findPrograms(env) === null
        ? []
        : (await findPiperModels(env)).map(({ id, name, language }) => ({ id, name, language })),

    check() {
      return provesPlayback(speak, () => slot.stop(), checkTimeoutMs)
    },

    speak,
    stop: () => slot.stop(),

    close() {
      isClosed = true
      slot.stop()
      if (prepared) endProgram(prepared.child)
      prepared = null
      return Promise.resolve()
    }
  }
}

/** A model speaks at about 175 words a minute; the length scale stretches that. */
function piperArguments({ path }: PiperModel, rateWpm: number): string[] {
  const rate = Math.min(Math.max(Number.isFinite(rateWpm) ? rateWpm : 175, 80), 450)
  return ['--model', path, '--output-raw', '--length-scale', (175 / rate).toFixed(2)]
}

/** Some distributions call it piper-tts, because "piper" is also a tool for mice; without a model it is never started. */
function findPrograms(env: NodeJS.ProcessEnv): Programs | null {
  const synthesizer = findProgram('piper-tts', env) ?? findProgram('piper', env)
  const paplay = findProgram('paplay', env)
  const aplay = findProgram('aplay', env)
  if (!synthesizer) return null
  if (paplay)
    return {
      piper: synthesizer,
      player: (hz) => [paplay, '--raw', '--format=s16le', '--channels=1', `--rate=${hz}`, '--latency-msec=100']
    }
  if (aplay)
    return { piper: synthesizer, player: (hz) => [aplay, '-q', '-t', 'raw', '-f', 'S16_LE', '-c', '1', '-r', `${hz}`] }
  return null
}

/** Makes 16-bit samples quieter; a chunk may end in the middle of a sample. */
function atVolume(percent: number): Transform {
  const factor = Math.min(Math.max(percent, 0), 100) / 100
  let odd: Buffer = Buffer.alloc(0)
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const bytes = Buffer.concat([odd, chunk])
      const even = bytes.length - (bytes.length % 2)
      odd = bytes.subarray(even)
      const samples = bytes.subarray(0, even)
      for (let at = 0; at < even; at += 2) samples.writeInt16LE(Math.round(samples.readInt16LE(at) * factor), at)
      done(null, samples)
    }
  })
}
