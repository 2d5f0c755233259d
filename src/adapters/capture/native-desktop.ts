/** Calls to macOS and Windows that no library here makes. None has been tried for real: docs/contributing/verification.md. */

import type { Point } from '#core/areas.ts'

const coreGraphics = '/System/Library/Frameworks/CoreGraphics.framework/CoreGraphics'
const coreFoundation = '/System/Library/Frameworks/CoreFoundation.framework/CoreFoundation'

/** In points. Throws if macOS cannot be asked. */
export async function macPointer(): Promise<Point> {
  const { default: koffi } = await import('koffi')
  const graphics = koffi.load(coreGraphics)
  const createEvent = graphics.func('CGEventCreate', 'void *', ['void *'])
  const locationOf = graphics.func('CGEventGetLocation', koffi.struct({ x: 'double', y: 'double' }), ['void *'])
  const release = koffi.load(coreFoundation).func('CFRelease', 'void', ['void *'])
  const event: unknown = createEvent(null)
  if (event === null) throw new Error('macOS does not say where the pointer is.')
  try {
    return locationOf(event) as Point
  } finally {
    release(event)
  }
}

/**
 * Whether macOS lets this program record the screen; without permission it returns a picture of the bare desktop, and no
 * error. The first time it asks the user and adds the program to its list. True if macOS cannot be asked.
 */
export async function macMayRecord(): Promise<boolean> {
  try {
    const { default: koffi } = await import('koffi')
    const graphics = koffi.load(coreGraphics)
    const mayRecord = graphics.func('CGPreflightScreenCaptureAccess', 'bool', [])
    const askForIt = graphics.func('CGRequestScreenCaptureAccess', 'bool', [])
    return (mayRecord() as boolean) || (askForIt() as boolean)
  } catch {
    return true
  }
}

/** In pixels. Throws if Windows cannot be asked. */
export async function windowsPointer(): Promise<Point> {
  const { default: koffi } = await import('koffi')
  const point = koffi.struct({ x: 'int32', y: 'int32' })
  const getPosition = koffi.load('user32.dll').func('GetCursorPos', 'bool', [koffi.out(koffi.pointer(point))])
  const found: Point = { x: 0, y: 0 }
  if (!(getPosition(found) as boolean)) throw new Error('Windows does not say where the pointer is.')
  return found
}

const perMonitorAwareV2 = -4

/**
 * Makes Windows report windows and pointer in real pixels, as it does displays. Electron has already done this; Node has
 * not.
 */
export async function usePhysicalPixels(): Promise<void> {
  try {
    const { default: koffi } = await import('koffi')
    koffi.load('user32.dll').func('SetProcessDpiAwarenessContext', 'bool', ['intptr_t'])(perMonitorAwareV2)
  } catch {
    // Windows before Windows 10 version 1703 has no such call. There, parts of a scaled display come from the wrong place.
  }
}
