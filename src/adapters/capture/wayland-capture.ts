import type { Capture, ScreenCapture } from '#core/ports/capture.ts'
import type { Area } from '#shared/caption.ts'
import { DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import { createCanvasDecoder } from '../pictures/canvas.ts'
import { areaSubject, screenLabel, windowContext } from './capture-details.ts'
import { around, overlap, pixelsOf } from '#core/areas.ts'
import { maxPictureBytes, readWholeHeader } from '../pictures/picture-header.ts'
import { askCompositor, type WaylandDesktop } from './wayland/compositor.ts'
import { portalScreenshot, type PortalOptions } from './wayland/screenshot-portal.ts'
import { runProgram } from '../programs/run-program.ts'

/** A PNG, as grim captures it. Rejects when grim is missing or the compositor refuses it. */
export function runGrim(args: string[], env: NodeJS.ProcessEnv): Promise<Uint8Array> {
  return runProgram('grim', [...args, '-'], { env, timeoutMs: 5000, maxBytes: maxPictureBytes })
}

/**
 * Captures on a Wayland session: with `grim` if it is installed and the compositor allows it (those built on wlroots do),
 * otherwise with the desktop's screenshot portal. Sway and Hyprland say where displays and windows are; elsewhere there
 * is one picture of everything, and places are in its pixels.
 */
export function createWaylandCapture(env: NodeJS.ProcessEnv = process.env, portal: PortalOptions = {}): ScreenCapture {
  /** Null when grim is missing or the compositor refuses it. */
  const grim = (...args: string[]): Promise<Uint8Array | null> => runGrim(args, env).catch(() => null)

  async function wholeDesktop(desktop: WaylandDesktop | null): Promise<{ bytes: Uint8Array; place: Area }> {
    const bytes = (await grim()) ?? (await portalScreenshot(env, portal))
    const { width, height } = readWholeHeader(bytes)
    return { bytes, place: desktop ? around(placesOf(desktop)) : { x: 0, y: 0, width, height } }
  }

  /** The part of `area` that is on the desktop. */
  async function capturePart(area: Area, desktop: WaylandDesktop | null): Promise<{ bytes: Uint8Array; place: Area }> {
    const seen = desktop && seenPart(area, around(placesOf(desktop)))
    const quick = seen && (await grim('-g', `${seen.x},${seen.y} ${seen.width}x${seen.height}`))
    if (quick) return { bytes: quick, place: seen }
    const whole = await wholeDesktop(desktop)
    const place = seenPart(area, whole.place)
    const picture = await createCanvasDecoder().decode(whole.bytes)
    return { bytes: await picture.crop(pixelsOf(place, whole.place, picture)), place }
  }

  return {
    async captureScreens() {
      const desktop = await askCompositor(env)
      const outputs = desktop?.outputs ?? []
      const captures = await Promise.all(
        outputs
          .map((output, index) => ({ ...output, number: index + 1 }))
          .toSorted((one, other) => Number(other.hasFocus) - Number(one.hasFocus))
          .map(async ({ name, place, number }): Promise<Capture[]> => {
            const bytes = await grim('-o', name)
            const label = screenLabel(number, outputs.length)
            return bytes
              ? [{ bytes, label, subject: `display:${name}`, place, ...windowContext(desktop?.window ?? null, place) }]
              : []
          })
      )
      const [first, ...others] = captures.flat()
      if (first) return [first, ...others]
      const { bytes, place } = await wholeDesktop(desktop)
      return [
        { bytes, label: screenLabel(1, 1), subject: 'desktop', place, ...windowContext(desktop?.window ?? null, place) }
      ]
    },

    /** Including whatever covers the window. */
    async captureWindow() {
      const desktop = await askCompositor(env)
      if (!desktop) {
        throw new DescryError('unsupported', {
          message: t('capture.wayland-windows'),
          next: t('capture.describe-screen-or-region')
        })
      }
      if (!desktop.window) {
        throw new DescryError('no-picture', {
          message: t('capture.no-window'),
          next: t('capture.no-window.next')
        })
      }
      const { bytes, place } = await capturePart(desktop.window.place, desktop)
      return {
        bytes,
        label: t('capture.label.window'),
        subject: `window:${desktop.window.id}`,
        place,
        ...windowContext(desktop?.window ?? null, place)
      }
    },

    captureObject: () =>
      Promise.reject(
        new DescryError('unsupported', {
          message: t('capture.wayland-focus'),
          next: t('capture.describe-screen-or-region')
        })
      ),

    async captureArea(area) {
      const desktop = await askCompositor(env)
      const { bytes, place } = await capturePart(area, desktop)
      return {
        bytes,
        label: t('capture.label.area'),
        subject: areaSubject(area),
        place,
        ...windowContext(desktop?.window ?? null, place)
      }
    }
  }
}

const placesOf = (desktop: WaylandDesktop): Area[] => desktop.outputs.map(({ place }) => place)

/** The part that is on the desktop, in whole units, because grim accepts no fractions. */
function seenPart(area: Area, desktop: Area): Area {
  const seen = overlap(area, desktop)
  if (!seen) {
    throw new DescryError('no-picture', {
      message: t('capture.area-outside'),
      next: t('capture.area-outside.next')
    })
  }
  const [x, y] = [Math.floor(seen.x), Math.floor(seen.y)]
  return { x, y, width: Math.ceil(seen.x + seen.width) - x, height: Math.ceil(seen.y + seen.height) - y }
}
