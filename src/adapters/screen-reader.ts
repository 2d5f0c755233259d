import { readdir, readFile } from 'node:fs/promises'
import type { ScreenReaderDetector } from '#core/ports/speech.ts'
import { programText } from './programs/run-program.ts'
import { windowsProgram } from './programs/windows-programs.ts'

/** It is checked before each caption and again a moment later, so the answer is kept this long. */
const freshMs = 1000
const commandTimeoutMs = 2000

/** Detects a screen reader that this user is running; null if there is none, or if that cannot be determined. */
export function createScreenReaderDetector(system: NodeJS.Platform = process.platform): ScreenReaderDetector {
  const look =
    system === 'linux' ? findOnLinux : system === 'darwin' ? findOnMac : system === 'win32' ? findOnWindows : none
  let answer: Promise<string | null> | null = null
  let askedMs = -Infinity
  return {
    running() {
      if (answer === null || performance.now() - askedMs > freshMs) {
        askedMs = performance.now()
        answer = look().catch(() => null)
      }
      return answer
    }
  }
}

const none = (): Promise<null> => Promise.resolve(null)

/** Orca is a Python script: its process is called "orca", or "python3" with orca as its script. */
async function findOnLinux(): Promise<string | null> {
  const uid = process.getuid?.()
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/u.test(name))
  const found = await Promise.all(pids.map((pid) => isOrca(pid, uid)))
  return found.includes(true) ? 'Orca' : null
}

async function isOrca(pid: string, uid: number | undefined): Promise<boolean> {
  try {
    const name = (await readFile(`/proc/${pid}/comm`, 'utf8')).trim()
    if (name !== 'orca' && !name.startsWith('python')) return false
    const status = await readFile(`/proc/${pid}/status`, 'utf8')
    const owner = /^Uid:\s+(\d+)/mu.exec(status)?.[1]
    if (/^State:\s+Z/mu.test(status) || (uid !== undefined && owner !== String(uid))) return false
    if (name === 'orca') return true
    const [, ...args] = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0')
    const script = args.find((arg) => !arg.startsWith('-'))
    return /(?:^|\/)orca$/u.test(script ?? '')
  } catch {
    // It ended while we were looking.
    return false
  }
}

/** The user's VoiceOver switch, as System Settings stores it. */
async function findOnMac(): Promise<string | null> {
  const value = await programText('defaults', ['read', 'com.apple.universalaccess', 'voiceOverOnOffKey'], {
    timeoutMs: commandTimeoutMs
  })
  return value.trim() === '1' ? 'VoiceOver' : null
}

const windowsReaders: Record<string, string> = { 'nvda.exe': 'NVDA', 'jfw.exe': 'JAWS', 'narrator.exe': 'Narrator' }

async function findOnWindows(): Promise<string | null> {
  const list = await programText(windowsProgram('tasklist.exe'), ['/fo', 'csv', '/nh'], { timeoutMs: commandTimeoutMs })
  const running = new Set([...list.matchAll(/^"([^"]+)"/gmu)].map((match) => match[1]?.toLowerCase()))
  const file = Object.keys(windowsReaders).find((name) => running.has(name))
  return file === undefined ? null : (windowsReaders[file] ?? null)
}
