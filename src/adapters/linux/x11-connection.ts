import { existsSync } from 'node:fs'
import { connect } from 'node:net'
import { homedir, hostname } from 'node:os'
import { join } from 'node:path'
import { DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import { readRegularFile } from '../regular-file.ts'

/**
 * The part of the X11 protocol that the clipboard, the pointer and the windows need, over the X server's own socket.
 * https://www.x.org/releases/current/doc/xproto/x11protocol.html
 */

/** Larger answers are not read, since no picture or text that Descry accepts is larger. */
const maxAnswerBytes = 100_000_000

interface Display {
  number: string
  /** Where its server listens: a socket path, or a TCP port on `host`. */
  address: { path: string } | { host: string; port: number }
}

function parseDisplay(text: string | undefined): Display | null {
  const match = /^([^:/]*)(?:\/unix)?:(\d+)(?:\.\d+)?$/u.exec(text ?? '')
  if (!match) return null
  const [, host = '', number = ''] = match
  const isLocal = host === '' || host === 'unix'
  return {
    number,
    address: isLocal ? { path: `/tmp/.X11-unix/X${number}` } : { host, port: 6000 + Number(number) }
  }
}

/** The display that `env` names. Errors: no-permission (there is none). */
export function findDisplay(env: NodeJS.ProcessEnv): Display {
  const display = parseDisplay(env.DISPLAY)
  if (display && (!('path' in display.address) || existsSync(display.address.path))) return display
  throw new DescryError('no-permission', {
    message: t('capture.no-display'),
    next: t('capture.run-in-desktop')
  })
}

/** The cookie that the X server asks for, from ~/.Xauthority; empty if there is none. */
async function findCookie(env: NodeJS.ProcessEnv, displayNumber: string): Promise<Buffer> {
  const file = env.XAUTHORITY ?? join(env.HOME ?? homedir(), '.Xauthority')
  const data = await readRegularFile(file).catch(() => Buffer.alloc(0))
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

/** A request; its length field is filled in here. */
export function request(opcode: number, detail: number, body: Buffer): Buffer {
  const whole = padded(Buffer.concat([Buffer.from([opcode, detail, 0, 0]), body]))
  whole.writeUInt16LE(whole.length / 4, 2)
  return whole
}

/** A request about a name. */
export function named(opcode: number, name: string): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt16LE(Buffer.byteLength(name))
  return request(opcode, 0, Buffer.concat([length, Buffer.from(name)]))
}

export function words(...values: number[]): Buffer {
  const data = Buffer.alloc(values.length * 4)
  for (const [index, value] of values.entries()) data.writeUInt32LE(value, index * 4)
  return data
}

const internAtom = 16
export const queryExtension = 98

export interface X11Connection {
  /** The root window. */
  readonly root: number
  /** The first id that this client may use for a window of its own. */
  readonly firstId: number
  send(request: Buffer): void
  /** The answer to the oldest unanswered request. Throws when the server refuses it, is gone, or does not answer in time. */
  reply(): Promise<Buffer>
  /** The next event. Throws when the server is gone. */
  event(): Promise<Buffer>
  /** The server's numbers (atoms) for names. */
  atoms(...names: string[]): Promise<number[]>
  /** False after close(), and when the server is gone. */
  isOpen(): boolean
  /** From now on it does not keep the process alive. */
  unref(): void
  close(): void
}

/** A server that starts with its first client takes two seconds. */
const defaultAnswerTimeoutMs = 5000

/**
 * Errors: no-permission (there is no display, its server refuses the connection or does not answer, or the signal fires).
 *
 * @param answerTimeoutMs for each answer; one that comes later counts as the loss of the server.
 */
export async function connectX11(
  env: NodeJS.ProcessEnv,
  signal?: AbortSignal,
  answerTimeoutMs = defaultAnswerTimeoutMs
): Promise<X11Connection> {
  const display = findDisplay(env)
  const cookie = await findCookie(env, display.number).catch(() => Buffer.alloc(0))
  const socket = connect({ ...display.address, ...(signal && { signal }) })
  let wake = (): void => undefined
  // An error is followed by `close`.
  socket.on('error', () => undefined)
  socket.on('readable', () => wake())
  socket.on('close', () => wake())

  async function take(size: number): Promise<Buffer> {
    for (;;) {
      if (socket.destroyed) throw new Error('The X server is gone.')
      const data = socket.read(size) as Buffer | null
      if (data?.length === size) return data
      if (data !== null || socket.readableEnded) throw new Error('The X server is gone.')
      await new Promise<void>((resolve) => (wake = resolve))
    }
  }
  /** A server whose computer has gone to sleep never answers, and never hangs up either. */
  async function inTime<Value>(answer: Promise<Value>): Promise<Value> {
    const timer = setTimeout(() => socket.destroy(), answerTimeoutMs)
    try {
      return await answer
    } finally {
      clearTimeout(timer)
    }
  }
  /** A reply (type 1), an error (0) or an event. */
  async function message(): Promise<Buffer> {
    const start = await take(32)
    const rest = start[0] === 1 ? start.readUInt32LE(4) * 4 : 0
    if (rest > maxAnswerBytes) throw new DescryError('too-large')
    return rest > 0 ? Buffer.concat([start, await take(rest)]) : start
  }
  const events: Buffer[] = []
  const connection: X11Connection = {
    root: 0,
    firstId: 0,
    send: (data) => void socket.write(data),
    async reply() {
      for (;;) {
        const next = await inTime(message())
        if (next[0] === 1) return next
        if (next[0] === 0) throw new Error(`The X server refused a request: error ${next[1]}.`)
        events.push(next)
      }
    },
    event: async () => events.shift() ?? message(),
    async atoms(...names) {
      socket.write(Buffer.concat(names.map((name) => named(internAtom, name))))
      const atoms: number[] = []
      while (atoms.length < names.length) atoms.push((await connection.reply()).readUInt32LE(8))
      return atoms
    },
    isOpen: () => !socket.destroyed,
    unref: () => void socket.unref(),
    close: () => void socket.destroy()
  }

  try {
    const cookieName = Buffer.from(cookie.length > 0 ? 'MIT-MAGIC-COOKIE-1' : '')
    const hello = Buffer.alloc(12)
    hello.write('l') // least significant byte first
    hello.writeUInt16LE(11, 2)
    hello.writeUInt16LE(cookieName.length, 6)
    hello.writeUInt16LE(cookie.length, 8)
    socket.write(Buffer.concat([hello, padded(cookieName), padded(cookie)]))
    const welcome = await inTime(take(8))
    const setup = await inTime(take(welcome.readUInt16LE(6) * 4))
    if (welcome[0] !== 1) throw new Error('The X server refused the connection.')
    const vendorLength = setup.readUInt16LE(16)
    const formatCount = setup.readUInt8(21)
    const root = setup.readUInt32LE(32 + vendorLength + (-vendorLength & 3) + formatCount * 8)
    return Object.assign(connection, { root, firstId: setup.readUInt32LE(4) })
  } catch (error) {
    socket.destroy()
    throw new DescryError('no-permission', {
      message: t('capture.clipboard-unreachable'),
      next: t('capture.run-in-desktop'),
      cause: error
    })
  }
}
