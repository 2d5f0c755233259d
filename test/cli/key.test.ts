import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createCliHome, descryProgram, type CliHome } from '#test/descry.ts'
import { startDesktop, type Desktop } from '#test/desktop.ts'
import { lockKeyring } from '#test/locked-keyring.ts'
import { httpError, startModelServer } from '#test/model-server.ts'
import { photoPicture } from '#test/pictures.ts'
import { until } from '#test/process.ts'
import { startInTerminal, type Typed } from '#test/typing.ts'

const openAi = 'https://api.openai.com/v1'
const secret = 'sk-proj-0123456789abcdefGHIJKLMNOP_-xyz'

describe('with a keychain', { tags: ['dbus', 'gnome-keyring', 'script'] }, () => {
  let desktop: Desktop
  let home: CliHome
  beforeAll(async () => {
    desktop = await startDesktop({ display: false, keyring: true })
    home = await createCliHome(desktop.env)
  })
  afterEach(() => home.descry(['key', 'remove']))
  afterAll(async () => {
    await home.remove()
    await desktop.end()
  })

  test('set from a pipe, status, remove', async () => {
    expect(await home.descry(['key', 'status'])).toEqual({
      code: 3,
      stdout: `No API key for ${openAi} is stored.\n`,
      stderr: ''
    })
    expect(await home.descry(['key', 'set'], { input: `${secret}\r\n` })).toEqual({
      code: 0,
      stdout: `The API key for ${openAi} was stored.\n`,
      stderr: ''
    })
    expect(await home.descry(['key', 'status'])).toMatchObject({
      code: 0,
      stdout: `An API key for ${openAi} is stored.\n`
    })
    expect(await home.descry(['key', 'remove'])).toMatchObject({ stdout: `The API key for ${openAi} was removed.\n` })
    expect(await home.descry(['key', 'remove'])).toMatchObject({ stdout: `There was no API key for ${openAi}.\n` })
  })

  test('what is no key is refused and not repeated', async () => {
    for (const input of ['', 'two words', 'sk-\u001b[31m']) {
      const { code, stdout, stderr } = await home.descry(['key', 'set'], { input })
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(stderr).toBe("That isn't a valid API key. A key is one word of plain letters, digits, and symbols.\n")
    }
  })

  test('an address that is not encrypted gets no key; this computer may', async () => {
    expect(await home.descry(['key', 'set', '--base-url', 'http://example.net/v1'], { input: secret })).toMatchObject({
      code: 2,
      stderr: 'The API key cannot be stored for an address that is not encrypted. Use one with https.\n'
    })
    const local = ['--base-url', 'http://localhost:11434/v1']
    expect(await home.descry(['key', 'set', ...local], { input: secret })).toMatchObject({ code: 0 })
    expect(await home.descry(['key', 'remove', ...local])).toMatchObject({ code: 0 })
  })

  test('a stored key goes to its own address and to no other', async () => {
    const [mine, other] = [await startModelServer(), await startModelServer()]
    const picture = join(home.dir, 'door.png')
    await writeFile(picture, await photoPicture(64, 48, 'png'))
    try {
      await home.descry(['key', 'set', '--base-url', mine.baseUrl], { input: secret })
      expect(await home.descry(['describe', picture, '--base-url', mine.baseUrl])).toMatchObject({ code: 0 })
      expect(mine.requests[0]?.headers.authorization).toBe(`Bearer ${secret}`)
      // The server says it back, as some do in their errors: it is not passed on.
      mine.script([httpError(401, 'invalid_api_key', `Incorrect API key provided: ${secret}`)])
      const failed = await home.descry(['describe', picture, '--json', '--fresh'], {
        env: { OPENAI_BASE_URL: mine.baseUrl }
      })
      expect(failed).toMatchObject({ code: 3 })
      expect(failed.stdout + failed.stderr).not.toContain(secret)

      await home.descry(['describe', picture, '--fresh', '--base-url', other.baseUrl])
      await home.descry(['describe', picture, '--fresh'], { env: { OPENAI_BASE_URL: other.baseUrl } })
      expect(other.requests.map(({ headers }) => headers.authorization)).toEqual([undefined, undefined])
    } finally {
      await home.descry(['key', 'remove', '--base-url', mine.baseUrl])
      await mine.close()
      await other.close()
    }
  })

  function inTerminal(args: string[]): Typed {
    const terminal = startInTerminal([process.execPath, descryProgram, ...args], home.env)
    desktop.own(terminal.running)
    return terminal
  }

  test('typed into a terminal without echo, corrections included', async () => {
    const terminal = inTerminal(['key', 'set'])
    await until(() => terminal.seen().includes('(not shown while you type): '), { what: 'the prompt' })
    terminal.type(`wrong\u0015${secret}X\u007f\u001b[D\r`)
    expect(await terminal.ended).toBe(0)
    expect(terminal.seen()).toContain(`The API key for ${openAi} was stored.`)
    expect(terminal.seen()).not.toMatch(/wrong|sk-|0123/u)
    expect(await home.descry(['key', 'status'])).toMatchObject({ code: 0 })
  })

  test('Ctrl-C at the prompt stores nothing', async () => {
    const terminal = inTerminal(['key', 'set'])
    await until(() => terminal.seen().includes('(not shown while you type): '), { what: 'the prompt' })
    terminal.type('sk-half\u0003')
    expect(await terminal.ended).toBe(130)
    expect(terminal.seen()).not.toContain('sk-half')
    expect(await home.descry(['key', 'status'])).toMatchObject({ code: 3 })
  })
})

test(
  'a locked keychain is said to be waited for, and Ctrl-C does not wait for it',
  { tags: ['xvfb', 'dbus', 'gnome-keyring'] },
  async () => {
    // With a display, because the keychain then asks for its password in a window, which nobody answers here.
    const desktop = await startDesktop({ keyring: true })
    const home = await createCliHome(desktop.env)
    try {
      await home.descry(['key', 'set'], { input: secret })
      await lockKeyring(desktop)
      const running = desktop.own(home.start(['key', 'status']))
      let stderr = ''
      running.child.stderr?.on('data', (chunk) => (stderr += String(chunk)))
      const ended = once(running.child, 'close')
      await until(() => stderr === 'Waiting for the system keychain to be unlocked.\n', { what: 'the hint' })
      running.child.kill('SIGINT')
      expect(await ended).toEqual([130, null])
      expect(stderr).toBe('Waiting for the system keychain to be unlocked.\n')
    } finally {
      await home.remove()
      await desktop.end()
    }
  }
)

describe('without a keychain', () => {
  let home: CliHome
  beforeAll(async () => {
    home = await createCliHome()
  })
  afterAll(() => home.remove())

  test('says so, and what to do', async () => {
    expect(await home.descry(['key', 'set'], { input: secret })).toEqual({
      code: 3,
      stdout: '',
      stderr:
        'The system keychain is not available. Start or unlock a keyring such as GNOME Keyring, or set OPENAI_API_KEY.\n'
    })
  })

  test('a key in the environment counts for its address only, and is not shown', async () => {
    const env = { OPENAI_API_KEY: secret }
    const { code, stdout } = await home.descry(['key', 'status'], { env })
    expect({ code, stdout }).toEqual({ code: 0, stdout: `OPENAI_API_KEY is set and is used for ${openAi}.\n` })
  })
})
