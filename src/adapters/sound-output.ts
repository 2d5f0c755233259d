import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Where a sound of this system goes. */
export interface SoundOutput {
  /** Resolves when the sound is over or nobody can play it; `signal` silences it. */
  play(wav: Buffer, signal: AbortSignal): Promise<void>
  close(): Promise<void>
}

/** The longest sound has 350 ms, a sound card that sleeps may need a second to wake: what takes longer hangs. */
const limitMs = 2000

/**
 * One short process a sound. The sound goes by a file of its own, gone when it is over: afplay reads nothing else, aplay
 * knows no volume, and none of them could read from inside the packed program.
 *
 * @param programs Command and options of each that may be there, best first; the file's path comes last.
 */
export function createProgramOutput(programs: string[][], env: NodeJS.ProcessEnv): SoundOutput {
  return {
    async play(wav, signal) {
      const folder = await mkdtemp(join(tmpdir(), 'descry-sound-'))
      try {
        const path = join(folder, 'sound.wav')
        await writeFile(path, wav)
        for (const [command = '', ...args] of programs) if (await isPlayed(command, [...args, path], env, signal)) break
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    },
    close: () => Promise.resolve()
  }
}

/** False when the program is missing or could not play, so that another may try; a sound cut short needs no other. */
function isPlayed(command: string, args: string[], env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { env, signal, stdio: 'ignore', timeout: limitMs, killSignal: 'SIGKILL' })
    child.once('error', () => resolve(signal.aborted))
    child.once('exit', (code) => resolve(code === 0 || code === null))
  })
}
