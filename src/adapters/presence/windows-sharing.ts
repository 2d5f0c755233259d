import { uptime } from 'node:os'
import { systemAnswer } from './system-answer.ts'
import { windowsProgram } from '../windows-program.ts'

const consentStore = String.raw`HKCU\Software\Microsoft\Windows\CurrentVersion\CapabilityAccessManager\ConsentStore`

/**
 * What the privacy page of Windows shows as "currently in use": each program's use has a start, and a stop that is 0 until
 * then. A use from before the computer was started was cut off by that and never got its stop.
 *
 * @param capability by the name of its key there: "microphone" …
 */
export async function isInUseOnWindows(
  capability: string,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal
): Promise<boolean> {
  const args = ['query', `${consentStore}\\${capability}`, '/s']
  const programs = (await systemAnswer(windowsProgram('reg.exe', env), args, { signal })).split(/^HKEY_/mu)
  const startedMs = Date.now() - uptime() * 1000
  return programs.some((program) => {
    const began = timeOf(program, 'LastUsedTimeStart')
    return began !== null && began > startedMs && timeOf(program, 'LastUsedTimeStop') === never
  })
}

/** 1601, where the times of Windows begin, in milliseconds. */
const never = Date.UTC(1601, 0, 1)

/** Milliseconds since 1970; null where it is not told. */
function timeOf(program: string, value: string): number | null {
  const hundredsOfNs = new RegExp(`^\\s*${value}\\s+REG_QWORD\\s+(0x[0-9a-f]+)\\s*$`, 'imu').exec(program)?.[1]
  return hundredsOfNs ? Number(BigInt(hundredsOfNs) / 10_000n) + never : null
}
