import { app } from 'electron'
import { join } from 'node:path'
import packageJson from '../../package.json' with { type: 'json' }
import { startRequestIn, type StartRequest } from '#app/start-request.ts'
import type { System } from '#shared/commands.ts'

/**
 * Who Descry is to the desktop: taskbar group, notification sender, portal permissions. In reverse domain order because
 * GNOME's portal refuses anything else (docs/decisions/0071).
 */
export const { appId } = packageJson

/** Call before anything else: the instance lock and Chromium's profile depend on it. */
export function setIdentity(): void {
  app.setName('Descry')
  app.setAppUserModelId(appId)
  if (process.platform === 'linux') {
    app.setDesktopName(`${appId}.desktop`)
    // On Wayland global shortcuts exist through the desktop's portal only.
    app.commandLine.appendSwitch('enable-features', 'GlobalShortcutsPortal')
  }
  // DESCRY_HOME moves everything, Chromium's profile too; a second home is a second Descry.
  if (process.env.DESCRY_HOME) app.setPath('userData', join(process.env.DESCRY_HOME, 'electron'))
}

/**
 * Makes this the only Descry of this user and home. Another start hands over its request and ends; so `descry screen` from
 * the desktop's shortcut settings and "Open with Descry" work while Descry runs.
 *
 * @returns false when another instance runs: then this one has to end.
 */
export function becomeOnlyInstance(request: StartRequest, onOther: (request: StartRequest) => void): boolean {
  // Chromium reorders a second instance's arguments, so the request travels beside them, with absolute paths.
  const isOnly = app.requestSingleInstanceLock({ ...request })
  if (isOnly) app.on('second-instance', (_event, _argv, _directory, data) => onOther(startRequestIn(data)))
  return isOnly
}

/** The system whose keys and conventions apply. */
export function systemOf(platform: NodeJS.Platform): System {
  if (platform === 'win32') return 'windows'
  return platform === 'darwin' ? 'macos' : 'linux'
}
