import type { FocusedObject, FocusFinder } from '#core/ports/capture.ts'
import {
  accessibleState,
  childrenOf,
  hasState,
  inFrontWindow,
  matchesBelow,
  nameOf,
  placeOf,
  roleNameOf,
  statesOf,
  type Accessible,
  type FrontWindow
} from '../../linux/accessible.ts'
import { textOf } from '../../linux/bus-values.ts'
import { findWithin } from '../../programs/time-limit.ts'
import { findX11ActiveWindow } from '../x11-active-window.ts'
import { findTimeoutMs, focusedObject } from './focused-object.ts'

/** A tree may be endless. */
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
    find: () =>
      inFrontWindow(env, findTimeoutMs, findFrontWindow, async (window) => {
        const focused = await innermostFocused(window)
        return focused && (await described(focused))
      })
  }
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

async function focusedBelow(object: Accessible): Promise<Accessible | null> {
  const matches = await matchesBelow(object, { state: accessibleState.focused }, 1)
  return matches === null ? await walk(object) : (matches[0] ?? null)
}

/** Searches what is shown, level by level. */
async function walk(root: Accessible): Promise<Accessible | null> {
  let level = await childrenOf(root)
  for (let walked = 0; level.length > 0 && walked < maxWalked; walked += level.length) {
    level = level.slice(0, maxWalked - walked)
    const states = await Promise.all(level.map(statesOf))
    const focused = level.find((_, index) => hasState(states[index], accessibleState.focused))
    if (focused) return focused
    const shown = level.filter((_, index) => hasState(states[index], accessibleState.showing))
    level = (await Promise.all(shown.map(childrenOf))).flat()
  }
  return null
}

/** Its place, role and name; never its content, which may be a password. */
async function described(object: Accessible): Promise<FocusedObject | null> {
  const [role, name, place] = await Promise.all([roleNameOf(object), nameOf(object), placeOf(object)])
  return focusedObject(place, role, textOf(name))
}
