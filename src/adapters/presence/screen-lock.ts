import type { MethodCall } from '../linux/bus-message.ts'
import { connectBus, connectSessionBus, type SessionBus } from '../linux/session-bus.ts'
import { systemAnswer } from './system-answer.ts'

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

/** One that hangs must not keep the others' answers. */
const callLimitMs = 300

/** Told by logind where desktops keep it up to date, else by their screen savers, which are active while locked. */
export async function isLinuxLocked(env: NodeJS.ProcessEnv): Promise<boolean> {
  const session = connectSessionBus(env)
  const system = connectBus(env.DBUS_SYSTEM_BUS_ADDRESS ?? 'unix:path=/run/dbus/system_bus_socket')
  const answers = await Promise.all([isAnyTrue(session, screenSavers), isAnyTrue(system, [lockedHint])])
  return answers.includes(true)
}

/** False where the bus cannot be reached. */
async function isAnyTrue(connecting: Promise<SessionBus>, calls: MethodCall[]): Promise<boolean> {
  const bus = await connecting.catch(() => null)
  if (bus === null) return false
  const answers = await Promise.all(calls.map((one) => bus.call(one, callLimitMs).catch(() => false)))
  bus.close()
  return answers.includes(true)
}

export async function isMacLocked(signal: AbortSignal): Promise<boolean> {
  const root = await systemAnswer('/usr/sbin/ioreg', ['-n', 'Root', '-d1'], { signal })
  return /"IOConsoleLocked" = Yes/u.test(root)
}

const readObjects = 1

/** A locked Windows shows a desktop that no program of the user may open. */
export async function isWindowsLocked(): Promise<boolean> {
  const { default: koffi } = await import('koffi')
  const user32 = koffi.load('user32.dll')
  const open = user32.func('OpenInputDesktop', 'void *', ['uint32', 'bool', 'uint32'])
  const close = user32.func('CloseDesktop', 'bool', ['void *'])
  const desktop: unknown = open(0, false, readObjects)
  if (desktop === null) return true
  close(desktop)
  return false
}
