import { areaSubject, screenLabel, windowContext } from './capture-details.ts'
import { areaAround, chooseDisplay, middleOf } from '#core/areas.ts'
import { captureVisible, listDisplays, type Display, type VisiblePart } from './displays.ts'
import { usePhysicalPixels, macMayRecord } from './native-desktop.ts'
import { findPointer } from './pointer.ts'
import { connectX11 } from '../linux/x11-connection.ts'
import { findProgram } from '../programs/run-program.ts'
import { captureUncovered, findActiveWindow } from './windows.ts'
import type { Capture, FocusFinder, ScreenCapture } from '#core/ports/capture.ts'
import type { Area } from '#shared/caption.ts'
import { DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'

export interface ScreenCaptureParts {
  platform?: NodeJS.Platform
  env?: NodeJS.ProcessEnv
  /** Finds the focused control; null if nothing can. */
  focus?: FocusFinder | null
  /** Captures on a Wayland session; null if nothing can. */
  wayland?: ScreenCapture | null
  /** Every display; tests replace it to have several. */
  findDisplays?: () => Promise<Display[]>
}

/** Size of the area around the pointer that is captured when the focused control is unknown, in the desktop's own units. */
const pointerPart = { width: 640, height: 360 }
/** Captured around a control: its border, shadow and often its label. In the desktop's own units. */
const controlMargin = 8

/** How the screen is captured on this desktop; `grim` falls back to the portal where the compositor refuses it. */
export function captureWay(
  platform: NodeJS.Platform,
  env: NodeJS.ProcessEnv
): 'native' | 'x11' | 'grim' | 'portal' | 'none' {
  if (platform !== 'linux') return 'native'
  if (isWaylandSession(platform, env)) return findProgram('grim', env) ? 'grim' : 'portal'
  return env.DISPLAY ? 'x11' : 'none'
}

function isWaylandSession(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): boolean {
  return platform === 'linux' && Boolean(env.WAYLAND_DISPLAY || env.XDG_SESSION_TYPE === 'wayland')
}

/**
 * Captures with native modules, which take the display's name from this process's own environment.
 * Beyond the port's errors: unsupported on a Wayland session without `wayland`.
 */
export function createScreenCapture({
  platform = process.platform,
  env = process.env,
  focus = null,
  wayland = null,
  findDisplays = () => listDisplays(platform)
}: ScreenCaptureParts = {}): ScreenCapture {
  const isWayland = isWaylandSession(platform, env)
  if (isWayland && wayland) return wayland

  /** Checks that there is something to capture, and makes every failure say what to do. */
  async function captured<Value>(capture: () => Promise<Value>): Promise<Value> {
    if (isWayland) {
      throw new DescryError('unsupported', {
        message: t('capture.wayland-screen'),
        next: t('capture.use-screenshot-key')
      })
    }
    if (platform === 'linux' && !env.DISPLAY) {
      throw new DescryError('no-permission', {
        message: t('capture.no-screen'),
        next: t('capture.run-in-desktop')
      })
    }
    if (platform === 'darwin' && !(await macMayRecord())) {
      throw new DescryError('no-permission', {
        message: t('capture.mac-recording'),
        next: t('capture.mac-recording.next')
      })
    }
    if (platform === 'win32') await usePhysicalPixels()
    try {
      // Native code waits for a server that does not answer, and all of Descry with it.
      if (platform === 'linux') await requireAnswer(env)
      return await capture()
    } catch (error) {
      if (error instanceof DescryError) throw error
      throw new DescryError('no-permission', {
        message: t('capture.failed'),
        // X11 has no permissions, so the display has changed or is gone.
        next: platform === 'linux' ? t('capture.run-in-desktop') : t('capture.failed.next'),
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
      message: t('capture.area-outside'),
      next: t('capture.area-outside.next')
    })
  }

  async function captureArea(area: Area, label: string, subject: string): Promise<Capture> {
    const [{ bytes, place }, active] = await Promise.all([captureSeen(area), findActiveWindow(platform, env)])
    return { bytes, label, subject, place, ...windowContext(active, place) }
  }

  return {
    captureScreens: () =>
      captured(async () => {
        const [found, active] = [await displays(), await findActiveWindow(platform, env)]
        const captures = await Promise.all(
          found.map(async ({ id, place, capture }, index): Promise<Capture> => ({
            bytes: await (await capture()).toPng(),
            label: screenLabel(index + 1, found.length),
            subject: `display:${id}`,
            place,
            ...windowContext(active, place)
          }))
        )
        const [first] = captures.splice(chooseDisplay(found, active && middleOf(active.place)), 1)
        if (!first) throw new Error('No display was captured.')
        return [first, ...captures]
      }),

    captureWindow: () =>
      captured(async () => {
        const active = await findActiveWindow(platform, env)
        if (!active) {
          throw new DescryError('no-picture', {
            message: t('capture.no-window'),
            next: t('capture.no-window.next')
          })
        }
        const whole = await captureUncovered(active.id, platform, env)
        const { bytes, place } = whole
          ? { bytes: await whole.image.toPng(), place: whole.place }
          : await captureSeen(active.place)
        // X11 reuses the id of a closed window for another program's.
        const subject = `window:${active.id}:${active.processId}`
        return { bytes, label: t('capture.label.window'), subject, place, ...windowContext(active, place) }
      }),

    captureObject: () =>
      captured(async () => {
        const focused = await focus?.find()
        if (focused) {
          const { role, place } = focused
          const label = role.charAt(0).toUpperCase() + role.slice(1)
          // Without its name and size, since both may change with what it shows.
          return captureArea(widened(place, controlMargin), label, `control:${role}:${place.x},${place.y}`)
        }
        const pointer = await findPointer(platform, env)
        if (!pointer) {
          throw new DescryError('unsupported', {
            message: t('capture.no-focus'),
            next: t('capture.no-focus.next')
          })
        }
        const all = await displays()
        const display = all[chooseDisplay(all, pointer)]
        const area = display ? areaAround(pointer, pointerPart, display.place) : { ...pointer, ...pointerPart }
        return captureArea(area, t('capture.label.pointer'), areaSubject(area))
      }),

    captureArea: (area) => captured(() => captureArea(area, t('capture.label.area'), areaSubject(area)))
  }
}

/** Errors: an Error if the X server does not answer. */
async function requireAnswer(env: NodeJS.ProcessEnv): Promise<void> {
  const x = await connectX11(env).catch((cause: unknown) => {
    throw new Error('The X server does not answer.', { cause })
  })
  x.close()
}

const widened = ({ x, y, width, height }: Area, margin: number): Area => ({
  x: x - margin,
  y: y - margin,
  width: width + margin * 2,
  height: height + margin * 2
})
