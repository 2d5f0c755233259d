import type { Presence } from '#core/ports/speech.ts'
import { findWithin } from '../capture/focus/time-limit.ts'
import { isMicrophoneInUse, isScreenShared } from './linux-sharing.ts'
import { isMacMicrophoneInUse } from './mac-sharing.ts'
import { isLinuxLocked, isMacLocked, isWindowsLocked } from './screen-lock.ts'
import { isInUseOnWindows } from './windows-sharing.ts'

/** One reason to be silent; what it starts ends with the signal. */
type Sign = (signal: AbortSignal) => Promise<boolean>

/** What is not told by then does not count: a desktop that is stuck must not make Descry mute. */
const answerLimitMs = 500

/**
 * Whether others may hear what is said, or nobody: asked of the system now and never in between. Only Linux was tried:
 * docs/contributing/verification.md.
 */
export function createPresence(platform: NodeJS.Platform, env: NodeJS.ProcessEnv, limitMs = answerLimitMs): Presence {
  const signs = signsOn(platform, env)
  let asked: Promise<boolean> | null = null

  async function ask(): Promise<boolean> {
    const answers = await Promise.all(signs.map((sign) => findWithin(sign, limitMs)))
    asked = null
    return answers.includes(true)
  }

  // A sound and the words beside it ask at the same time.
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
