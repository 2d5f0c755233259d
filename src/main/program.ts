import { app } from 'electron'
import { join } from 'node:path'
import packageJson from '../../package.json' with { type: 'json' }
import { descryHome } from '#adapters/paths.ts'
import { startRequestIn, type StartRequest } from '#app/start-request.ts'
import type { System } from '#shared/command-hotkeys.ts'

/**
 * Who Descry is to the desktop: taskbar group, notification sender, portal permissions. In reverse domain order because
 * GNOME's portal refuses anything else (docs/decisions/0071).
 */
export const { appId } = packageJson

/** Call before anything else: the instance lock and Chromium's profile depend on it. */
export function setIdentity(): void {
  app.setName('Descry')
  app.setAppUserModelId(appId)
  if (process.platform === 'linux') app.setDesktopName(`${appId}.desktop`)
  // DESCRY_HOME moves everything, Chromium's profile too; a second home is a second Descry.
  const home = descryHome(process.env)
  if (home) app.setPath('userData', join(home, 'electron'))
}

/** Call before the app is ready. */
export function setSwitches(): void {
  // Where Chromium's sandbox is off, which as root it has to be, enabling it would end each process that Electron starts.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
  // Without it, Orca finds an empty window. macOS and Windows tell Chromium when a screen reader runs.
  if (process.platform === 'linux') app.commandLine.appendSwitch('force-renderer-accessibility')
}

/** What draws windows on Linux; `own` on Windows and macOS. */
export type DisplayServer = 'own' | 'x11' | 'wayland'

/** As Electron chooses it: https://www.electronjs.org/docs/latest/breaking-changes, 38.0. */
export function displayServer(): DisplayServer {
  if (process.platform !== 'linux') return 'own'
  const asked = app.commandLine.getSwitchValue('ozone-platform')
  if (asked === 'x11' || asked === 'wayland') return asked
  return process.env.XDG_SESSION_TYPE === 'wayland' ? 'wayland' : 'x11'
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
