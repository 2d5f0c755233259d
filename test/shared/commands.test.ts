import { expect, test } from 'vitest'
import { chosenHotkey } from '#shared/command-hotkeys.ts'
import { commandEntry, commandIds, findCommand } from '#shared/commands.ts'

test('every command has a title without a period and a help of one sentence', () => {
  for (const id of commandIds) {
    const { title, help } = commandEntry(id)
    expect(title, id).toMatch(/^[A-Z].*[^.]$/u)
    expect(help, id).toMatch(/^[A-Z].*\.$/u)
  }
})

test('what is typed without an option is a field of the command', () => {
  const operands = commandIds.flatMap((id) => {
    const { operand } = commandEntry(id)
    return operand ? [`${id} ${operand.name}`] : []
  })
  expect(operands).toEqual(['region AREA', 'open FILE', 'ask QUESTION', 'step PART'])
})

test('finds a command by its id and by a former one', () => {
  expect(findCommand('screen')).toBe('screen')
  expect(findCommand('watch')).toBe('pause-watching')
  expect(findCommand('constructor')).toBeNull()
})

test('takes a hotkey from the settings under a former id, unless the present one is there', () => {
  expect(chosenHotkey({ watch: 'F5' }, 'pause-watching')).toBe('F5')
  expect(chosenHotkey({ watch: 'F5', 'pause-watching': null }, 'pause-watching')).toBeNull()
  expect(chosenHotkey({ watch: 'F5' }, 'screen')).toBeUndefined()
})
