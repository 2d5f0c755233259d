import { areaRound, chooseDisplay, middleOf, overlap } from './desktop-areas.ts'
import { captureVisible, listDisplays, type Display, type VisiblePart } from './displays.ts'
import { countInWindowsPixels, macMayRecord } from './native-desktop.ts'
import { findPointer } from './pointer.ts'
import { captureUncovered, findActiveWindow, type ActiveWindow } from './windows.ts'
import type { Capture, FocusFinder, ScreenCapture } from '#core/ports/capture.ts'
import type { Area } from '#shared/caption.ts'
import { DescryError } from '#shared/errors.ts'

export interface ScreenCaptureParts {
  platform?: NodeJS.Platform
  env?: NodeJS.ProcessEnv
  /** Who knows where the focused control is; null where nobody does. */
  focus?: FocusFinder | null
  /** Who captures on a Wayland session; null where nobody does. */
  wayland?: ScreenCapture | null
  /** Every display; a test puts several in place of one. */
  findDisplays?: () => Promise<Display[]>
}

/** What is captured where nobody knows the focused control, in the desktop's own units. */
const pointerPart = { width: 640, height: 360 }
/** Round a control: its border and shadow, and often its label. In the desktop's own units. */
const controlMargin = 8

/**
 * Captures by native modules, which read the display's name from this process's own environment.
 * Beyond the port's errors: unsupported on a Wayland session without `wayland`.
 */
export function createScreenCapture({
  platform = process.platform,
  env = process.env,
  focus = null,
  wayland = null,
  findDisplays = () => listDisplays(platform)
}: ScreenCaptureParts = {}): ScreenCapture {
  const isWayland = platform === 'linux' && Boolean(env.WAYLAND_DISPLAY || env.XDG_SESSION_TYPE === 'wayland')
  if (isWayland && wayland) return wayland

  /** Makes sure that there is something to capture, and has every failure say what to do. */
  async function captured<Value>(capture: () => Promise<Value>): Promise<Value> {
    if (isWayland) {
      throw new DescryError('unsupported', {
        message: 'Wayland does not let Descry capture the screen.',
        next: "Press the desktop's own screenshot key."
      })
    }
    if (platform === 'linux' && !env.DISPLAY) {
      throw new DescryError('no-permission', {
        message: 'There is no screen here.',
        next: 'Run Descry inside your desktop session.'
      })
    }
    if (platform === 'darwin' && !(await macMayRecord())) {
      throw new DescryError('no-permission', {
        message: 'macOS does not let Descry see the screen.',
        next: 'Allow it in System Settings, Privacy, Screen Recording.'
      })
    }
    if (platform === 'win32') await countInWindowsPixels()
    try {
      return await capture()
    } catch (error) {
      if (error instanceof DescryError) throw error
      throw new DescryError('no-permission', {
        message: 'The screen could not be captured.',
        // X11 knows no permission: there the display is another one, or gone.
        next:
          platform === 'linux'
            ? 'Run Descry inside your desktop session.'
            : 'Allow Descry to record the screen in the system settings.',
        cause: error
      })
    }
  }

  async function displays(): Promise<Display[]> {
    const found = await findDisplays()
    if (found.length === 0) throw new Error('No display was found.')
    return found
  }

  async function captureSeen(area: Area): Promise<VisiblePart> {
    const part = await captureVisible(await displays(), area)
    if (part) return part
    throw new DescryError('no-picture', {
      message: 'This part lies outside the screen.',
      next: 'Choose a part of the screen.'
    })
  }

  async function captureArea(area: Area, label: string, subject: string): Promise<Capture> {
    const [{ bytes, place }, active] = await Promise.all([captureSeen(area), findActiveWindow()])
    return { bytes, label, subject, place, ...contextOf(active, place) }
  }

  return {
    captureScreens: () =>
      captured(async () => {
        const [found, active] = [await displays(), await findActiveWindow()]
        const captures = await Promise.all(
          found.map(async ({ id, place, capture }, index): Promise<Capture> => ({
            bytes: await (await capture()).toPng(),
            label: found.length > 1 ? `Screen ${index + 1} of ${found.length}` : 'Screen',
            subject: `display:${id}`,
            place,
            ...contextOf(active, place)
          }))
        )
        const [first] = captures.splice(chooseDisplay(found, active && middleOf(active.place)), 1)
        if (!first) throw new Error('No display was captured.')
        return [first, ...captures]
      }),

    captureWindow: () =>
      captured(async () => {
        const active = await findActiveWindow()
        if (!active) {
          throw new DescryError('no-picture', {
            message: 'No window is active.',
            next: 'Go to one, or describe the screen.'
          })
        }
        const whole = await captureUncovered(active.id, platform, env)
        const { bytes, place } = whole
          ? { bytes: await whole.image.toPng(), place: whole.place }
          : await captureSeen(active.place)
        // X11 gives the number of a window that was closed to another program's.
        const subject = `window:${active.id}:${active.processId}`
        return { bytes, label: 'Window', subject, place, ...contextOf(active, place) }
      }),

    captureObject: () =>
      captured(async () => {
        const focused = await focus?.find()
        if (focused) {
          const { role, place } = focused
          const label = role.charAt(0).toUpperCase() + role.slice(1)
          // Neither its name nor its size: both may change with what it shows.
          return captureArea(widened(place, controlMargin), label, `control:${role}:${place.x},${place.y}`)
        }
        const pointer = await findPointer(platform, env)
        if (!pointer) {
          throw new DescryError('unsupported', {
            message: 'Neither the focused control nor the pointer can be found.',
            next: 'Describe the window.'
          })
        }
        const all = await displays()
        const display = all[chooseDisplay(all, pointer)]
        const area = display ? areaRound(pointer, pointerPart, display.place) : { ...pointer, ...pointerPart }
        return captureArea(area, 'Part round the pointer', areaSubject(area))
      }),

    captureArea: (area) => captured(() => captureArea(area, 'Part of the screen', areaSubject(area)))
  }
}

/** The active window tells about a picture only where it is in it. */
function contextOf(
  active: ActiveWindow | null,
  place: Area
): Pick<Capture, 'windowTitle' | 'applicationName' | 'windowPlace'> {
  const shown = active && overlap(active.place, place) ? active : null
  return {
    windowTitle: shown?.title ?? null,
    applicationName: shown?.application ?? null,
    windowPlace: shown?.place ?? null
  }
}

const areaSubject = ({ x, y, width, height }: Area): string => `area:${x},${y},${width},${height}`

const widened = ({ x, y, width, height }: Area, margin: number): Area => ({
  x: x - margin,
  y: y - margin,
  width: width + margin * 2,
  height: height + margin * 2
})
