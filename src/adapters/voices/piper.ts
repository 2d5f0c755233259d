import { spawn, type ChildProcess } from 'node:child_process'
import { access, constants } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { pipeline, Transform } from 'node:stream'
import type { Voice } from '#core/ports/speech.ts'
import type { Utterance, VoiceEvent } from '#shared/speech.ts'
import { provesPlayback } from './playback-proof.ts'
import { chooseModel, findPiperModels, type PiperModel } from './piper-models.ts'

/** Loading a model takes a second, on a slow disk several. */
const checkLimitMs = 15_000

interface Programs {
  piper: string
  player: (sampleRateHz: number) => [command: string, ...args: string[]]
}

/**
 * Piper, where it and a model of it are installed (Linux). The text goes in by stdin; its raw sound goes through us,
 * for the volume, to the system's player. Loading the model takes most of the time to first sound, so a Piper that has
 * done so waits for the next utterance. Its models have one pitch.
 *
 * @param env For PATH and the models' folders.
 */
export function createPiperVoice(env: NodeJS.ProcessEnv = process.env): Voice {
  let stopCurrent: (() => void) | null = null
  /** Started ahead, with the arguments of the utterance before. */
  let waiting: { key: string; child: ChildProcess } | null = null
  let isClosed = false

  function startPiper(command: string, args: string[]): ChildProcess {
    const child = spawn(command, args, { env, stdio: ['pipe', 'pipe', 'ignore'] })
    child.stdin?.on('error', () => undefined)
    // Told by whoever uses it; without a listener it would end the whole program.
    child.on('error', () => undefined)
    return child
  }

  /** One that has loaded the model, if one waits. */
  function takePiper(command: string, args: string[]): ChildProcess {
    const key = JSON.stringify([command, args])
    const ready = waiting
    waiting = null
    if (ready?.key === key && ready.child.exitCode === null && ready.child.signalCode === null) return ready.child
    ready?.child.kill('SIGKILL')
    return startPiper(command, args)
  }

  function prepareNext(command: string, args: string[]): void {
    if (isClosed || waiting !== null) return
    waiting = { key: JSON.stringify([command, args]), child: startPiper(command, args) }
  }

  function speak(utterance: Utterance, listener: (event: VoiceEvent) => void): void {
    let isOver = false
    const finish = (event: VoiceEvent): void => {
      if (isOver) return
      isOver = true
      stopCurrent = null
      listener(event)
    }
    stopCurrent = () => finish({ type: 'stopped' })

    const play = (programs: Programs, model: PiperModel): void => {
      const args = piperArguments(model, utterance.rateWpm)
      const piper = takePiper(programs.piper, args)
      const [command, ...playerArgs] = programs.player(model.sampleRateHz)
      const player = spawn(command, playerArgs, { env, stdio: ['pipe', 'ignore', 'ignore'] })
      let isStopped = false
      const volume = atVolume(utterance.volumePercent)
      // Ends the player's stdin with Piper's sound; a broken pipe is told by the end of the process behind it.
      if (piper.stdout && player.stdin) pipeline(piper.stdout, volume, player.stdin, () => undefined)
      volume.once('data', () => {
        if (!isOver) listener({ type: 'began' })
      })
      const kill = (): void => {
        piper.kill('SIGKILL')
        player.kill('SIGKILL')
      }
      stopCurrent = () => {
        isStopped = true
        kill()
      }
      const fail = (who: string) => (): void => {
        kill()
        finish(isStopped ? { type: 'stopped' } : { type: 'failed', reason: `${who} failed.` })
      }
      piper.once('error', fail('Piper'))
      player.once('error', fail('The player'))
      piper.once('exit', (code) => {
        if (code !== 0) fail('Piper')()
        // Not sooner: two that load at once are both slow.
        if (code === 0 || isStopped) prepareNext(programs.piper, args)
      })
      player.once('exit', (code) => {
        if (code === 0) finish({ type: 'ended' })
        else fail('The player')()
      })
      // One line is one utterance to Piper.
      piper.stdin?.end(`${utterance.text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')}\n`)
    }

    const begin = async (): Promise<void> => {
      const [programs, models] = await Promise.all([findPrograms(env), findPiperModels(env)])
      if (isOver) return
      const model = chooseModel(models, utterance.voice, utterance.language)
      if (programs === null || model === null) finish({ type: 'failed', reason: 'Piper is not installed.' })
      else play(programs, model)
    }
    void begin()
  }

  return {
    name: 'piper',

    list: async () =>
      (await findPrograms(env)) === null
        ? []
        : (await findPiperModels(env)).map(({ id, name, language }) => ({ id, name, language })),

    /** A real utterance, played without volume. */
    check() {
      return provesPlayback(speak, () => stopCurrent?.(), checkLimitMs)
    },

    speak,
    stop: () => stopCurrent?.(),

    close() {
      isClosed = true
      stopCurrent?.()
      waiting?.child.kill('SIGKILL')
      waiting = null
      return Promise.resolve()
    }
  }
}

/** A model speaks at about 175 words a minute; the length scale stretches that. */
function piperArguments({ path }: PiperModel, rateWpm: number): string[] {
  const rate = Math.min(Math.max(Number.isFinite(rateWpm) ? rateWpm : 175, 80), 450)
  return ['--model', path, '--output-raw', '--length-scale', (175 / rate).toFixed(2)]
}

/** Some distributions name it piper-tts, because "piper" is also a program for mice: without a model it is never started. */
async function findPrograms(env: NodeJS.ProcessEnv): Promise<Programs | null> {
  const [piperTts, piper, paplay, aplay] = await Promise.all(
    ['piper-tts', 'piper', 'paplay', 'aplay'].map((name) => findProgram(name, env))
  )
  const synthesizer = piperTts ?? piper
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

async function findProgram(name: string, env: NodeJS.ProcessEnv): Promise<string | null> {
  for (const folder of (env.PATH ?? '').split(delimiter)) {
    const path = join(folder, name)
    const isThere = await access(path, constants.X_OK).then(
      () => true,
      () => false
    )
    if (isThere) return path
  }
  return null
}

/** 16-bit samples made quieter; a sample may be cut by the end of a chunk. */
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
