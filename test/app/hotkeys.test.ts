import { expect, it } from 'vitest'
import { createHotkeyTable } from '#app/hotkeys.ts'
import type { CommandId } from '#shared/commands.ts'

it('a hotkey runs its command at each press, however long the one before was held down', async () => {
  let nowMs = 0
  const presses = new Map<string, () => void>()
  const hotkeys = {
    hold: async (accelerator: string, press: () => void) => {
      presses.set(accelerator, press)
      return 'held' as const
    },
    release: () => undefined
  }
  const runs: [CommandId, number][] = []
  const table = createHotkeyTable(
    'windows',
    hotkeys,
    (command) => runs.push([command, nowMs]),
    () => nowMs
  )
  await table.take({})
  // Windows waits before a key repeats, and then repeats it every 33 ms.
  for (nowMs of [0, 500, 533, 566, 599, 632, 2000, 2300]) presses.get('Control+Shift+Super+E')?.()
  nowMs = 2310
  presses.get('Control+Shift+Super+G')?.()
  expect(runs).toEqual([
    ['screen', 0],
    ['screen', 500],
    ['screen', 2000],
    ['screen', 2300],
    ['window', 2310]
  ])
})
