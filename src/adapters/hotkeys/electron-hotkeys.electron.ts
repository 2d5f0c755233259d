import { globalShortcut } from 'electron'
import type { GlobalHotkeys, HoldResult } from '#core/ports/hotkeys.ts'
import { keysId, parseAccelerator, type Keys } from '#shared/accelerators.ts'

/** Hotkeys by Electron, on Windows, macOS and X11. After `app.whenReady()`. */
export function createElectronHotkeys(): GlobalHotkeys {
  return {
    async hold(accelerator, press) {
      return parseAccelerator(accelerator) ? register(accelerator, press) : 'unreadable'
    },
    release: (accelerator) => globalShortcut.unregister(accelerator)
  }
}

/**
 * Hotkeys by the portal of a Wayland desktop. It never gives keys back: after `unregisterAll`, pressing them would end the
 * program (docs/decisions/0091). So each is registered once, and goes on calling what it was first registered with.
 */
export function createPortalHotkeys(): GlobalHotkeys {
  const current = new Map<string, () => void>()
  const registered = new Set<string>()
  return {
    async hold(accelerator, press) {
      const keys = parseAccelerator(accelerator)
      if (!keys) return 'unreadable'
      if (!hasPortalName(keys)) return 'impossible'
      const id = keysId(keys)
      if (!registered.has(id)) {
        const result = register(accelerator, () => current.get(id)?.())
        if (result !== 'held') return result
        registered.add(id)
      }
      current.set(id, press)
      return 'held'
    },
    release(accelerator) {
      const keys = parseAccelerator(accelerator)
      if (keys) current.delete(keysId(keys))
    }
  }
}

function register(accelerator: string, press: () => void): HoldResult {
  try {
    // The return value alone is not reliable on every system.
    const isHeld = globalShortcut.register(accelerator, press) && globalShortcut.isRegistered(accelerator)
    return isHeld ? 'held' : 'taken'
  } catch {
    return 'unreadable' // Electron throws for what it cannot read as keys.
  }
}

/** Chromium tells the portal's keys apart by a name that it has for these only; all others would call the last one registered. */
function hasPortalName({ modifiers, key }: Keys): boolean {
  return (
    modifiers.length > 0 &&
    /^(?:[A-Z0-9,.]|UP|DOWN|LEFT|RIGHT|INSERT|DELETE|HOME|END|PAGEUP|PAGEDOWN|SPACE|TAB)$/u.test(key)
  )
}
