// @module-tag posix
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { connectSessionBus } from '#adapters/linux/session-bus.ts'

// The real bus is in readers/orca.test.ts; here something else answers at its address.
let folder: string
let server: Server
let env: NodeJS.ProcessEnv
const sockets: Socket[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'descry-bus '))
})
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  server.close()
  await rm(folder, { recursive: true, force: true })
})

async function listen(answer: (said: string, socket: Socket) => void): Promise<void> {
  const path = join(folder, 'bus')
  server = createServer((socket) => {
    sockets.push(socket)
    socket.on('error', () => undefined)
    socket.on('data', (said) => answer(said.toString('latin1'), socket))
  })
  await new Promise<void>((resolve) => server.listen(path, resolve))
  env = { DBUS_SESSION_BUS_ADDRESS: `unix:path=${encodeURIComponent(path)},guid=0` }
}

/** A message's fixed header: reply, lengths of body and header fields. */
function header(bodyBytes: number, fieldBytes: number): Buffer {
  const bytes = Buffer.from([0x6c, 2, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0])
  bytes.writeUInt32LE(bodyBytes, 4)
  bytes.writeUInt32LE(fieldBytes, 12)
  return bytes
}

test.each([
  ['something else', Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')],
  ['a message of 4 GB', header(0xffffffff, 0)],
  ['header fields of 4 GB', header(0, 0xffffffff)],
  [
    'a string longer than its message',
    Buffer.concat([header(0, 16), Buffer.from('\x04\x01s\0\xff\xff\0\0abcdefg\0', 'latin1')])
  ],
  ['a type that is not asked for', Buffer.concat([header(0, 8), Buffer.from('\x05\x01v\0\0\0\0\0', 'latin1')])]
])('%s ends the connection', async (_, bytes) => {
  await listen((said, socket) => socket.write(said.includes('AUTH') ? 'OK 0\r\n' : bytes))
  await expect(connectSessionBus(env)).rejects.toThrow('The session bus is gone.')
})

test('a bus that refuses us is not used', async () => {
  await listen((_, socket) => socket.write('REJECTED EXTERNAL\r\n'))
  await expect(connectSessionBus(env)).rejects.toThrow('refused')
})

test('says who it is before anything else', async () => {
  const said: string[] = []
  await listen((text, socket) => {
    said.push(text)
    socket.end()
  })
  await expect(connectSessionBus(env)).rejects.toThrow('cannot be reached')
  expect(said[0]).toBe(`\0AUTH EXTERNAL ${Buffer.from(String(process.getuid?.())).toString('hex')}\r\n`)
})
