import type { System } from '#shared/commands.ts'

/** Whose keys and habits apply. */
export function systemOf(platform: NodeJS.Platform): System {
  if (platform === 'win32') return 'windows'
  return platform === 'darwin' ? 'macos' : 'linux'
}
