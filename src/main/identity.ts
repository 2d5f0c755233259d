import { app } from 'electron'
import { join } from 'node:path'
import packageJson from '../../package.json' with { type: 'json' }

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
