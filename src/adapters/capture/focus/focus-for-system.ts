import type { FocusFinder } from '#core/ports/capture.ts'
import { createAccessibilityApiFocusFinder } from './accessibility-api.ts'
import { createAtSpiFocusFinder } from './at-spi.ts'
import { createUiAutomationFocusFinder } from './ui-automation.ts'

/** Finds the focused control on this system. Nothing is started yet. */
export function createFocusFinder(platform: NodeJS.Platform, env: NodeJS.ProcessEnv = process.env): FocusFinder {
  switch (platform) {
    case 'darwin':
      return createAccessibilityApiFocusFinder()
    case 'win32':
      return createUiAutomationFocusFinder()
    default:
      return createAtSpiFocusFinder(env)
  }
}
