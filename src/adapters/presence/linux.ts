import { z } from 'zod'
import type { MethodCall } from '../linux/bus-message.ts'
import { connectBus, connectSessionBus, type SessionBus } from '../linux/session-bus.ts'
import { programText } from '../programs/run-program.ts'

/**
 * Whether a program is recording from a microphone, as PulseAudio says, or PipeWire in its place. Rejects when pactl is
 * missing or there is no sound server.
 */
export async function isMicrophoneInUse(env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<boolean> {
  const ask = (...args: string[]): Promise<string> =>
    programText('pactl', args, { signal, env: { ...env, LC_ALL: 'C' } })
  // pactl's JSON is newer than the systems in use, and was not valid JSON in its first years.
  const [recordings, sources] = await Promise.all([ask('list', 'source-outputs'), ask('list', 'short', 'sources')])
  const microphones = new Set([...sources.matchAll(/^(\d+)\t(?!\S+\.monitor\t)/gmu)].map((match) => match[1]))
  return recordings
    .split(/^Source Output #/mu)
    .some((recording) => microphones.has(/^\tSource: (\d+)$/mu.exec(recording)?.[1]) && isListening(recording))
}

/** Not a paused stream, a level meter such as a volume control's, or the sound server's own loopback or filter. */
function isListening(recording: string): boolean {
  return !/^\t(?:Corked: yes|Resample method: peaks|Client: n\/a|\tstream\.monitor = "true"|\tnode\.link-group = )/mu.test(
    recording
  )
}

const nodes = z.array(
  z.object({
    info: z
      .object({ state: z.string().optional(), props: z.record(z.string(), z.unknown()).nullish() })
      .nullish()
      .catch(null)
  })
)

/** How a shared screen appears in PipeWire: a stream in GNOME and Plasma, a source elsewhere. */
const videoClasses = new Set<unknown>(['Stream/Output/Video', 'Video/Source'])

/**
 * On Wayland all screen sharing and recording goes through PipeWire; on X11 nothing reports it. Rejects when pw-dump is
 * missing or PipeWire is not running.
 */
export async function isScreenShared(env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<boolean> {
  const dump = nodes.parse(JSON.parse(await programText('pw-dump', [], { signal, env })))
  return dump.some(({ info }) => {
    const props = info?.props
    const isVideo = videoClasses.has(props?.['media.class'])
    return isVideo && info?.state === 'running' && props?.['media.role'] !== 'Camera' && !props?.['device.api']
  })
}

/** Each desktop's screen saver, by its name on the session bus. */
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

/** A desktop that hangs must not cost the others' answers. */
const callTimeoutMs = 300

/** logind knows on desktops that keep it up to date; elsewhere the screen saver is active while the screen is locked. */
export async function isLinuxLocked(env: NodeJS.ProcessEnv): Promise<boolean> {
  const session = connectSessionBus(env)
  const system = connectBus(env.DBUS_SYSTEM_BUS_ADDRESS ?? 'unix:path=/run/dbus/system_bus_socket')
  const answers = await Promise.all([isAnyTrue(session, screenSavers), isAnyTrue(system, [lockedHint])])
  return answers.includes(true)
}

/** False if the bus cannot be reached. */
async function isAnyTrue(connecting: Promise<SessionBus>, calls: MethodCall[]): Promise<boolean> {
  const bus = await connecting.catch(() => null)
  if (bus === null) return false
  const answers = await Promise.all(calls.map((one) => bus.call(one, callTimeoutMs).catch(() => false)))
  bus.close()
  return answers.includes(true)
}
