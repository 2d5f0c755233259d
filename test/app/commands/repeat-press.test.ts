// @module-tag xvfb
// @module-tag python3-gi
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Item } from '#shared/bridge.ts'
import { startDesktop, type Desktop } from '#test/desktop.ts'
import { answer, startModelServer, type ModelServer } from '#test/model-server.ts'
import { until, type Running } from '#test/process.ts'
import { startApp, type RunningApp } from '#test/running-app.ts'

// The screen of a real X display, captured by the real adapter.

let desktop: Desktop
let server: ModelServer
let running: RunningApp
let window: Running

/** A window that shows one letter, and the next one at each SIGUSR1. */
const letterWindow = `
import signal
import gi
gi.require_version("Gtk", "3.0")
from gi.repository import GLib, Gtk
letters = iter("ABCDEFGH")
label = Gtk.Label()
def show():
    label.set_markup('<span size="200000">%s</span>' % next(letters))
    return True
show()
window = Gtk.Window(title="Letters")
window.set_default_size(500, 400)
window.add(label)
window.show_all()
GLib.unix_signal_add(GLib.PRIORITY_DEFAULT, signal.SIGUSR1, show)
Gtk.main()
`

async function press(command: 'screen' | 'window'): Promise<Item> {
  const reply = await running.app.run(command, {}, 'hotkey')
  const { itemId } = (reply as { value: { itemId: string } }).value
  return running.newest(({ id, state }) => id === itemId && state === 'done', 'the description')
}

/** Resolves when the display shows another letter. */
async function showNext(): Promise<void> {
  const before = await pixels()
  window.child.kill('SIGUSR1')
  await until(async () => (await pixels()) !== before, { what: 'the next letter' })
}

async function pixels(): Promise<string> {
  const [{ bytes }] = await running.dependencies.screen.captureScreens()
  return Buffer.from(bytes).toString('base64')
}

beforeAll(async () => {
  desktop = await startDesktop({ size: '900x600' })
  server = await startModelServer()
  window = desktop.start('/usr/bin/python3', ['-c', letterWindow])
})
beforeEach(async () => {
  server.script(['A letter.', 'A big letter.', 'Another letter.'].map((caption) => answer(caption)))
  running = await startApp(desktop, { baseUrl: server.baseUrl, sendingAllowedTo: server.baseUrl })
  const { screen } = running.dependencies
  const title = (): Promise<string | null> =>
    screen.captureWindow().then(
      ({ windowTitle }) => windowTitle,
      () => null
    )
  await until(async () => (await title()) === 'Letters', { what: 'the window' })
})
afterEach(() => running.close())
afterAll(async () => {
  await server.close()
  await desktop.end()
})

test.each(['screen', 'window'] as const)('%s: gives more detail while nothing has changed', async (command) => {
  const first = await press(command)
  expect(first).toMatchObject({ caption: 'A letter.', detail: 'standard' })
  expect(await press(command)).toMatchObject({ id: first.id, caption: 'A big letter.', detail: 'detailed' })
  expect(await running.items()).toHaveLength(1)
})

test.each(['screen', 'window'] as const)('%s: describes what is there now when it has changed', async (command) => {
  const first = await press(command)
  await showNext()
  const second = await press(command)
  expect(second).toMatchObject({ caption: 'A big letter.', detail: 'standard' })
  expect(second.id).not.toBe(first.id)
  expect(await press(command)).toMatchObject({ id: second.id, caption: 'Another letter.', detail: 'detailed' })
})
