import { readFileSync } from 'node:fs'

/**
 * Linux: ends a process and everything it started. Festival plays through a shell and aplay, which go on sounding when
 * only Festival is killed. Each process is stopped before its children are listed, so that none can slip away.
 */
export function killTree(pid: number): void {
  const pids: number[] = []
  const freeze = (one: number): void => {
    signal(one, 'SIGSTOP')
    pids.push(one)
    for (const child of childrenOf(one)) freeze(child)
  }
  freeze(pid)
  // The player first: its sound is what must end.
  for (const one of pids.toReversed()) signal(one, 'SIGKILL')
}

function childrenOf(pid: number): number[] {
  try {
    const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim()
    return text === '' ? [] : text.split(' ').map(Number)
  } catch {
    return []
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // Already gone.
  }
}
