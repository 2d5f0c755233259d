import { BusCallError, connectBus, connectSessionBus, type SessionBus } from './session-bus.ts'
import { textOf, type BusValue } from './bus-values.ts'
import { findWithin } from '../programs/time-limit.ts'
import type { Area } from '#shared/caption.ts'

/*
 * What programs tell assistive technology about their windows: AT-SPI over our own bus client (decision 0042). Only programs
 * with accessibility turned on are there. Calls reject with an Error when the bus is gone or does not answer in time.
 */

/** The window with the keyboard focus, as the window system knows it. */
export interface FrontWindow {
  processId: number
  title: string | null
}

/** An object of a program, as the accessibility bus addresses it. */
export interface Accessible {
  bus: SessionBus
  /** The program's name on the bus. */
  program: string
  path: string
}

const rootPath = '/org/a11y/atspi/accessible/root'
const accessibleInterface = 'org.a11y.atspi.Accessible'

/** Bits of the first word of a state set (AtspiStateType). */
export const accessibleState = { active: 1 << 1, focused: 1 << 12, showing: 1 << 25 }
/** AtspiRole. */
export const accessibleRole = { passwordText: 40 }

/** Limits on the search, since a tree may be endless. */
const maxPrograms = 64
const maxWindows = 32

/**
 * What `find` finds in the accessible window with the keyboard focus. Null without such a window or within `timeoutMs`, and on
 * Wayland, where places are known only relative to the window. Never rejects.
 */
export async function inFrontWindow<Found>(
  env: NodeJS.ProcessEnv,
  timeoutMs: number,
  findFrontWindow: () => Promise<FrontWindow | null>,
  find: (window: Accessible) => Promise<Found | null>
): Promise<Found | null> {
  if (env.WAYLAND_DISPLAY || env.XDG_SESSION_TYPE === 'wayland') return null
  return await findWithin(timeoutMs, async (signal) => {
    const bus = await connectAccessibilityBus(env)
    // Closing the connection ends the calls still open.
    signal.addEventListener('abort', () => bus.close())
    try {
      const window = await accessibleFrontWindow(bus, await findFrontWindow().catch(() => null))
      return window && (await find(window))
    } finally {
      bus.close()
    }
  })
}

async function connectAccessibilityBus(env: NodeJS.ProcessEnv): Promise<SessionBus> {
  const session = await connectSessionBus(env)
  try {
    const bus = { destination: 'org.a11y.Bus', path: '/org/a11y/bus', interface: 'org.a11y.Bus' }
    return await connectBus(textOf(await session.call({ ...bus, member: 'GetAddress' })))
  } finally {
    session.close()
  }
}

/** The accessible window with the keyboard focus. A program that does not answer delays only itself. */
async function accessibleFrontWindow(bus: SessionBus, front: FrontWindow | null): Promise<Accessible | null> {
  const registry = { bus, program: 'org.a11y.atspi.Registry', path: rootPath }
  const programs = (await childrenOf(registry)).slice(0, maxPrograms)
  const processIds = await Promise.all(programs.map(processIdOf))
  const ofFront = programs.filter((_, index) => front !== null && processIds[index] === front.processId)
  return await (ofFront.length > 0 ? frontWindowOf(ofFront, front?.title) : anyActive(programs))
}

async function processIdOf({ bus, program }: Accessible): Promise<BusValue> {
  const daemon = 'org.freedesktop.DBus'
  const member = 'GetConnectionUnixProcessID'
  return await bus
    .call({ destination: daemon, path: '/org/freedesktop/DBus', interface: daemon, member, args: [program] })
    .catch(() => null)
}

/** The front program's window that reports itself as active, else the one with the title, else the first. */
async function frontWindowOf(programs: Accessible[], title: string | null | undefined): Promise<Accessible | null> {
  const windows = (await Promise.all(programs.map(childrenOf))).flat().slice(0, maxWindows)
  const states = await Promise.all(windows.map(statesOf))
  const active = windows.find((_, index) => hasState(states[index], accessibleState.active))
  if (active) return active
  const names = await Promise.all(windows.map(nameOf))
  return windows[names.indexOf(title ?? '')] ?? windows[0] ?? null
}

/** A sandboxed program's process on the bus differs from its window's; then the first active window counts. */
async function anyActive(programs: Accessible[]): Promise<Accessible | null> {
  const looking = programs.map(async (program) => {
    const windows = (await childrenOf(program)).slice(0, maxWindows)
    const states = await Promise.all(windows.map(statesOf))
    const active = windows.find((_, index) => hasState(states[index], accessibleState.active))
    return active ?? Promise.reject(new Error('None of its windows is active.'))
  })
  return await Promise.any(looking).catch(() => null)
}

export async function childrenOf(object: Accessible): Promise<Accessible[]> {
  const children = await call(object, accessibleInterface, 'GetChildren', '', []).catch(ignoreRefusal)
  return references(object.bus, children)
}

export async function statesOf(object: Accessible): Promise<BusValue> {
  return await call(object, accessibleInterface, 'GetState', '', []).catch(ignoreRefusal)
}

export function hasState(states: BusValue | undefined, bit: number): boolean {
  return Array.isArray(states) && (Number(states[0]) & bit) !== 0
}

export async function nameOf(object: Accessible): Promise<BusValue> {
  const args = [accessibleInterface, 'Name']
  return await call(object, 'org.freedesktop.DBus.Properties', 'Get', 'ss', args).catch(ignoreRefusal)
}

/** Such as "push button". */
export async function roleNameOf(object: Accessible): Promise<string> {
  return textOf(await call(object, accessibleInterface, 'GetRoleName', '', []))
}

/** Its number (AtspiRole); null if the object is gone. */
export async function roleOf(object: Accessible): Promise<BusValue> {
  return await call(object, accessibleInterface, 'GetRole', '', []).catch(ignoreRefusal)
}

/** On the screen, in the desktop's units. Not a number if the object does not say; on Wayland it cannot know. */
export async function placeOf(object: Accessible): Promise<Area> {
  const onScreen = 0
  const extents = await call(object, 'org.a11y.atspi.Component', 'GetExtents', 'u', [onScreen]).catch(ignoreRefusal)
  const [x = NaN, y = NaN, width = NaN, height = NaN] = Array.isArray(extents) ? extents.map(Number) : []
  return { x, y, width, height }
}

/**
 * The objects below this one with a state or a role, in their order. Programs built on ATK (GTK 3, Chromium …) search for
 * them themselves, in one call; null for GTK 4 and Qt, which cannot.
 *
 * @param state one of `accessibleState`. @param role one of `accessibleRole`.
 */
export async function matchesBelow(
  object: Accessible,
  { state, role }: { state?: number; role?: number },
  most: number
): Promise<Accessible[] | null> {
  const [allOf, anyOf, canonical] = [1, 2, 1]
  const states = state === undefined ? [] : [state, 0]
  // A bit for each role, in words of 32.
  const roles = role === undefined ? [] : [0, 1, 2, 3].map((word) => (role >> 5 === word ? 1 << (role & 31) : 0))
  const rule = [states, allOf, {}, allOf, roles, anyOf, [], allOf, false]
  const signature = '(aiia{ss}iaiiasib)uib'
  try {
    const args = [rule, canonical, most, true]
    return references(object.bus, await call(object, 'org.a11y.atspi.Collection', 'GetMatches', signature, args))
  } catch (error) {
    if (error instanceof BusCallError) return null
    throw error
  }
}

/** An object may be gone by the time it is queried. */
function ignoreRefusal(error: unknown): null {
  if (error instanceof BusCallError) return null
  throw error
}

function call(
  { bus, program, path }: Accessible,
  ofInterface: string,
  member: string,
  signature: string,
  args: BusValue[]
): Promise<BusValue> {
  return bus.call({ destination: program, path, interface: ofInterface, member, signature, args })
}

/** A list of program and path. */
function references(bus: SessionBus, value: BusValue): Accessible[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((reference) => {
    const [program, path] = Array.isArray(reference) ? reference : []
    return typeof program === 'string' && typeof path === 'string' ? [{ bus, program, path }] : []
  })
}
