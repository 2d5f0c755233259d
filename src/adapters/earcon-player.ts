import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { EarconPlayer } from '#core/ports/speech.ts'
import type { Earcon } from '#shared/earcons.ts'
import { createProgramOutput, type SoundOutput } from './sound-output.ts'
import { createWindowsSoundOutput } from './windows-sound-output.ts'

/** Two folders above both this file and dist/main/main.js, even in the packed program. */
const assets = join(import.meta.dirname, '../../assets/earcons')
const wavHeaderBytes = 44

/**
 * Programs that play a WAV file, best first. paplay works with PulseAudio and with PipeWire; pw-play may find a PipeWire
 * that only carries video, and then waits forever.
 */
const linuxPrograms = [['paplay'], ['pw-play'], ['aplay', '-q']]
const macosPrograms = [['afplay']]

/**
 * Plays sounds with programs that come with the system. A new sound replaces the one that is playing. Without a player or a
 * sound server, nothing is heard and nothing is reported.
 *
 * @param env For the player; its PATH is searched.
 */
export function createEarconPlayer({
  platform,
  env
}: {
  platform: NodeJS.Platform
  env: NodeJS.ProcessEnv
}): EarconPlayer {
  const output =
    platform === 'win32'
      ? createWindowsSoundOutput(env)
      : createProgramOutput(platform === 'darwin' ? macosPrograms : linuxPrograms, env)
  let newest = new AbortController()
  let pending: Promise<unknown> = Promise.resolve()
  let isClosed = false

  return {
    play(earcon, volumePercent) {
      if (isClosed || !(volumePercent > 0)) return
      newest.abort()
      newest = new AbortController()
      pending = Promise.allSettled([pending, playOn(output, earcon, volumePercent, newest.signal)])
    },

    /** Lets a sound finish, because it may be all that a user hears about a failed command. */
    async close() {
      isClosed = true
      await pending
      await output.close()
    }
  }
}

async function playOn(output: SoundOutput, earcon: Earcon, volumePercent: number, signal: AbortSignal): Promise<void> {
  const wav = await readFile(join(assets, `${earcon}.wav`))
  const level = Math.min(volumePercent, 100) / 100
  for (let offset = wavHeaderBytes; offset < wav.length; offset += 2)
    wav.writeInt16LE(Math.round(wav.readInt16LE(offset) * level), offset)
  if (!signal.aborted) await output.play(wav, signal)
}
