import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { homedir, hostname } from 'node:os'
import { join } from 'node:path'

/**
 * A client of the X server over its own socket, for the little that no library here can ask.
 * https://www.x.org/releases/current/doc/xproto/x11protocol.html
 */
export interface X11Connection {
  /** The window that holds all others. */
  readonly root: number
  send(request: Buffer): void
  /** Sends a request and gives its reply; for use before any event was asked for. Throws what the server refuses. */
  ask(request: Buffer): Promise<Buffer>
  /** The next event, reply or error. Throws when the connection ends. */
  next(): Promise<Buffer>
  close(): void
}

export interface X11Display {
  number: string
  /** Where its server listens: a socket's path, or a TCP port on `host`. */
  address: { path: string } | { host: string; port: number }
}

/** The display that DISPLAY names; null where it names none, or one that is not there. */
export function findX11Display(env: NodeJS.ProcessEnv): X11Display | null {
  const match = /^([^:/]*)(?:\/unix)?:(\d+)(?:\.\d+)?$/u.exec(env.DISPLAY ?? '')
  if (!match) return null
  const [, host = '', number = ''] = match
  if (host !== '' && host !== 'unix') return { number, address: { host, port: 6000 + Number(number) } }
  const path = `/tmp/.X11-unix/X${number}`
  return existsSync(path) ? { number, address: { path } } : null
}

/** The cookie that the X server asks for, from ~/.Xauthority; empty where there is none. */
async function findCookie(env: NodeJS.ProcessEnv, displayNumber: string): Promise<Buffer> {
  const file = env.XAUTHORITY ?? join(env.HOME ?? homedir(), '.Xauthority')
  const data = await readFile(file).catch(() => Buffer.alloc(0))
  let offset = 0
  const field = (): Buffer => {
    const start = offset + 2
    offset = start + data.readUInt16BE(offset)
    return data.subarray(start, offset)
  }
  let found: Buffer = Buffer.alloc(0)
  while (offset + 2 < data.length) {
    offset += 2 // the address family
    const [address, number, name, cookie] = [field().toString(), field().toString(), field().toString(), field()]
    if (name !== 'MIT-MAGIC-COOKIE-1' || (number !== '' && number !== displayNumber)) continue
    if (address === hostname()) return cookie
    found = cookie
  }
  return found
}

const padded = (data: Buffer): Buffer => Buffer.concat([data, Buffer.alloc(-data.length & 3)])

/** A request's bytes. `detail` is the byte after the opcode: a parameter, or the extension's own opcode. */
export function request(opcode: number, detail: number, body: Buffer): Buffer {
  const header = Buffer.from([opcode, detail, 0, 0])
  const whole = padded(Buffer.concat([header, body]))
  whole.writeUInt16LE(whole.length / 4, 2)
  return whole
}

/** A request whose body is a name. */
export function named(opcode: number, name: string): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt16LE(name.length)
  return request(opcode, 0, Buffer.concat([length, Buffer.from(name)]))
}

export function words(...values: number[]): Buffer {
  const data = Buffer.alloc(values.length * 4)
  for (const [index, value] of values.entries()) data.writeUInt32LE(value, index * 4)
  return data
}

/** Connects until `signal` fires, which also ends the connection. Throws what the system and the server say. */
export async function connectX11(
  display: X11Display,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal
): Promise<X11Connection> {
  const cookie = await findCookie(env, display.number).catch(() => Buffer.alloc(0))
  const socket = connect({ ...display.address, signal })
  const closed = new AbortController()
  socket.once('close', () => closed.abort())
  // A socket that fails closes as well; nobody hears of it twice.
  socket.on('error', () => undefined)

  const take = async (size: number): Promise<Buffer> => {
    for (;;) {
      const data = socket.read(size) as Buffer | null
      if (data?.length === size) return data
      if (data !== null || socket.readableEnded || socket.destroyed) throw new Error('The X server is gone.')
      await once(socket, 'readable', { signal: closed.signal })
    }
  }
  const next = async (): Promise<Buffer> => {
    const start = await take(32)
    const isReply = start[0] === 1
    const rest = isReply ? start.readUInt32LE(4) * 4 : 0
    return rest > 0 ? Buffer.concat([start, await take(rest)]) : start
  }

  try {
    const cookieName = Buffer.from(cookie.length > 0 ? 'MIT-MAGIC-COOKIE-1' : '')
    const hello = Buffer.alloc(12)
    hello.write('l') // least significant byte first
    hello.writeUInt16LE(11, 2)
    hello.writeUInt16LE(cookieName.length, 6)
    hello.writeUInt16LE(cookie.length, 8)
    socket.write(Buffer.concat([hello, padded(cookieName), padded(cookie)]))
    const welcome = await take(8)
    const setup = await take(welcome.readUInt16LE(6) * 4)
    if (welcome[0] !== 1) throw new Error('The X server refused the connection.')
    const vendorLength = setup.readUInt16LE(16)
    const formatCount = setup.readUInt8(21)
    return {
      root: setup.readUInt32LE(32 + vendorLength + (-vendorLength & 3) + formatCount * 8),
      send: (data) => void socket.write(data),
      async ask(data) {
        socket.write(data)
        const reply = await next()
        if (reply[0] !== 1) throw new Error(`The X server answered with error ${reply[1]}.`)
        return reply
      },
      next,
      close: () => void socket.destroy()
    }
  } catch (error) {
    socket.destroy()
    throw error
  }
}
