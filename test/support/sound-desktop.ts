import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startDesktop, type Desktop } from './desktop.ts'
import { isAlive, until } from './process.ts'
import { startRecording, type Recording } from './sound.ts'

/**
 * A desktop with sound, whose environment becomes this process's own, because engines inherit it (the package `say` takes no
 * other). Each test file runs in its own process.
 */
export async function startSoundDesktop(): Promise<{ desktop: Desktop; recording: Recording }> {
  const desktop = await startDesktop({ display: false, sound: true, bus: true })
  Object.assign(process.env, desktop.env)
  return { desktop, recording: await startRecording(desktop) }
}

/** Kills the desktop's speech-dispatcher, as a crash would, unless it has already ended. */
export async function killSpeechDispatcher(desktop: Desktop): Promise<void> {
  const folder = join(desktop.env.XDG_RUNTIME_DIR ?? '', 'speech-dispatcher')
  const pid = Number(readFileSync(join(folder, 'pid/speech-dispatcher.pid'), 'utf8'))
  if (isAlive(pid)) process.kill(pid, 'SIGKILL')
  await until(() => !isAlive(pid))
}

/** Processes of this name that the test process started itself. */
export function ownProcesses(name: string): number[] {
  return processes((pid) => {
    const [, comm, state, parent] = /^\d+ \((.*)\) (\S) (\d+)/u.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? []
    return comm === name && state !== 'Z' && Number(parent) === process.pid
  })
}

/** Waits for a process of this name that the test process started, and kills it. */
export async function killOwn(name: string): Promise<void> {
  const pids = await until(() => {
    const found = ownProcesses(name)
    return found.length > 0 && found
  })
  for (const pid of pids) process.kill(pid, 'SIGKILL')
}

/** Every process on this desktop whose command line contains `word`. */
export function desktopProcesses(desktop: Desktop, word: string): number[] {
  return processes(
    (pid) =>
      readFileSync(`/proc/${pid}/environ`, 'latin1').includes(`HOME=${desktop.home}\0`) &&
      readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes(word)
  )
}

function processes(isMeant: (pid: number) => boolean): number[] {
  const pids = readdirSync('/proc').filter((entry) => /^\d+$/u.test(entry))
  return pids.map(Number).filter((pid) => {
    try {
      return isMeant(pid)
    } catch {
      // It ended in the meantime.
      return false
    }
  })
}
