import { describe, expect, it } from 'vitest'
import {
  argumentsOf,
  commandNames,
  findCommandNamed,
  helpOf,
  inputOf,
  takesItem,
  usageOf
} from '../../../src/cli/terminal-app/command-words.ts'
import { shouldBeQuiet } from '../../../src/cli/terminal-app/quiet.ts'
import { commandIds, isReachable } from '#shared/commands.ts'

describe('the commands of the prompt', () => {
  it('are each command of the table that a terminal can do, once, and the prompt’s own', () => {
    const table = commandIds.filter((id) => isReachable(id, 'terminal'))
    expect(commandNames.toSorted()).toEqual([...table, 'help', 'key', 'voice'].toSorted())
    // What is about the active window would be about the terminal.
    for (const id of ['window', 'object', 'text', 'commands', 'pause-watching']) expect(commandNames).not.toContain(id)
    for (const name of commandNames) expect(helpOf(name), name).toMatch(/^[A-Z].*\.$/u)
  })

  it('may be shortened while it is clear which one is meant', () => {
    expect(findCommandNamed('second')).toEqual({ table: 'second-opinion' })
    expect(findCommandNamed('MORE')).toEqual({ table: 'more' })
    // A whole name wins over longer ones.
    expect(findCommandNamed('step')).toEqual({ table: 'step' })
    expect(findCommandNamed('q')).toEqual({ own: 'quit' })
    expect(() => findCommandNamed('st')).toThrow(':st matches 3 commands: :step, :status, :stop.')
    expect(() => findCommandNamed('')).toThrow('There is no command :. Type :help for a list.')
    expect(() => findCommandNamed('window')).toThrow('There is no command :window.')
  })

  it('say how they are typed', () => {
    expect(usageOf('more')).toBe(':more [brief|standard|detailed|text] [PRESET]')
    expect(usageOf('step')).toBe(':step [summary|text|parts|controls|details]')
    expect(usageOf('ask')).toBe(':ask QUESTION')
    expect(usageOf('region')).toBe(':region AREA')
    expect(usageOf('voice')).toBe(':voice on|off')
    expect(usageOf('repeat')).toBe(':repeat')
  })

  it('take words in place of options', () => {
    expect(inputOf('more', '')).toEqual({})
    expect(inputOf('more', 'Brief')).toEqual({ detail: 'brief' })
    expect(inputOf('more', 'chart detailed')).toEqual({ detail: 'detailed', preset: 'chart' })
    expect(inputOf('more', 'My own prompt')).toEqual({ preset: 'My own prompt' })
    expect(inputOf('changed', 'screen')).toEqual({ of: 'screen' })
    expect(inputOf('ask', 'Is it a chart?')).toEqual({ question: 'Is it a chart?' })
    expect(inputOf('step', '')).toEqual({})
    expect(inputOf('step', 'controls')).toEqual({ step: 'controls' })
    expect(inputOf('region', '10,20,300,200')).toEqual({ area: '10,20,300,200' })
  })

  it.each([
    ['ask', '', 'Usage: :ask QUESTION'],
    ['open', '', 'Usage: :open FILE'],
    ['region', '', 'Usage: :region AREA'],
    ['region', '1,2', 'Usage: :region AREA'],
    ['step', 'sideways', 'Usage: :step [summary|text|parts|controls|details]'],
    ['screen', 'loud', 'Usage: :screen [brief|standard|detailed|text]'],
    ['copy', 'all', 'Usage: :copy']
  ] as const)('refuse what they do not take: :%s %s', (id, rest, usage) => {
    expect(() => inputOf(id, rest)).toThrow(usage)
  })

  it('are about the chosen picture where the table says so', () => {
    expect(['more', 'ask', 'repeat'].every((id) => takesItem(id as 'more'))).toBe(true)
    expect(takesItem('screen')).toBe(false)
  })

  it('offer what may follow', () => {
    expect(argumentsOf('voice')).toEqual(['on', 'off'])
    expect(argumentsOf('step')).toContain('controls')
    expect(argumentsOf('more')).toEqual(expect.arrayContaining(['brief', 'chart']))
    expect(argumentsOf('nothing')).toEqual([])
  })
})

describe('the voice at the start', () => {
  const reader = (name: string | null): { running: () => Promise<string | null> } => ({ running: async () => name })
  const desktop = { DISPLAY: ':0', TERM: 'xterm-256color' }

  it('is on in a terminal of a desktop without a screen reader', async () => {
    expect(await shouldBeQuiet(desktop, reader(null), 'linux')).toBe(false)
    expect(await shouldBeQuiet({ WAYLAND_DISPLAY: 'wayland-0' }, reader(null), 'linux')).toBe(false)
    expect(await shouldBeQuiet({}, reader(null), 'darwin')).toBe(false)
  })

  it.each([
    ['beside a screen reader', desktop, 'Orca'],
    ['over SSH', { ...desktop, SSH_CONNECTION: '192.0.2.1 50000 192.0.2.2 22' }, null],
    ['on a console', { ...desktop, TERM: 'linux' }, null],
    ['without a desktop', { TERM: 'screen' }, null]
  ])('is off %s', async (_, env, name) => {
    expect(await shouldBeQuiet(env, reader(name), 'linux')).toBe(true)
  })
})
