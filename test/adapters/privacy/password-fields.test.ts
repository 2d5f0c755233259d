// @module-tag xvfb
// @module-tag dbus
// @module-tag gsettings
// @module-tag at-spi2-core
// @module-tag python3-gi
// @module-tag xdotool
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, test } from 'vitest'
import { createAtSpiPasswordFields, createPasswordFields } from '#adapters/privacy/password-fields.ts'
import type { PasswordField, PasswordFields } from '#core/ports/privacy.ts'
import type { Area } from '#shared/caption.ts'
import { startDesktop, type Desktop } from '#test/desktop.ts'
import { until, type Running } from '#test/process.ts'

// A real window of GTK with its real accessibility; Chromium is in capture/focus/at-spi.test.ts. GTK 4 and Qt are played.
let desktop: Desktop
let fields: PasswordFields

beforeAll(async () => {
  desktop = await startDesktop({ bus: true, accessibility: true })
  fields = createAtSpiPasswordFields(desktop.env)
})
afterAll(() => desktop.end())

/** The first answer in time: on a busy computer, 300 ms may pass. */
function known(finder: PasswordFields, area: Area | null = null): Promise<PasswordField[]> {
  return until(() => finder.find(area))
}

/** The program, and the first line it prints. */
async function startReady(script: string, ...args: string[]): Promise<{ program: Running; line: string }> {
  const path = fileURLToPath(new URL(`../../support/${script}`, import.meta.url))
  const program = desktop.start('/usr/bin/python3', [path, ...args])
  if (!program.child.stdout) throw new Error('It has no output.')
  const [line] = (await once(createInterface({ input: program.child.stdout }), 'line')) as [string]
  return { program, line }
}

describe('in a GTK window', () => {
  let program: Running
  let place: Area

  beforeAll(async () => {
    const started = await startReady('login-window.py')
    program = started.program
    place = JSON.parse(started.line) as Area
  })
  afterAll(() => program.end())

  /** What is found as soon as the one field that is shown has the focus, or not. */
  const found = (hasFocus: boolean): Promise<PasswordField[]> =>
    until(async () => {
      const all = await fields.find(null)
      return all?.length === 1 && all[0]?.hasFocus === hasFocus && all
    })

  it('finds the password field that is shown, where it is, and whether it has the focus', async () => {
    const [field] = await found(false)
    for (const side of ['x', 'y', 'width', 'height'] as const)
      expect(Math.abs((field?.area[side] ?? NaN) - place[side])).toBeLessThanOrEqual(3)
    await desktop.run('xdotool', ['key', 'Tab'])
    const focused = await found(true)
    expect(JSON.stringify(focused)).not.toContain('hunter2')
  })

  it('leaves out fields outside the area', async () => {
    expect(await known(fields, { ...place, x: place.x + 5, width: 10 })).toHaveLength(1)
    expect(await known(fields, { ...place, y: place.y + 2 * place.height })).toEqual([])
  })
})

test.each([
  ['password', [{ area: { x: 10, y: 20, width: 300, height: 40 }, hasFocus: true }]],
  ['plain', []]
])('a program that cannot search for an object itself, %s', async (kind, expected) => {
  expect(await known(await fieldsOf(kind))).toEqual(expected)
})

test.each(['endless', 'silent'])('does not know of a program whose tree is %s', async (kind) => {
  expect(await (await fieldsOf(kind)).find(null)).toBeNull()
})

async function fieldsOf(kind: string): Promise<PasswordFields> {
  const { program } = await startReady('accessible-program.py', kind)
  onTestFinished(() => program.end())
  return createAtSpiPasswordFields(desktop.env, () => Promise.resolve({ processId: program.pid, title: '' }))
}

test('does not know without an accessible window, without a bus, on Wayland, and on other systems', async () => {
  const noWindow = createAtSpiPasswordFields(desktop.env, () => Promise.resolve(null))
  await until(async () => (await noWindow.find(null)) === null)
  const nowhere = [
    createAtSpiPasswordFields({ DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' }),
    createAtSpiPasswordFields({ ...desktop.env, WAYLAND_DISPLAY: 'wayland-0' }),
    createPasswordFields('win32'),
    createPasswordFields('darwin')
  ]
  for (const one of nowhere) expect(await one.find(null)).toBeNull()
})
