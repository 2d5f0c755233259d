import { execFile } from 'node:child_process'
import type { ScreenLock } from '#core/ports.ts'
import { findWithin } from './capture/focus/time-limit.ts'
import type { MethodCall } from './linux/bus-message.ts'
import { connectBus, connectSessionBus, type SessionBus } from './linux/session-bus.ts'

/** Who is not told by then goes on as usual: a desktop that is stuck must not make Descry mute. */
const limitMs = 300

/** Tells whether the user's screen is locked; false where nobody tells. Only Linux was tried: docs/verification.md. */
export function createScreenLock(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): ScreenLock {
  const ask = platform === 'darwin' ? macIsLocked : platform === 'win32' ? windowsIsLocked : () => linuxIsLocked(env)
  return { isLocked: async () => (await findWithin(ask, limitMs)) ?? false }
}

/** Each desktop's own, as it names itself on the session bus. */
const screenSavers: MethodCall[] = ['org.gnome', 'org.freedesktop', 'org.cinnamon', 'org.mate', 'org.xfce'].map(
  (maker) => ({
    destination: `${maker}.ScreenSaver`,
    path: maker === 'org.mate' ? '/' : `/${maker.replace('.', '/')}/ScreenSaver`,
    interface: `${maker}.ScreenSaver`,
    member: 'GetActive'
  })
)

const lockedHint: MethodCall = {
  destination: 'org.freedesktop.login1',
  path: '/org/freedesktop/login1/session/auto',
  interface: 'org.freedesktop.DBus.Properties',
  member: 'Get',
  args: ['org.freedesktop.login1.Session', 'LockedHint']
}

/** Told by logind where desktops keep it up to date, else by their screen savers, which are active while locked. */
async function linuxIsLocked(env: NodeJS.ProcessEnv): Promise<boolean> {
  const session = connectSessionBus(env)
  const system = connectBus(env.DBUS_SYSTEM_BUS_ADDRESS ?? 'unix:path=/run/dbus/system_bus_socket')
  const answers = await Promise.all([isAnyTrue(session, screenSavers), isAnyTrue(system, [lockedHint])])
  return answers.includes(true)
}

/** False where the bus cannot be reached. */
async function isAnyTrue(connecting: Promise<SessionBus>, calls: MethodCall[]): Promise<boolean> {
  const bus = await connecting.catch(() => null)
  if (bus === null) return false
  const answers = await Promise.all(calls.map((one) => bus.call(one, limitMs).catch(() => false)))
  bus.close()
  return answers.includes(true)
}

function macIsLocked(): Promise<boolean> {
  return new Promise((resolve, reject) => {
    execFile('/usr/sbin/ioreg', ['-n', 'Root', '-d1'], { timeout: limitMs }, (error, stdout) => {
      if (error) reject(error instanceof Error ? error : new Error('ioreg'))
      else resolve(/"IOConsoleLocked" = Yes/u.test(stdout))
    })
  })
}

const readObjects = 1

/** A locked Windows shows a desktop that no program of the user may open. */
async function windowsIsLocked(): Promise<boolean> {
  const { default: koffi } = await import('koffi')
  const user32 = koffi.load('user32.dll')
  const open = user32.func('OpenInputDesktop', 'void *', ['uint32', 'bool', 'uint32'])
  const close = user32.func('CloseDesktop', 'bool', ['void *'])
  const desktop: unknown = open(0, false, readObjects)
  if (desktop === null) return true
  close(desktop)
  return false
}
