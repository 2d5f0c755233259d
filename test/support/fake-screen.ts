import type { Capture, ScreenCapture } from '#core/ports.ts'

export interface FakeScreen extends ScreenCapture {
  /** How often anything was captured. */
  readonly captures: number
}

/** One display that always shows this PNG, with one window that fills it. */
export function createFakeScreen(png: Uint8Array): FakeScreen {
  let captures = 0
  const capture = async (label: string, subject: string): Promise<Capture> => {
    captures += 1
    const place = { x: 0, y: 0, width: 1600, height: 900 }
    return { bytes: png, label, subject, place, windowTitle: null, applicationName: null }
  }
  return {
    get captures() {
      return captures
    },
    captureScreens: async () => [await capture('Screen', 'display:1')],
    captureWindow: () => capture('Window', 'window:1'),
    captureObject: () => capture('Button', 'window:1'),
    captureArea: () => capture('Part of the screen', 'area')
  }
}
