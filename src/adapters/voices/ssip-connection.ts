import { connect, type Socket } from 'node:net'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { runProgram } from '../programs/run-program.ts'

/** What speech-dispatcher reports about a message while it is spoken. */
export type SsipEvent = { type: 'begin' | 'end' | 'cancelled' } | { type: 'mark'; name: string }

/**
 * A connection to speech-dispatcher. SSIP is a line protocol: commands are answered in order, with events in between
 * (https://htmlpreview.github.io/?https://github.com/brailcom/speechd/blob/master/doc/ssip.html).
 */
export interface SsipConnection {
  /** Sends commands one after the other; rejects when one is refused or not answered in time, or the connection is lost. */
  command(line: string, timeoutMs?: number): Promise<string[]>
  /** Queues text and returns the id that its events carry. The text is never taken for a command. */
  speak(text: string): Promise<string>
  close(): void
}

// A daemon that a screen reader keeps busy on a loaded machine takes two seconds or more; a dead one closes at once.
const replyTimeoutMs = 5000
const spawnTimeoutMs = 5000

/**
 * Connects and sends `greeting`. If speech-dispatcher is not running, or dies meanwhile, it is started.
 *
 * @param onLost Called once, when the connection has ended.
 */
export async function connectSsip(
  greeting: string[],
  onEvent: (messageId: string, event: SsipEvent) => void,
  onLost: () => void
): Promise<SsipConnection> {
  const greet = async (): Promise<SsipConnection> => {
    let isGreeted = false
    const connection = talk(await openSocket(ssipAddress()), onEvent, () => {
      if (isGreeted) onLost()
    })
    for (const line of greeting) await connection.command(line)
    isGreeted = true
    return connection
  }
  try {
    return await greet()
  } catch {
    // Returns when the daemon listens. It ends by itself a few seconds after its last client has left.
    await runProgram('speech-dispatcher', ['--spawn'], { timeoutMs: spawnTimeoutMs })
    return await greet()
  }
}

/** Where speech-dispatcher's own clients look: SPEECHD_ADDRESS, else the socket in the user's runtime directory. */
function ssipAddress(): { path: string } | { host: string; port: number } {
  const [method, ...rest] = (process.env.SPEECHD_ADDRESS ?? '').split(':')
  if (method === 'unix_socket' && rest.length > 0) return { path: rest.join(':') }
  if (method === 'inet_socket') return { host: rest[0] ?? '127.0.0.1', port: Number(rest[1] ?? 6560) }
  const folder = process.env.XDG_RUNTIME_DIR ?? join(homedir(), '.cache')
  return { path: join(folder, 'speech-dispatcher', 'speechd.sock') }
}

function openSocket(address: ReturnType<typeof ssipAddress>): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(address)
    socket.once('connect', () => {
      socket.off('error', reject)
      resolve(socket)
    })
    socket.once('error', reject)
  })
}

interface Waiting {
  resolve: (lines: string[]) => void
  reject: (error: Error) => void
}

function talk(
  socket: Socket,
  onEvent: (messageId: string, event: SsipEvent) => void,
  onLost: () => void
): SsipConnection {
  const waiting: Waiting[] = []
  let unread = ''
  let block: string[] = []

  const lose = (): void => {
    for (const { reject } of waiting.splice(0)) reject(new Error('speech-dispatcher went away.'))
    onLost()
  }
  socket.setEncoding('utf8')
  socket.setNoDelay(true)
  // An error is followed by close.
  socket.on('error', () => undefined)
  socket.once('close', lose)
  socket.on('data', (chunk: string) => {
    const lines = (unread + chunk).split('\r\n')
    unread = lines.pop() ?? ''
    for (const line of lines) {
      // "701-text" is followed by more lines, "701 text" is the last of a block.
      block.push(line.slice(4))
      if (line[3] !== ' ') continue
      const lines = block
      block = []
      if (line.startsWith('7')) tellEvent(line.slice(0, 3), lines)
      else if (line.startsWith('2')) waiting.shift()?.resolve(lines)
      else waiting.shift()?.reject(new Error(`speech-dispatcher says: ${line}`))
    }
  })

  /** An event's lines: the message's id, the client's id and, for an index mark, its name. */
  function tellEvent(code: string, [messageId = '', , name = '']: string[]): void {
    if (code === '700') onEvent(messageId, { type: 'mark', name })
    else if (code === '701') onEvent(messageId, { type: 'begin' })
    else if (code === '702') onEvent(messageId, { type: 'end' })
    else if (code === '703') onEvent(messageId, { type: 'cancelled' })
  }

  function request(data: string, timeoutMs = replyTimeoutMs): Promise<string[]> {
    return new Promise((resolve, reject) => {
      const limit = setTimeout(() => socket.destroy(), timeoutMs)
      waiting.push({
        resolve(lines) {
          clearTimeout(limit)
          resolve(lines)
        },
        reject(error) {
          clearTimeout(limit)
          reject(error)
        }
      })
      socket.write(data)
    })
  }

  let last: Promise<unknown> = Promise.resolve()
  /** One exchange at a time: anything written between SPEAK and the end of its data would be spoken. */
  function inTurn<Reply>(exchange: () => Promise<Reply>): Promise<Reply> {
    const mine = last.then(exchange, exchange)
    last = mine
    return mine
  }

  return {
    command: (line, timeoutMs) => inTurn(() => request(`${line}\r\n`, timeoutMs)),
    speak: (text) =>
      inTurn(async () => {
        // The data is sent only after SPEAK was accepted; otherwise its lines would be commands.
        await request('SPEAK\r\n')
        const [messageId = ''] = await request(`${asData(text)}\r\n.\r\n`)
        return messageId
      }),
    close: () => socket.destroy()
  }
}

/** Doubles dots at the start of lines: a single dot would end the data, and the rest would be commands. */
function asData(text: string): string {
  return text
    .split(/\r\n|\r|\n/u)
    .map((line) => (line.startsWith('.') ? `.${line}` : line))
    .join('\r\n')
}
