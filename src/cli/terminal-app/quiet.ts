import type { ScreenReaderDetector } from '#core/ports/speech.ts'

/**
 * Whether Descry's voice should be off unless the user asks for it: a screen reader or a braille display reads the
 * terminal, or the sound would come out of a computer that is somewhere else. A console without a desktop counts, because
 * what reads it, such as Speakup or BRLTTY, cannot be seen from here.
 */
export async function shouldBeQuiet(
  env: NodeJS.ProcessEnv,
  screenReader: ScreenReaderDetector,
  platform: NodeJS.Platform = process.platform
): Promise<boolean> {
  const isRemote = [env.SSH_CONNECTION, env.SSH_CLIENT, env.SSH_TTY].some(Boolean)
  const isConsole = platform === 'linux' && (env.TERM === 'linux' || (!env.DISPLAY && !env.WAYLAND_DISPLAY))
  return isRemote || isConsole || (await screenReader.running()) !== null
}
