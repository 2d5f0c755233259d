import { expect, it } from 'vitest'
import { withPasswordFields } from '#core/capture/with-password-fields.ts'
import type { Capture, ScreenCapture } from '#core/ports/capture.ts'
import type { PasswordField } from '#core/ports/privacy.ts'

const capture = (x: number): Capture => ({
  bytes: new Uint8Array(),
  label: 'Screen',
  subject: 'display:1',
  place: { x, y: 0, width: 800, height: 600 },
  windowTitle: null,
  applicationName: null,
  windowPlace: null
})
const screen: ScreenCapture = {
  captureScreens: () => Promise.resolve([capture(0), capture(800)]),
  captureWindow: () => Promise.resolve(capture(0)),
  captureObject: () => Promise.resolve(capture(800)),
  captureArea: () => Promise.resolve(capture(0))
}
const field: PasswordField = { area: { x: 100, y: 50, width: 200, height: 30 }, hasFocus: true }
const finding = (fields: PasswordField[] | null): ScreenCapture =>
  withPasswordFields(screen, { find: () => Promise.resolve(fields) })

it('each capture knows the password fields in it', async () => {
  const seen = finding([field])
  expect((await seen.captureScreens()).map(({ passwordFields }) => passwordFields)).toEqual([[field.area], []])
  expect((await seen.captureWindow()).passwordFields).toEqual([field.area])
  expect((await seen.captureObject()).passwordFields).toEqual([])
  expect((await seen.captureArea(field.area)).passwordFields).toEqual([field.area])
})

it('none is not the same as unknown', async () => {
  expect((await finding([]).captureWindow()).passwordFields).toEqual([])
  expect(await finding(null).captureWindow()).not.toHaveProperty('passwordFields')
})

it('captures made at once share one look, and a later one looks again', async () => {
  let looks = 0
  const counting = withPasswordFields(screen, {
    find: () => {
      looks += 1
      return Promise.resolve([field])
    }
  })
  await Promise.all([counting.captureScreens(), counting.captureWindow(), counting.captureObject()])
  expect(looks).toBe(1)
  await counting.captureWindow()
  expect(looks).toBe(2)
})
