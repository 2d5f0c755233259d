import { connect, type Socket } from 'node:net'
import { decodeMessage, encodeCall, messageLength, type MethodCall, type Reply, type Signal } from './bus-message.ts'
import { textOf, type BusValue } from './bus-values.ts'

/**
 * The desktop's message bus (D-Bus), for a few calls and signals. Not a command such as gdbus, whose arguments every user of
 * the computer can see; and not a package, because existing ones need XML and stream libraries (decision 0033).
 */
export interface SessionBus {
  /** This connection's unique name, such as ":1.42". */
  readonly name: string
  /**
   * The first value of the reply, null when there is none. Rejects with BusCallError when the call fails, else with an
   * Error when it is not answered in time (`timeoutMs`, default 3 s) or the bus is gone.
   */
  call(call: MethodCall, timeoutMs?: number): Promise<BusValue>
  /** Once this has resolved, calls back for each such signal until the connection ends; `sender` is a unique name. */
  onSignal(match: SignalMatch, listener: (values: BusValue[]) => void): Promise<void>
  /** Whether a running program has this well-known name. Does not start one. */
  hasOwner(name: string): Promise<boolean>
  close(): void
}

export type SignalMatch = Omit<Signal, 'kind' | 'values'>

/** The program that was called, or the bus, answered with an error. */
export class BusCallError extends Error {
  /** Such as "org.freedesktop.DBus.Error.ServiceUnknown". */
  readonly errorName: string

  constructor(member: string, errorName: string) {
    super(`${member} failed: ${errorName}`)
    this.errorName = errorName
  }
}

const connectTimeoutMs = 2000
const replyTimeoutMs = 3000

/**
 * Connects to DBUS_SESSION_BUS_ADDRESS, else to the socket in the user's runtime directory.
 *
 * @param onClose Called when the connection has ended, on either side.
 */
export function connectSessionBus(env: NodeJS.ProcessEnv, onClose: () => void = () => undefined): Promise<SessionBus> {
  const fallback = `unix:path=${env.XDG_RUNTIME_DIR ?? `/run/user/${process.getuid?.() ?? 0}`}/bus`
  return connectBus(env.DBUS_SESSION_BUS_ADDRESS ?? fallback, onClose)
}

/** Connects to the bus at a D-Bus address, such as that of the accessibility bus. */
export async function connectBus(address: string, onClose: () => void = () => undefined): Promise<SessionBus> {
  const socket = await authenticated(socketPathIn(address))
  const listeners: ((signal: Signal) => void)[] = []
  const waiting = new Map<number, { resolve: (reply: Reply) => void; reject: (error: Error) => void }>()
  let lastSerial = 0
  let received = Buffer.alloc(0)

  function take(chunk: Buffer): void {
    received = Buffer.concat([received, chunk])
    for (let length = messageLength(received); length !== null && length <= received.length;) {
      const message = decodeMessage(received.subarray(0, length))
      received = received.subarray(length)
      length = messageLength(received)
      if (message?.kind === 'reply') waiting.get(message.serial)?.resolve(message)
      if (message?.kind === 'signal') for (const listener of listeners) listener(message)
    }
  }

  async function call(methodCall: MethodCall, timeoutMs = replyTimeoutMs): Promise<BusValue> {
    lastSerial += 1
    const serial = lastSerial
    let limit: NodeJS.Timeout | undefined
    try {
      const reply = await new Promise<Reply>((resolve, reject) => {
        if (socket.destroyed) return reject(new Error('The session bus is gone.'))
        waiting.set(serial, { resolve, reject })
        limit = setTimeout(() => reject(new Error(`${methodCall.member} was not answered in time.`)), timeoutMs)
        socket.write(encodeCall(serial, methodCall))
      })
      if (reply.errorName !== null) throw new BusCallError(methodCall.member, reply.errorName)
      return reply.values[0] ?? null
    } finally {
      clearTimeout(limit)
      waiting.delete(serial)
    }
  }

  const callBus = (member: string, ...args: string[]): Promise<BusValue> =>
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

  let name: string
  try {
    name = textOf(await callBus('Hello'))
  } catch (error) {
    socket.destroy()
    throw error
  }
  return {
    name,
    call,
    async onSignal(match, listener) {
      const keys = ['sender', 'path', 'interface', 'member'] as const
      listeners.push((signal) => {
        if (keys.every((key) => signal[key] === match[key])) listener(signal.values)
      })
      await callBus('AddMatch', `type='signal',${keys.map((key) => `${key}='${match[key]}'`).join(',')}`)
    },
    hasOwner: async (name) => (await callBus('NameHasOwner', name)) === true,
    close: () => socket.destroy()
  }
}

/** Path of the first local socket in the address; an abstract one begins with a NUL. Other transports are ignored. */
function socketPathIn(addresses: string): string {
  for (const address of addresses.split(';')) {
    const [, kind, value = ''] = /^unix:(?:.*,)?(path|abstract)=([^,]+)/u.exec(address) ?? []
    if (kind !== undefined) return (kind === 'abstract' ? '\0' : '') + unescaped(value)
  }
  throw new Error('The bus has no local address.')
}

/** "%20" and the like are single bytes. */
function unescaped(value: string): string {
  const bytes = value.replace(/%([0-9a-f]{2})/giu, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return value.includes('%') ? Buffer.from(bytes, 'latin1').toString('utf8') : value
}

/** A socket that is ready for messages: the bus asks the kernel who the user is. */
async function authenticated(path: string): Promise<Socket> {
  const socket = connect(path)
  // An error is followed by `close`, which ends all calls.
  socket.on('error', () => undefined)
  const limit = setTimeout(() => socket.destroy(), connectTimeoutMs)
  try {
    const uid = Buffer.from(String(process.getuid?.() ?? 0)).toString('hex')
    socket.write(`\0AUTH EXTERNAL ${uid}\r\n`)
    const answer = await firstAnswer(socket)
    if (!answer.startsWith('OK ')) throw new Error('The session bus refused the connection.')
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
    // One short line; the bus sends nothing more until it is asked.
    socket.once('data', (chunk: Buffer) => {
      socket.off('close', onClose)
      resolve(chunk.toString('latin1'))
    })
  })
}
