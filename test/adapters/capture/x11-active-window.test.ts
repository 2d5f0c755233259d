// @module-tag xvfb
// @module-tag xterm
import { afterAll, beforeAll, expect, it } from 'vitest'
import { findX11ActiveWindow } from '#adapters/capture/x11-active-window.ts'
import { startDesktop, type Desktop } from '#test/desktop.ts'
import { until } from '#test/process.ts'

let desktop: Desktop

beforeAll(async () => {
  desktop = await startDesktop()
})
afterAll(() => desktop.end())

it('finds none on an empty desktop', async () => {
  expect(await findX11ActiveWindow(desktop.env)).toBeNull()
})

it('finds its program, its place without the frame, and a title of another alphabet', async () => {
  const xterm = desktop.start('xterm', ['-T', 'Größe, размер', '-geometry', '60x20+200+150'])
  const window = await until(async () => {
    const found = await findX11ActiveWindow(desktop.env)
    return found?.title === 'Größe, размер' && found
  })
  expect(window).toMatchObject({ processId: xterm.child.pid, application: 'XTerm' })
  const { stdout } = await desktop.run('xprop', ['-id', String(window.id), '_NET_FRAME_EXTENTS'])
  const [left = 0, , top = 0] = String(stdout).split('=')[1]?.split(',').map(Number) ?? []
  expect(top).toBeGreaterThan(0)
  expect(window.place).toMatchObject({ x: 200 + left, y: 150 + top })
  expect(window.place.width).toBeGreaterThan(300)
  await xterm.end()
})

it('says that there is no display', async () => {
  await expect(findX11ActiveWindow({ ...desktop.env, DISPLAY: ':4711' })).rejects.toMatchObject({
    code: 'no-permission'
  })
})
