// @module-tag posix
import { execFileSync } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { once } from 'node:events'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AlreadyRunning, sendCommand, serveControlSocket } from '#app/control-socket.ts'
import type { CommandReply } from '#app/host.ts'
import { failure } from '#shared/errors.ts'
import { run } from '#test/process.ts'

let home: string
let address: { path: string; tokenFile: string }
const done: { command: string; input: unknown }[] = []
const servers: { close(): Promise<void> }[] = []

const record = async (command: string, input: unknown): Promise<CommandReply> => {
  done.push({ command, input })
  return { ok: true, value: { text: 'Grüße' } }
}
async function serve(does = record): Promise<{ close(): Promise<void> }> {
  const server = await serveControlSocket({ ...address, run: does })
  servers.push(server)
  return server
}

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'descry-socket-'))
  address = { path: join(home, 'run', 'control.sock'), tokenFile: join(home, 'state', 'control.token') }
  done.length = 0
})
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
  await rm(home, { recursive: true, force: true })
})

/** Sends raw bytes and gives back everything that comes until the other side hangs up. */
async function say(bytes: string): Promise<string> {
  const socket = connect(address.path)
  let heard = ''
  socket.on('data', (chunk) => (heard += String(chunk)))
  socket.on('error', () => undefined)
  socket.write(bytes)
  await once(socket, 'close')
  return heard
}

describe('the control socket', () => {
  test('hands a command over and brings the reply back', async () => {
    await serve()
    expect(await sendCommand(address, 'screen', { detail: 'brief' })).toEqual({ ok: true, value: { text: 'Grüße' } })
    expect(done).toEqual([{ command: 'screen', input: { detail: 'brief' } }])
  })

  test('still knows the former id of a command', async () => {
    await serve()
    const token = await readFile(address.tokenFile, 'utf8')
    await say(`${JSON.stringify({ token, command: 'watch', input: {} })}\n`)
    expect(done).toEqual([{ command: 'pause-watching', input: {} }])
  })

  test('brings a failure back whole', async () => {
    await serve(async () => ({ ok: false, error: failure('no-picture') }))
    expect(await sendCommand(address, 'clipboard', {})).toEqual({ ok: false, error: failure('no-picture') })
  })

  test('says what to do where nothing can be written', async () => {
    await writeFile(join(home, 'file'), '')
    address.tokenFile = join(home, 'file', 'control.token')
    await expect(serve()).rejects.toMatchObject({
      code: 'no-permission',
      next: `Check ${join(home, 'file')}, or set DESCRY_HOME.`
    })
    address = { path: join(home, 'file', 'run', 'control.sock'), tokenFile: join(home, 'state', 'control.token') }
    await expect(serve()).rejects.toMatchObject({ next: `Check ${join(home, 'file', 'run')}, or set DESCRY_HOME.` })
  })

  test('nobody there is null, before the first start and after the end', async () => {
    expect(await sendCommand(address, 'stop', {})).toBeNull()
    const server = await serve()
    await server.close()
    expect(await sendCommand(address, 'stop', {})).toBeNull()
    await expect(stat(address.tokenFile)).rejects.toThrow('ENOENT')
  })

  test('socket and token are the user’s alone, and each start makes a new token', async () => {
    const server = await serve()
    expect((await stat(address.path)).mode & 0o777).toBe(0o600)
    expect((await stat(address.tokenFile)).mode & 0o777).toBe(0o600)
    expect((await stat(join(home, 'run'))).mode & 0o777).toBe(0o700)
    const first = await readFile(address.tokenFile, 'utf8')
    expect(first).toMatch(/^[0-9a-f]{64}$/u)
    await server.close()
    await serve()
    expect(await readFile(address.tokenFile, 'utf8')).not.toBe(first)
  })

  test('without the token, or malformed, nothing happens and nothing is said', async () => {
    await serve()
    const token = await readFile(address.tokenFile, 'utf8')
    const wrong = [
      `${JSON.stringify({ token: token.replaceAll(/./gu, '0'), command: 'stop', input: {} })}\n`,
      `${JSON.stringify({ token: token.slice(1), command: 'stop', input: {} })}\n`,
      `${JSON.stringify({ command: 'stop', input: {} })}\n`,
      `${JSON.stringify({ token, command: 'rm -rf', input: {} })}\n`,
      `${JSON.stringify({ token, command: 'constructor', input: {} })}\n`,
      `${JSON.stringify({ token, command: 'stop', input: {}, more: 1 })}\n`,
      'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n',
      '\n',
      'null\n',
      'x'.repeat(70_000)
    ]
    for (const bytes of wrong) expect(await say(bytes)).toBe('')
    expect(done).toEqual([])
    expect(await sendCommand(address, 'stop', {})).toMatchObject({ ok: true })
  })

  test('a stale token file opens nothing', async () => {
    await serve()
    await writeFile(address.tokenFile, '0'.repeat(64))
    await expect(sendCommand(address, 'stop', {})).rejects.toMatchObject({
      code: 'internal',
      message: 'The running Descry did not answer.'
    })
    expect(done).toEqual([])
  })

  test('a pipe in place of the token is nobody there', async () => {
    await mkdir(join(home, 'state'))
    execFileSync('mkfifo', [address.tokenFile])
    expect(await sendCommand(address, 'stop', {})).toBeNull()
  })

  test('a second server is told that one is running, and the first goes on', async () => {
    await serve()
    await expect(serveControlSocket({ ...address, run: record })).rejects.toBeInstanceOf(AlreadyRunning)
    expect(await sendCommand(address, 'stop', {})).toMatchObject({ ok: true })
  })

  test('the socket that a crash left behind is removed', async () => {
    await mkdir(join(home, 'run'), { mode: 0o700 })
    const crash = `require('node:net').createServer().listen(${JSON.stringify(address.path)}, () => process.kill(process.pid, 'SIGKILL'))`
    expect((await run(process.execPath, ['-e', crash])).signal).toBe('SIGKILL')
    expect((await stat(address.path)).isSocket()).toBe(true)
    expect(await sendCommand(address, 'stop', {})).toBeNull()
    await serve()
    expect(await sendCommand(address, 'stop', {})).toMatchObject({ ok: true })
  })

  test('a directory that others may write to is refused by server and client', async () => {
    const server = await serve()
    await chmod(join(home, 'run'), 0o777)
    expect(await sendCommand(address, 'stop', {})).toBeNull()
    await server.close()
    await expect(serveControlSocket({ ...address, run: record })).rejects.toMatchObject({ code: 'no-permission' })
  })

  test('the reply to quit gets out although closing has begun', async () => {
    const server = await serve(async () => {
      void server.close()
      await new Promise((resolve) => setImmediate(resolve))
      return { ok: true, value: null }
    })
    expect(await sendCommand(address, 'quit', {})).toEqual({ ok: true, value: null })
  })

  test('clients that connect and say nothing do not keep a command out, nor end one that runs', async () => {
    const running = Promise.withResolvers<void>()
    await serve(async (command, input) => {
      if (command === 'screen') await running.promise
      return record(command, input)
    })
    const slow = sendCommand(address, 'screen', {})
    const silent = Array.from({ length: 100 }, () => connect(address.path).on('error', () => undefined))
    try {
      await Promise.all(silent.map((socket) => once(socket, 'connect')))
      expect(await sendCommand(address, 'stop', {})).toMatchObject({ ok: true })
      running.resolve()
      expect(await slow).toMatchObject({ ok: true })
    } finally {
      silent.forEach((socket) => socket.destroy())
    }
  })

  test('a client that connects and says nothing does not delay closing', async () => {
    const server = await serve()
    const silent = connect(address.path)
    silent.on('error', () => undefined)
    await once(silent, 'connect')
    await server.close()
    silent.destroy()
  })
})
