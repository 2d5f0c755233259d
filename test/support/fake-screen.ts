import { createCanvas, loadImage } from '@napi-rs/canvas'
import type { Capture, ScreenCapture } from '#core/ports/capture.ts'
import type { Area } from '#shared/caption.ts'

export interface FakeScreen extends ScreenCapture {
  /** How often anything was captured. */
  readonly captures: number
  /** What it shows from now on. */
  show(png: Uint8Array): void
}

/** One display that shows this PNG, filled by one window with one button. Passes the screen contract. */
export function createFakeScreen(png: Uint8Array): FakeScreen {
  let captures = 0
  const capture = async (label: string, subject: string, area?: Area): Promise<Capture> => {
    captures += 1
    const image = await loadImage(png)
    const place = area ?? { x: 0, y: 0, width: image.width, height: image.height }
    let bytes = png
    if (area) {
      const canvas = createCanvas(area.width, area.height)
      canvas.getContext('2d').drawImage(image, -area.x, -area.y)
      bytes = await canvas.encode('png')
    }
    return { bytes, label, subject, place, windowTitle: null, applicationName: null, windowPlace: null }
  }
  return {
    get captures() {
      return captures
    },
    show: (next) => void (png = next),
    captureScreens: async () => [await capture('Screen', 'display:1')],
    captureWindow: () => capture('Window', 'window:1'),
    captureObject: () => capture('Button', 'control:button:0,0'),
    captureArea: (area) => capture('Part of the screen', `area:${area.x},${area.y},${area.width},${area.height}`, area)
  }
}
