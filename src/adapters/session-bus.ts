import { connect, type Socket } from 'node:net'
import { decodeReply, encodeCall, messageLength, type MethodCall, type Reply, type ReplyValue } from './bus-message.ts'

/**
 * The desktop's message bus (D-Bus), for a few calls. Not a command such as gdbus, whose arguments every user of the
 * computer can list; not a package either, because those that exist bring XML and streams along (decision 0033).
 */
export interface SessionBus {
  /** The first value of the reply. Rejects when the call fails, is not answered in time, or the bus is gone. */
  call(call: MethodCall): Promise<ReplyValue>
  /** Whether a running program has this well-known name. Starts none. */
  hasOwner(name: string): Promise<boolean>
  close(): void
}

const connectLimitMs = 2000
const replyLimitMs = 3000

/**
 * Connects as DBUS_SESSION_BUS_ADDRESS says, else to the socket in the user's runtime directory.
 *
 * @param onClose The connection is over, whoever ended it.
 */
export async function connectSessionBus(
  env: NodeJS.ProcessEnv,
  onClose: () => void = () => undefined
): Promise<SessionBus> {
  const socket = await authenticated(addressOf(env))
  const waiting = new Map<number, { resolve: (reply: Reply) => void; reject: (error: Error) => void }>()
  let lastSerial = 0
  let received = Buffer.alloc(0)

  function take(chunk: Buffer): void {
    received = Buffer.concat([received, chunk])
    for (let length = messageLength(received); length !== null && length <= received.length;) {
      const reply = decodeReply(received.subarray(0, length))
      received = received.subarray(length)
      length = messageLength(received)
      if (reply) waiting.get(reply.serial)?.resolve(reply)
    }
  }

  async function call(methodCall: MethodCall): Promise<ReplyValue> {
    lastSerial += 1
    const serial = lastSerial
    let limit: NodeJS.Timeout | undefined
    try {
      const reply = await new Promise<Reply>((resolve, reject) => {
        if (socket.destroyed) return reject(new Error('The session bus is gone.'))
        waiting.set(serial, { resolve, reject })
        limit = setTimeout(() => reject(new Error(`${methodCall.member} was not answered in time.`)), replyLimitMs)
        socket.write(encodeCall(serial, methodCall))
      })
      if (reply.errorName !== null) throw new Error(`${methodCall.member} failed: ${reply.errorName}`)
      return reply.value
    } finally {
      clearTimeout(limit)
      waiting.delete(serial)
    }
  }

  const callBus = (member: string, ...args: string[]): Promise<ReplyValue> =>
    call({
      destination: 'org.freedesktop.DBus',
      path: '/org/freedesktop/DBus',
      interface: 'org.freedesktop.DBus',
      member,
      args
    })

  socket.on('data', (chunk: Buffer) => {
    try {
      take(chunk)
    } catch (error) {
      socket.destroy(error instanceof Error ? error : undefined)
    }
  })
  socket.once('close', () => {
    for (const { reject } of waiting.values()) reject(new Error('The session bus is gone.'))
    onClose()
  })

  try {
    await callBus('Hello')
  } catch (error) {
    socket.destroy()
    throw error
  }
  return {
    call,
    hasOwner: async (name) => (await callBus('NameHasOwner', name)) === true,
    close: () => socket.destroy()
  }
}

/** Path of the first local socket in the address; an abstract one begins with a NUL. Other transports are ignored. */
function addressOf(env: NodeJS.ProcessEnv): string {
  const fallback = `unix:path=${env.XDG_RUNTIME_DIR ?? `/run/user/${process.getuid?.() ?? 0}`}/bus`
  for (const address of (env.DBUS_SESSION_BUS_ADDRESS ?? fallback).split(';')) {
    const [, kind, value = ''] = /^unix:(?:.*,)?(path|abstract)=([^,]+)/u.exec(address) ?? []
    if (kind !== undefined) return (kind === 'abstract' ? '\0' : '') + unescaped(value)
  }
  throw new Error('The session bus has no local address.')
}

/** "%20" and the like are single bytes. */
function unescaped(value: string): string {
  const bytes = value.replace(/%([0-9a-f]{2})/giu, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return value.includes('%') ? Buffer.from(bytes, 'latin1').toString('utf8') : value
}

/** A socket on which messages may be sent: the bus asks the kernel who we are. */
async function authenticated(path: string): Promise<Socket> {
  const socket = connect(path)
  // Whoever waits for something is told by the close.
  socket.on('error', () => undefined)
  const limit = setTimeout(() => socket.destroy(), connectLimitMs)
  try {
    const uid = Buffer.from(String(process.getuid?.() ?? 0)).toString('hex')
    socket.write(`\0AUTH EXTERNAL ${uid}\r\n`)
    const answer = await firstAnswer(socket)
    if (!answer.startsWith('OK ')) throw new Error('The session bus refused us.')
    socket.write('BEGIN\r\n')
    return socket
  } catch (error) {
    socket.destroy()
    throw error
  } finally {
    clearTimeout(limit)
  }
}

function firstAnswer(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    const onClose = (): void => reject(new Error('The session bus cannot be reached.'))
    socket.once('close', onClose)
    // One short line; the bus says nothing more before it is asked.
    socket.once('data', (chunk: Buffer) => {
      socket.off('close', onClose)
      resolve(chunk.toString('latin1'))
    })
  })
}
