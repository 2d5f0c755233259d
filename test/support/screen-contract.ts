import { expect, it } from 'vitest'
import { readPictureHeader } from '#adapters/pictures/picture-header.ts'
import type { Capture, ScreenCapture } from '#core/ports/capture.ts'

/** What core relies on, for the real captures and the fake one. A window must be active. */
export function screenContract(create: () => ScreenCapture): void {
  const ways: Record<string, (screen: ScreenCapture) => Promise<Capture>> = {
    'the screens': async (screen) => (await screen.captureScreens())[0],
    'the window': (screen) => screen.captureWindow(),
    'an object': (screen) => screen.captureObject(),
    'an area': (screen) => screen.captureArea({ x: 20, y: 30, width: 50, height: 40 })
  }
  it.each(Object.keys(ways))('captures %s as a PNG of its place, with a label and a lasting subject', async (way) => {
    const screen = create()
    const [capture, again] = [await ways[way]?.(screen), await ways[way]?.(screen)]
    expect(capture?.label).toMatch(/^[A-Z]/u)
    expect(again?.subject).toBe(capture?.subject)
    const { mime, width, height } = readPictureHeader(capture?.bytes ?? new Uint8Array())
    expect(mime).toBe('image/png')
    expect(width * (capture?.place.height ?? 0)).toBe(height * (capture?.place.width ?? 0))
  })
}
