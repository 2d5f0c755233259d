import { DescryError } from '#shared/errors.ts'
import type { Capture, FocusFinder, ScreenCapture } from '#core/ports.ts'
import type { Monitor } from 'node-screenshots'

interface ActiveWindow {
  title: string | null
  application: string | null
  /** Its middle, in the coordinates of all displays; null when no window is active. */
  centre: { x: number; y: number } | null
}

/** The window the user is in; everything null where the system does not tell. */
async function findActiveWindow(): Promise<ActiveWindow> {
  try {
    const { activeWindowAsync } = await import('@miniben90/x-win')
    const { title, info, position } = await activeWindowAsync()
    const isThere = position.width > 0 && position.height > 0
    return {
      title: title || null,
      application: info.name || null,
      centre: isThere ? { x: position.x + position.width / 2, y: position.y + position.height / 2 } : null
    }
  } catch {
    return { title: null, application: null, centre: null }
  }
}

export interface DisplayPlace {
  x: number
  y: number
  width: number
  height: number
  isPrimary: boolean
}

/** Index of the display that holds the point, else of the primary one, else 0. */
export function chooseDisplay(displays: DisplayPlace[], point: { x: number; y: number } | null): number {
  const holding = displays.findIndex(
    ({ x, y, width, height }) => point && point.x >= x && point.x < x + width && point.y >= y && point.y < y + height
  )
  return holding === -1
    ? Math.max(
        0,
        displays.findIndex((display) => display.isPrimary)
      )
    : holding
}

const placeOf = (monitor: Monitor): DisplayPlace => ({
  x: monitor.x(),
  y: monitor.y(),
  width: monitor.width(),
  height: monitor.height(),
  isPrimary: monitor.isPrimary()
})

function requireDisplay(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): void {
  if (platform !== 'linux') return
  if (env.WAYLAND_DISPLAY || env.XDG_SESSION_TYPE === 'wayland') {
    throw new DescryError('unsupported', {
      message: 'Wayland does not let Descry capture the screen.',
      next: "Press the desktop's own screenshot key."
    })
  }
  if (!env.DISPLAY) {
    throw new DescryError('no-permission', {
      message: 'There is no screen here.',
      next: 'Run Descry inside your desktop session.'
    })
  }
}

export interface ScreenCaptureParts {
  platform?: NodeJS.Platform
  env?: NodeJS.ProcessEnv
  /** Who knows where the focused control is; null where nobody does. */
  focus?: FocusFinder | null
  /** Who captures on a Wayland session; null where nobody does. */
  wayland?: ScreenCapture | null
}

/**
 * Captures by native modules, which read the display's name from this process's own environment.
 * Errors: unsupported (Wayland), no-permission (no display, or the system refused).
 */
export function createScreenCapture({
  platform = process.platform,
  env = process.env
}: ScreenCaptureParts = {}): ScreenCapture {
  const notYet = (): Promise<Capture> =>
    Promise.reject(new DescryError('unsupported', { message: 'Only the whole screen can be captured.', next: '' }))
  return {
    captureWindow: notYet,
    captureObject: notYet,
    captureArea: notYet,
    async captureScreens(): Promise<[Capture]> {
      requireDisplay(platform, env)
      const active = await findActiveWindow()
      try {
        const { Monitor } = await import('node-screenshots')
        const monitors = Monitor.all()
        const index = chooseDisplay(monitors.map(placeOf), active.centre)
        const monitor = monitors[index]
        if (!monitor) throw new Error('No display was found.')
        const image = await monitor.captureImage()
        return [
          {
            bytes: await image.toPng(),
            label: monitors.length > 1 ? `Screen ${index + 1}` : 'Screen',
            subject: `display:${monitor.id()}`,
            place: { x: monitor.x(), y: monitor.y(), width: monitor.width(), height: monitor.height() },
            windowTitle: active.title,
            applicationName: active.application
          }
        ]
      } catch (error) {
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
  }
}
