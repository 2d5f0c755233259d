import type { Desktop } from './desktop.ts'

/** Locks the desktop's keyring, whose password it then asks for in a window. */
export async function lockKeyring(desktop: Desktop): Promise<void> {
  await desktop.run('dbus-send', [
    '--session',
    '--print-reply',
    '--dest=org.freedesktop.secrets',
    '/org/freedesktop/secrets',
    'org.freedesktop.Secret.Service.Lock',
    'array:objpath:/org/freedesktop/secrets/collection/login'
  ])
}

/** Whether that window is open. */
export async function isKeyringPrompting(desktop: Desktop): Promise<boolean> {
  const question = ['org.freedesktop.DBus.NameHasOwner', 'string:org.gnome.keyring.SystemPrompter']
  const { stdout } = await desktop.run('dbus-send', [
    '--session',
    '--print-reply',
    '--dest=org.freedesktop.DBus',
    '/',
    ...question
  ])
  return stdout.includes('true')
}
