/** The few calls to macOS and Windows that no library here makes. None was tried on a real one: docs/contributing/verification.md. */

import type { Point } from '#core/areas.ts'

const coreGraphics = '/System/Library/Frameworks/CoreGraphics.framework/CoreGraphics'
const coreFoundation = '/System/Library/Frameworks/CoreFoundation.framework/CoreFoundation'

/** In points. Throws where it cannot be asked. */
export async function macPointer(): Promise<Point> {
  const { default: koffi } = await import('koffi')
  const graphics = koffi.load(coreGraphics)
  const createEvent = graphics.func('CGEventCreate', 'void *', ['void *'])
  const locationOf = graphics.func('CGEventGetLocation', koffi.struct({ x: 'double', y: 'double' }), ['void *'])
  const release = koffi.load(coreFoundation).func('CFRelease', 'void', ['void *'])
  const event: unknown = createEvent(null)
  if (event === null) throw new Error('macOS does not tell where the pointer is.')
  try {
    return locationOf(event) as Point
  } finally {
    release(event)
  }
}

/**
 * Whether macOS lets this program record the screen; without that it gives a picture of the bare desktop, and no error.
 * The first time it shows its own question and puts the program on its list. True where it cannot be asked.
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

/** In pixels. Throws where it cannot be asked. */
export async function windowsPointer(): Promise<Point> {
  const { default: koffi } = await import('koffi')
  const point = koffi.struct({ x: 'int32', y: 'int32' })
  const getPosition = koffi.load('user32.dll').func('GetCursorPos', 'bool', [koffi.out(koffi.pointer(point))])
  const found: Point = { x: 0, y: 0 }
  if (!(getPosition(found) as boolean)) throw new Error('Windows does not tell where the pointer is.')
  return found
}

const perMonitorAwareV2 = -4

/**
 * Makes Windows count windows and pointer in real pixels, as it does displays. Electron has done so already, and then
 * this changes nothing; Node has not.
 */
export async function countInWindowsPixels(): Promise<void> {
  try {
    const { default: koffi } = await import('koffi')
    koffi.load('user32.dll').func('SetProcessDpiAwarenessContext', 'bool', ['intptr_t'])(perMonitorAwareV2)
  } catch {
    // Windows before 10 1703 has no such call. There a scaled display gives parts at the wrong place.
  }
}
