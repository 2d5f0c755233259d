import { uptime } from 'node:os'
import { programText } from '../programs/run-program.ts'
import { windowsProgram } from '../programs/windows-programs.ts'

/** Neither was tried on a real system: docs/contributing/verification.md. */

/**
 * While a program records, coreaudiod keeps the Mac awake for it, which pmset lists. No program of the system reports
 * screen sharing.
 */
export async function isMacMicrophoneInUse(signal: AbortSignal): Promise<boolean> {
  const pids = recordingPids(await programText('/usr/bin/pmset', ['-g', 'assertions'], { signal }))
  if (pids.length === 0) return false
  const programs = await programText('/bin/ps', ['-o', 'comm=', '-p', pids.join(',')], { signal })
  return hasListener(programs)
}

/** @param assertions One paragraph each; a recording one has "Created for PID: 821." and "Resources: audio-in …". */
export function recordingPids(assertions: string): string[] {
  return assertions
    .split(/^ *pid (?=\d+\()/mu)
    .filter((one) => /^\s*Resources:.*\baudio-in\b/mu.test(one))
    .flatMap((one) => /Created for PID: (\d+)/u.exec(one)?.[1] ?? [])
}

/** @param programs Full paths, one per line. corespeechd listens for "Hey Siri" all day and does not count. */
export function hasListener(programs: string): boolean {
  return programs.split('\n').some((program) => program.trim() !== '' && !/(?:^|\/)corespeechd\s*$/u.test(program))
}

export async function isMacLocked(signal: AbortSignal): Promise<boolean> {
  const root = await programText('/usr/sbin/ioreg', ['-n', 'Root', '-d1'], { signal })
  return /"IOConsoleLocked" = Yes/u.test(root)
}

const consentStore = String.raw`HKCU\Software\Microsoft\Windows\CurrentVersion\CapabilityAccessManager\ConsentStore`

/**
 * What Windows' privacy settings show as "currently in use": each use by a program has a start, and a stop that is 0 until
 * it ends. A use from before the computer was started never got its stop.
 *
 * @param capability The name of its key there: "microphone" …
 */
export async function isInUseOnWindows(
  capability: string,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal
): Promise<boolean> {
  const args = ['query', `${consentStore}\\${capability}`, '/s']
  const programs = (await programText(windowsProgram('reg.exe', env), args, { signal })).split(/^HKEY_/mu)
  const startedMs = Date.now() - uptime() * 1000
  return programs.some((program) => {
    const began = timeOf(program, 'LastUsedTimeStart')
    return began !== null && began > startedMs && timeOf(program, 'LastUsedTimeStop') === never
  })
}

/** The year 1601, where Windows' time begins, in milliseconds since 1970. */
const never = Date.UTC(1601, 0, 1)

/** Milliseconds since 1970; null if the program has no such value. */
function timeOf(program: string, value: string): number | null {
  const hundredsOfNs = new RegExp(`^\\s*${value}\\s+REG_QWORD\\s+(0x[0-9a-f]+)\\s*$`, 'imu').exec(program)?.[1]
  return hundredsOfNs ? Number(BigInt(hundredsOfNs) / 10_000n) + never : null
}

const readObjects = 1

/** A locked Windows shows a desktop that no program of the user may open. */
export async function isWindowsLocked(): Promise<boolean> {
  const { default: koffi } = await import('koffi')
  const user32 = koffi.load('user32.dll')
  const open = user32.func('OpenInputDesktop', 'void *', ['uint32', 'bool', 'uint32'])
  const close = user32.func('CloseDesktop', 'bool', ['void *'])
  const desktop: unknown = open(0, false, readObjects)
  if (desktop === null) return true
  close(desktop)
  return false
}
