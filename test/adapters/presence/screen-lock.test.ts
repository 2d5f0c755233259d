// @module-tag dbus
// @module-tag python3-gi
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isLinuxLocked } from '#adapters/presence/linux.ts'
import { startDesktop, type Desktop } from '#test/desktop.ts'
import { start } from '#test/process.ts'

const script = fileURLToPath(new URL('../../support/fake-screen-saver.py', import.meta.url))

let desktop: Desktop

beforeAll(async () => {
  desktop = await startDesktop({ display: false, bus: true })
})
afterAll(() => desktop.end())

describe('on Linux', () => {
  test.each(['org.gnome.ScreenSaver', 'org.freedesktop.ScreenSaver', 'org.freedesktop.login1'])(
    'is as %s tells',
    async (name) => {
      const env = { ...desktop.env, DBUS_SYSTEM_BUS_ADDRESS: desktop.env.DBUS_SESSION_BUS_ADDRESS }
      const service = desktop.own(
        start('/usr/bin/python3', [script, name], { env, stdio: ['pipe', 'pipe', 'inherit'] })
      )
      const { child } = service
      if (!child.stdin || !child.stdout) throw new Error('no pipes')
      const lines = createInterface({ input: child.stdout })
      await once(lines, 'line')
      expect(await isLinuxLocked(env)).toBe(false)
      child.stdin.write('locked\n')
      await once(lines, 'line')
      expect(await isLinuxLocked(env)).toBe(true)
      child.stdin.write('unlocked\n')
      await once(lines, 'line')
      expect(await isLinuxLocked(env)).toBe(false)
      await service.end()
    }
  )

  test('is not locked when nothing says so, and without a bus', async () => {
    expect(await isLinuxLocked(desktop.env)).toBe(false)
    const nowhere = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere', DBUS_SYSTEM_BUS_ADDRESS: 'unix:path=/nowhere' }
    expect(await isLinuxLocked(nowhere)).toBe(false)
  })
})
