import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startProgram } from './programs/start-program.ts'
import { withTemporaryFolder } from './programs/temporary-folder.ts'

/** Plays sounds on this system. */
export interface SoundOutput {
  /** Resolves when the sound is over, or cannot be played; `signal` silences it. */
  play(wav: Buffer, signal: AbortSignal): Promise<void>
  close(): Promise<void>
}

/** The longest sound is 350 ms, and a sleeping sound card may need a second to wake up; a slower player hangs. */
const timeoutMs = 2000

/**
 * One short process per sound. The sound goes through a temporary file, because afplay reads nothing else, aplay has no
 * volume, and none of them can read from inside the packed program.
 *
 * @param programs Command and options of each candidate, best first; the file's path is added at the end.
 */
export function createProgramOutput(programs: string[][], env: NodeJS.ProcessEnv): SoundOutput {
  return {
    play: (wav, signal) =>
      withTemporaryFolder('sound', async (folder) => {
        const path = join(folder, 'sound.wav')
        await writeFile(path, wav)
        for (const [command = '', ...args] of programs) if (await isPlayed(command, [...args, path], env, signal)) break
      }),
    close: () => Promise.resolve()
  }
}

/** False if the program is missing or could not play, so that another one is tried. True if the sound was cut short. */
function isPlayed(command: string, args: string[], env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const child = startProgram(command, args, { env, signal, stdio: 'ignore', timeoutMs })
    child.once('error', () => resolve(signal.aborted))
    child.once('exit', (code) => resolve(code === 0 || code === null))
  })
}
