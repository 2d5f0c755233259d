import { expect, test } from 'vitest'
import { askCompositor, parseHyprland, parseSway } from '#adapters/capture/wayland/compositor.ts'

// Sway itself is in ../wayland-capture.test.ts. Hyprland is not here: its answers are written down from its documentation.
const monitor = {
  id: 0,
  name: 'eDP-1',
  width: 2560,
  height: 1440,
  x: 0,
  y: 0,
  scale: 1.6,
  transform: 0,
  focused: false
}
const second = {
  ...monitor,
  id: 1,
  name: 'DP-1',
  width: 1920,
  height: 1080,
  x: 1600,
  scale: 1,
  transform: 1,
  focused: true
}
const hyprlandWindow = { address: '0x55d0', at: [1620, 40], size: [800, 600], title: 'Notes', class: 'org.gnome.gedit' }

test('Hyprland: places are scaled and rotated like its monitors', () => {
  expect(parseHyprland(JSON.stringify([monitor, second]), JSON.stringify(hyprlandWindow))).toEqual({
    outputs: [
      { name: 'eDP-1', place: { x: 0, y: 0, width: 1600, height: 900 }, hasFocus: false },
      { name: 'DP-1', place: { x: 1600, y: 0, width: 1080, height: 1920 }, hasFocus: true }
    ],
    window: {
      id: '0x55d0',
      place: { x: 1620, y: 40, width: 800, height: 600 },
      title: 'Notes',
      application: 'org.gnome.gedit'
    }
  })
  expect(parseHyprland(JSON.stringify([monitor]), '{}').window).toBeNull()
  expect(() => parseHyprland('[]', '{}')).toThrow('No output is on.')
})

const rect = { x: 10, y: 20, width: 300, height: 200 }
const node = { id: 1, type: 'con', focused: false, name: null, rect, nodes: [], floating_nodes: [] }
const output = { name: 'eDP-1', active: true, focused: true, rect }

test('Sway: a window of XWayland, and an output that is off', () => {
  const window = { ...node, id: 7, focused: true, name: 'Old', app_id: null, window_properties: { class: 'XTerm' } }
  const tree = { ...node, type: 'root', nodes: [{ ...node, type: 'workspace', floating_nodes: [window] }] }
  const off = { name: 'DP-1', active: false, rect: { x: 0, y: 0, width: 0, height: 0 } }
  expect(parseSway(JSON.stringify([off, output]), JSON.stringify(tree))).toEqual({
    outputs: [{ name: 'eDP-1', place: rect, hasFocus: true }],
    window: { id: '7', place: rect, title: 'Old', application: 'XTerm' }
  })
  expect(() => parseSway(JSON.stringify([off]), JSON.stringify(tree))).toThrow('No output is on.')
  expect(() => parseSway('Unable to connect', '')).toThrow('JSON')
})

test('a compositor that is missing or does not answer gives null', async () => {
  expect(await askCompositor({})).toBeNull()
  expect(await askCompositor({ PATH: '/usr/bin', SWAYSOCK: '/nonexistent' })).toBeNull()
  expect(await askCompositor({ PATH: '/nonexistent', HYPRLAND_INSTANCE_SIGNATURE: 'a' })).toBeNull()
})
