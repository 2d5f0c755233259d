import type { FocusedObject, FocusFinder } from '#core/ports/capture.ts'
import { BusCallError, connectBus, connectSessionBus, type SessionBus } from '../../linux/session-bus.ts'
import { textOf, type BusValue } from '../../linux/bus-values.ts'
import { findWithin } from '../../programs/time-limit.ts'
import { findX11ActiveWindow, type ActiveWindow } from '../x11-active-window.ts'
import { findTimeoutMs, focusedObject } from './focused-object.ts'

/** The window with the keyboard focus. */
export type FrontWindow = Pick<ActiveWindow, 'processId' | 'title'>

/** An object of a program, as the accessibility bus addresses it. */
interface Accessible {
  bus: SessionBus
  /** The program's name on the bus. */
  program: string
  path: string
}

const rootPath = '/org/a11y/atspi/accessible/root'
const accessibleInterface = 'org.a11y.atspi.Accessible'

/** Bits of the first word of a state set (AtspiStateType). */
const state = { active: 1 << 1, focused: 1 << 12, showing: 1 << 25 }

/** Limits on the search, since a tree may be endless. */
const maxPrograms = 64
const maxWindows = 32
const maxWalked = 2000
/** How deep to look for a focused object inside the focused one: a list has the focus, and so does its row. */
const maxNested = 4
const nestedTimeoutMs = 120

/**
 * Linux: the control with the keyboard focus, from AT-SPI through our own bus client (decision 0042). It sees only programs
 * with accessibility turned on. Null on Wayland, where places are known only relative to the window.
 *
 * @param findFrontWindow The window with the keyboard focus, since Chromium marks none of its windows as active. By default
 *   the X server is asked.
 */
export function createAtSpiFocusFinder(
  env: NodeJS.ProcessEnv = process.env,
  findFrontWindow: () => Promise<FrontWindow | null> = () => findX11ActiveWindow(env)
): FocusFinder {
  return {
    async find() {
      if (env.WAYLAND_DISPLAY || env.XDG_SESSION_TYPE === 'wayland') return null
      return await findWithin(findTimeoutMs, async (signal) => {
        const bus = await connectAccessibilityBus(env)
        // Closing the connection ends the calls still open.
        signal.addEventListener('abort', () => bus.close())
        try {
          const window = await activeWindow(bus, await findFrontWindow().catch(() => null))
          const focused = window && (await innermostFocused(window))
          return focused && (await described(focused))
        } finally {
          bus.close()
        }
      })
    }
  }
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
async function activeWindow(bus: SessionBus, front: FrontWindow | null): Promise<Accessible | null> {
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
  const active = windows.find((_, index) => hasState(states[index], state.active))
  if (active) return active
  const names = await Promise.all(windows.map((window) => property(window, 'Name')))
  return windows[names.indexOf(title ?? '')] ?? windows[0] ?? null
}

/** A sandboxed program's process on the bus differs from its window's; then the first active window counts. */
async function anyActive(programs: Accessible[]): Promise<Accessible | null> {
  const looking = programs.map(async (program) => {
    const windows = (await childrenOf(program)).slice(0, maxWindows)
    const states = await Promise.all(windows.map(statesOf))
    const active = windows.find((_, index) => hasState(states[index], state.active))
    return active ?? Promise.reject(new Error('None of its windows is active.'))
  })
  return await Promise.any(looking).catch(() => null)
}

async function innermostFocused(window: Accessible): Promise<Accessible | null> {
  let innermost = await focusedBelow(window)
  for (let depth = 0; innermost !== null && depth < maxNested; depth += 1) {
    const inner = await findWithin(nestedTimeoutMs, () => focusedBelow(innermost as Accessible))
    if (inner === null) break
    innermost = inner
  }
  return innermost
}

/** Programs built on ATK (GTK 3, Chromium …) search for it themselves, in one call; GTK 4 and Qt cannot. */
async function focusedBelow(object: Accessible): Promise<Accessible | null> {
  const allOf = 1
  const canonical = 1
  const rule = [[state.focused, 0], allOf, {}, allOf, [], allOf, [], allOf, false]
  try {
    const matches = await call(object, 'org.a11y.atspi.Collection', 'GetMatches', '(aiia{ss}iaiiasib)uib', [
      rule,
      canonical,
      1,
      true
    ])
    return references(object.bus, matches)[0] ?? null
  } catch (error) {
    if (error instanceof BusCallError) return await walk(object)
    throw error
  }
}

/** Searches what is shown, level by level. */
async function walk(root: Accessible): Promise<Accessible | null> {
  let level = await childrenOf(root)
  for (let walked = 0; level.length > 0 && walked < maxWalked; walked += level.length) {
    level = level.slice(0, maxWalked - walked)
    const states = await Promise.all(level.map(statesOf))
    const focused = level.find((_, index) => hasState(states[index], state.focused))
    if (focused) return focused
    const shown = level.filter((_, index) => hasState(states[index], state.showing))
    level = (await Promise.all(shown.map(childrenOf))).flat()
  }
  return null
}

/** Its place, role and name; never its content, which may be a password. */
async function described(object: Accessible): Promise<FocusedObject | null> {
  const onScreen = 0
  const [role, name, extents] = await Promise.all([
    call(object, accessibleInterface, 'GetRoleName', '', []),
    property(object, 'Name'),
    call(object, 'org.a11y.atspi.Component', 'GetExtents', 'u', [onScreen])
  ])
  const [x = NaN, y = NaN, width = NaN, height = NaN] = Array.isArray(extents) ? extents.map(Number) : []
  return focusedObject({ x, y, width, height }, textOf(role), textOf(name))
}

async function childrenOf(object: Accessible): Promise<Accessible[]> {
  const children = await call(object, accessibleInterface, 'GetChildren', '', []).catch(ignoreRefusal)
  return references(object.bus, children)
}

async function statesOf(object: Accessible): Promise<BusValue> {
  return await call(object, accessibleInterface, 'GetState', '', []).catch(ignoreRefusal)
}

function hasState(states: BusValue | undefined, bit: number): boolean {
  return Array.isArray(states) && (Number(states[0]) & bit) !== 0
}

async function property(object: Accessible, name: string): Promise<BusValue> {
  return await call(object, 'org.freedesktop.DBus.Properties', 'Get', 'ss', [accessibleInterface, name]).catch(
    ignoreRefusal
  )
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
