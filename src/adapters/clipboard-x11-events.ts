import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { homedir, hostname } from 'node:os'
import { join } from 'node:path'
import { DescryError } from '#shared/errors.ts'

/**
 * Change events of the X11 clipboard, by the XFixes extension over the X server's own socket: they come the moment the
 * clipboard changes, cost nothing while it does not, and a server that goes away is noticed and looked for again.
 * https://www.x.org/releases/current/doc/xproto/x11protocol.html, https://www.x.org/releases/current/doc/fixesproto/fixesproto.txt
 */

const reconnectMs = 3000

interface Display {
  number: string
  /** Where its server listens: a socket's path, or a TCP port on `host`. */
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

function request(opcode: number, detail: number, body: Buffer): Buffer {
  const header = Buffer.from([opcode, detail, 0, 0])
  const whole = padded(Buffer.concat([header, body]))
  whole.writeUInt16LE(whole.length / 4, 2)
  return whole
}

function named(opcode: number, name: string): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt16LE(name.length)
  return request(opcode, 0, Buffer.concat([length, Buffer.from(name)]))
}

function words(...values: number[]): Buffer {
  const data = Buffer.alloc(values.length * 4)
  for (const [index, value] of values.entries()) data.writeUInt32LE(value, index * 4)
  return data
}

const queryExtension = 98
const internAtom = 16
const xfixesQueryVersion = 0
const xfixesSelectSelectionInput = 2
const setSelectionOwnerMask = 1

/** Asks for the events and calls back for each; returns or throws when the connection ends. */
async function listen(socket: Socket, cookie: Buffer, onChange: () => void): Promise<void> {
  const take = async (size: number): Promise<Buffer> => {
    for (;;) {
      const data = socket.read(size) as Buffer | null
      if (data?.length === size) return data
      if (data !== null || socket.readableEnded || socket.destroyed) throw new Error('The X server is gone.')
      await once(socket, 'readable')
    }
  }
  /** A reply, an error (type 0) or an event. */
  const message = async (): Promise<Buffer> => {
    const start = await take(32)
    const isReply = start[0] === 1
    const rest = isReply ? start.readUInt32LE(4) * 4 : 0
    return rest > 0 ? Buffer.concat([start, await take(rest)]) : start
  }

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
  const root = setup.readUInt32LE(32 + vendorLength + (-vendorLength & 3) + formatCount * 8)

  socket.write(named(queryExtension, 'XFIXES'))
  const extension = await message()
  const [isPresent, xfixes = 0, selectionNotify = 0] = extension.subarray(8, 11)
  if (!isPresent) throw new Error('The X server has no XFixes extension.')
  socket.write(named(internAtom, 'CLIPBOARD'))
  const clipboard = (await message()).readUInt32LE(8)
  socket.write(request(xfixes, xfixesQueryVersion, words(5, 0)))
  await message()
  socket.write(request(xfixes, xfixesSelectSelectionInput, words(root, clipboard, setSelectionOwnerMask)))
  for (;;) {
    const event = await message()
    if ((event.readUInt8(0) & 0x7f) === selectionNotify) onChange()
  }
}

/**
 * Calls back after each change of the X11 clipboard; returns a disposer. A lost server is looked for every 3 s.
 * Throws no-permission where there is no display.
 */
export function watchX11Clipboard(env: NodeJS.ProcessEnv, onChange: () => void): () => void {
  const display = parseDisplay(env.DISPLAY)
  if (!display || ('path' in display.address && !existsSync(display.address.path))) {
    throw new DescryError('no-permission', {
      message: 'There is no display here whose clipboard could be watched.',
      next: 'Run Descry inside your desktop session.'
    })
  }
  let socket: Socket | undefined
  let retry: NodeJS.Timeout | undefined
  let isEnded = false

  const open = async (): Promise<void> => {
    const cookie = await findCookie(env, display.number).catch(() => Buffer.alloc(0))
    if (isEnded) return
    socket = connect(display.address)
    // A socket that fails closes as well; `listen` only reads.
    socket.on('error', () => undefined)
    try {
      await Promise.race([listen(socket, cookie, onChange), once(socket, 'close')])
    } catch {
      // Looked for again below, as after a normal end.
    }
    socket.destroy()
    if (!isEnded) retry = setTimeout(() => void open(), reconnectMs)
  }
  void open()

  return () => {
    isEnded = true
    clearTimeout(retry)
    socket?.destroy()
  }
}
