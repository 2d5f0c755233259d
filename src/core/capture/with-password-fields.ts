import type { Capture, ScreenCapture } from '#core/ports/capture.ts'
import type { PasswordField, PasswordFields } from '#core/ports/privacy.ts'
import { overlap } from '#core/areas.ts'

/** Looks for password fields while the screen is captured, so that no capture with one is sent by accident. */
export function withPasswordFields(screen: ScreenCapture, passwordFields: PasswordFields): ScreenCapture {
  let looking: ReturnType<PasswordFields['find']> | null = null

  /** Several captures at once, as for the command list, need one look. */
  function look(): ReturnType<PasswordFields['find']> {
    looking ??= passwordFields.find(null).finally(() => (looking = null))
    return looking
  }

  async function along(work: Promise<Capture>): Promise<Capture> {
    const [capture, fields] = await Promise.all([work, look()])
    return withFields(capture, fields)
  }
  return {
    async captureScreens() {
      const [[first, ...others], fields] = await Promise.all([screen.captureScreens(), look()])
      return [withFields(first, fields), ...others.map((other) => withFields(other, fields))]
    },
    captureWindow: () => along(screen.captureWindow()),
    captureObject: () => along(screen.captureObject()),
    captureArea: (area) => along(screen.captureArea(area))
  }
}

function withFields(capture: Capture, fields: readonly PasswordField[] | null): Capture {
  if (fields === null) return capture
  const inPicture = fields.map(({ area }) => area).filter((area) => overlap(area, capture.place) !== null)
  return { ...capture, passwordFields: inPicture }
}
