import { overlap } from '#core/areas.ts'
import type { Capture } from '#core/ports/capture.ts'
import type { Area } from '#shared/caption.ts'

/**
 * Makes part of a capture into a separate capture. It names the active window only if any of it is in that part.
 *
 * @param area in pixels of `picture`, which is the whole capture.
 * @param bytes the part as PNG.
 */
export function partOfCapture(
  capture: Capture,
  area: Area,
  picture: { width: number; height: number },
  bytes: Uint8Array
): Capture {
  const { place, windowPlace } = capture
  const [across, down] = [place.width / picture.width, place.height / picture.height]
  const shown = {
    x: place.x + area.x * across,
    y: place.y + area.y * down,
    width: area.width * across,
    height: area.height * down
  }
  const hasWindow = windowPlace !== null && overlap(windowPlace, shown) !== null
  const context = hasWindow ? {} : { windowTitle: null, applicationName: null, windowPlace: null }
  return { ...capture, ...context, bytes, place: shown }
}
