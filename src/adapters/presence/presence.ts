import type { Presence } from '#core/ports/speech.ts'
import { findWithin } from '../programs/time-limit.ts'
import { isLinuxLocked, isMicrophoneInUse, isScreenShared } from './linux.ts'
import { isInUseOnWindows, isMacLocked, isMacMicrophoneInUse, isWindowsLocked } from './mac-and-windows.ts'

/** Checks one reason to stay silent. The signal ends any program it started. */
type Sign = (signal: AbortSignal) => Promise<boolean>

/** An answer that comes later does not count: a desktop that is stuck must not mute Descry. */
const answerTimeoutMs = 500

/**
 * Whether others may hear Descry, or nobody can. Asks the system at each call, never in between. Only Linux was tried:
 * docs/contributing/verification.md.
 */
export function createPresence(
  platform: NodeJS.Platform,
  env: NodeJS.ProcessEnv,
  timeoutMs = answerTimeoutMs
): Presence {
  const signs = signsOn(platform, env)
  let asked: Promise<boolean> | null = null

  async function ask(): Promise<boolean> {
    const answers = await Promise.all(signs.map((sign) => findWithin(timeoutMs, sign)))
    asked = null
    return answers.includes(true)
  }

  // A sound and the words that go with it are checked at the same time.
  return { isShared: () => (asked ??= ask()) }
}

function signsOn(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): Sign[] {
  if (platform === 'darwin') return [isMacLocked, isMacMicrophoneInUse]
  if (platform === 'win32') {
    const capabilities = ['microphone', 'graphicsCaptureProgrammatic', 'graphicsCaptureWithoutBorder']
    const uses = capabilities.map((one) => (signal: AbortSignal) => isInUseOnWindows(one, env, signal))
    return [isWindowsLocked, ...uses]
  }
  return [() => isLinuxLocked(env), (signal) => isMicrophoneInUse(env, signal), (signal) => isScreenShared(env, signal)]
}
