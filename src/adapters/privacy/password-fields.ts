import type { PasswordField, PasswordFields } from '#core/ports/privacy.ts'
import { overlap } from '#core/areas.ts'
import type { Area } from '#shared/caption.ts'
import { findX11ActiveWindow } from '../capture/x11-active-window.ts'
import {
  accessibleRole,
  accessibleState,
  childrenOf,
  hasState,
  inFrontWindow,
  matchesBelow,
  placeOf,
  roleOf,
  statesOf,
  type Accessible,
  type FrontWindow
} from '../linux/accessible.ts'

const findTimeoutMs = 300
/** More than any window has; a tree may be endless. */
const maxFields = 64
const maxWalked = 2000

/** Finds password fields on this system: on Linux; on Windows and macOS they are unknown. Nothing is started yet. */
export function createPasswordFields(
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env
): PasswordFields {
  return platform === 'linux' ? createAtSpiPasswordFields(env) : { find: () => Promise.resolve(null) }
}

/**
 * Linux: password fields of the active window, from AT-SPI. It sees only programs with accessibility turned on. Null on
 * Wayland, where places are known only relative to the window.
 *
 * @param findFrontWindow By default the X server is asked.
 */
export function createAtSpiPasswordFields(
  env: NodeJS.ProcessEnv = process.env,
  findFrontWindow: () => Promise<FrontWindow | null> = () => findX11ActiveWindow(env)
): PasswordFields {
  return {
    find: (area) =>
      inFrontWindow(env, findTimeoutMs, findFrontWindow, async (window) => {
        const fields = await fieldsBelow(window)
        if (!fields) return null
        const found = await Promise.all(fields.map(describedField))
        return found.filter((field) => field !== null && isIn(field.area, area)) as PasswordField[]
      })
  }
}

async function fieldsBelow(window: Accessible): Promise<Accessible[] | null> {
  return (await matchesBelow(window, { role: accessibleRole.passwordText }, maxFields)) ?? (await walk(window))
}

/** Searches what is shown, level by level. Null if nothing was found in the part of a large tree that was searched. */
async function walk(root: Accessible): Promise<Accessible[] | null> {
  const fields: Accessible[] = []
  let level = await childrenOf(root)
  for (let walked = level.length; level.length > 0; walked += level.length) {
    if (walked > maxWalked) return fields.length > 0 ? fields : null
    const roles = await Promise.all(level.map(roleOf))
    const states = await Promise.all(level.map(statesOf))
    fields.push(...level.filter((_, index) => roles[index] === accessibleRole.passwordText))
    const shown = level.filter((_, index) => hasState(states[index], accessibleState.showing))
    level = (await Promise.all(shown.map(childrenOf))).flat()
  }
  return fields
}

/** Null for a field that is not shown, such as one on another tab. */
async function describedField(field: Accessible): Promise<PasswordField | null> {
  const [states, area] = await Promise.all([statesOf(field), placeOf(field)])
  const hasPlace = Object.values(area).every(Number.isFinite) && area.width > 0 && area.height > 0
  if (!hasState(states, accessibleState.showing) || !hasPlace) return null
  return { area, hasFocus: hasState(states, accessibleState.focused) }
}

function isIn(field: Area, area: Area | null): boolean {
  return area === null || overlap(field, area) !== null
}
