import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { serveControlSocket } from '#app/control-socket.ts'
import type { CommandReply } from '#app/host.ts'
import { paths } from '#adapters/paths.ts'
import { declared } from '#cli/declaration.ts'
import { describeCommand } from '#cli/describe-command.ts'
import { UsageError } from '#cli/exit-codes.ts'
import { keyCommand } from '#cli/key-command.ts'
import { tableCommand } from '#cli/table-command.ts'
import type { Terminal } from '#cli/terminal.ts'
import { commandIds, isReachable, type CommandId } from '#shared/commands.ts'
import { failure } from '#shared/errors.ts'
import { createCliHome, descryProgram, type CliHome } from '#test/descry.ts'
import { run } from '#test/process.ts'

let home: CliHome
beforeAll(async () => {
  home = await createCliHome()
})
afterAll(() => home.remove())

describe('help', () => {
  test('names every command that the table has for the command line', async () => {
    const { code, stdout, stderr } = await home.descry(['help'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const tools = Object.keys(declared)
    for (const id of commandIds.filter((id) => !tools.includes(id)))
      expect(new RegExp(`^ {2}${id}\\b`, 'mu').test(stdout), id).toBe(isReachable(id, 'cli'))
    for (const tool of tools) expect(stdout).toMatch(new RegExp(`^ {2}${tool}\\b`, 'mu'))
  })

  test('says what is sent where before anything is sent', async () => {
    const { stdout } = await home.descry(['describe', '--help'])
    expect(stdout.replaceAll('\n', ' ')).toContain('is sent to the provider: api.openai.com')
    expect(await home.descry(['help', 'describe'])).toMatchObject({ code: 0, stdout })
  })
})

describe('usage errors', () => {
  const terminal: Terminal = {
    print: () => expect.unreachable('nothing is printed'),
    tell: () => expect.unreachable('main tells'),
    signal: new AbortController().signal,
    interrupt: () => undefined,
    onFirstInterrupt: () => undefined,
    onEachInterrupt: () => undefined
  }
  const table = (id: CommandId) => (args: string[]) => tableCommand(id, args, terminal)

  test.each([
    [describeCommand, [], 'Name a file or an address, or use - for standard input.'],
    [describeCommand, ['-', '-', '--json'], 'Use - only once'],
    [describeCommand, ['x.png', '--detail', 'huge'], '--detail must be one of brief, standard, detailed, text.'],
    [describeCommand, ['x.png', '--preset', 'cat'], '--preset wants one of'],
    [describeCommand, ['x.png', '--lang', 'no such'], '--lang needs a language tag'],
    [describeCommand, ['x.png', '--ask', '  '], '--ask needs some text.'],
    [describeCommand, ['x.png', '--base-url', 'ftp://host'], '--base-url is not an http or https address.'],
    [describeCommand, ['x.pdf', '--parts', '0'], '--parts must be all, or numbers such as 2 or 1,3-5.'],
    [describeCommand, ['x.pdf', '--parts', '3-2'], '--parts must be all'],
    [describeCommand, ['x.png', '--nonsense'], 'There is no option --nonsense. Run descry help describe for a list.'],
    [describeCommand, ['x.png', '--constructor'], 'There is no option --constructor.'],
    [describeCommand, ['x.png', '-o'], 'There is no option -o.'],
    [describeCommand, ['x.png', '--detail', '--json'], '--detail needs a value.'],
    [describeCommand, ['x.png', '--detail'], '--detail needs a value.'],
    [describeCommand, ['x.png', '--json=yes'], '--json takes no value.'],
    [table('screen'), ['x.png'], 'This command takes no file.'],
    [table('region'), ['10,20,300,200', '5'], 'region takes one area, such as 10,20,300,200, without spaces.'],
    [table('region'), ['-10,20,0,200'], 'region: An area is left,top,width,height, such as 10,20,300,200.'],
    [table('stop'), ['now'], 'stop takes no more arguments.'],
    [table('ask'), [], 'ask needs a question.'],
    [keyCommand, [], 'key must be followed by set, remove, or status.'],
    [keyCommand, ['set', 'sk-oops'], 'Leave the key off the command line']
  ])('%o %j', async (command, args, sentence) => {
    const refusal: unknown = await command(args, terminal).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(UsageError)
    expect((refusal as UsageError).message).toContain(sentence)
    expect((refusal as UsageError).message).not.toContain('sk-oops')
  })

  test('is exit code 2 and one sentence, with nothing on stdout', async () => {
    expect(await home.descry(['describe', '--json', '--detail', 'huge', 'x.png'])).toEqual({
      code: 2,
      stdout: '',
      stderr: '--detail must be one of brief, standard, detailed, text.\n'
    })
    expect(await home.descry(['constructor'])).toMatchObject({ code: 2, stdout: '' })
  })

  test('what was typed comes back without its escape sequences', async () => {
    const { stderr } = await home.descry(['\u001b]0;owned\u0007\u202efly\u009b31m'])
    expect(stderr).toBe('There is no command ]0;ownedfly31m. Run descry help for a list.\n')
  })

  test('a bare descry shows the commands', async () => {
    const { code, stdout, stderr } = await home.descry([])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain('descry help COMMAND')
  })
})

test('an old Node is told what to do', async () => {
  const pretend = `Object.defineProperty(process.versions, 'node', { value: '20.20.2' }); import(${JSON.stringify(descryProgram)})`
  const { code, stderr } = await run(process.execPath, ['-e', pretend])
  expect(code).toBe(2)
  expect(String(stderr)).toMatch(/^Descry needs Node 24\.5 or later; this is Node 20\.20\.2\./u)
})

describe('commands of the running Descry', () => {
  test('without one: a sentence, and exit code 3', async () => {
    const commands = [['stop'], ['changed'], ['second-opinion'], ['step', 'text'], ['watch', 'pause'], ['ask', 'What?']]
    await Promise.all(
      commands.map(async (args) =>
        expect(await home.descry(args)).toEqual({
          code: 3,
          stdout: '',
          stderr: expect.stringMatching(/^Descry is not running\./u)
        })
      )
    )
  })

  test('with one: handed over with their input, and the reply is told', async () => {
    const done: unknown[] = []
    const { socketPath: path, tokenFile } = paths(home.env)
    const replies: Record<string, CommandReply> = {
      status: { ok: true, value: { text: 'Watching the \u001b[31mclipboard.' } },
      clipboard: { ok: false, error: failure('no-picture') }
    }
    const server = await serveControlSocket({
      path,
      tokenFile,
      run: async (command, input) => {
        done.push([command, input])
        return replies[command] ?? { ok: true, value: null }
      }
    })
    try {
      expect(await home.descry(['status'])).toEqual({ code: 0, stdout: 'Watching the [31mclipboard.\n', stderr: '' })
      expect(await home.descry(['ask', 'What', 'color?'])).toEqual({ code: 0, stdout: '', stderr: '' })
      expect(await home.descry(['screen', '--detail', 'brief'])).toEqual({ code: 0, stdout: '', stderr: '' })
      expect(await home.descry(['clipboard'])).toEqual({
        code: 3,
        stdout: '',
        stderr: 'There is no picture here. Copy a picture first.\n'
      })
      expect(done).toEqual([
        ['status', {}],
        ['ask', { question: 'What color?' }],
        ['screen', { detail: 'brief' }],
        ['clipboard', {}]
      ])
      // To the left of the first display an area begins with a minus, as options do.
      await home.descry(['region', '-800,-20,300,200', '--detail', 'brief'])
      await home.descry(['step', 'text'])
      await home.descry(['more', '--preset', 'people'])
      await home.descry(['open', 'bill 1.pdf'], { cwd: home.dir })
      await home.descry(['watch', 'pause'])
      await home.descry(['pause-watching'])
      expect(done.slice(4)).toEqual([
        ['region', { area: '-800,-20,300,200', detail: 'brief' }],
        ['step', { step: 'text' }],
        ['more', { preset: 'people' }],
        ['open', { path: join(home.dir, 'bill 1.pdf') }],
        ['pause-watching', {}],
        ['pause-watching', {}]
      ])
    } finally {
      await server.close()
    }
  })
})
