import { randomBytes, timingSafeEqual } from 'node:crypto'
import { chmod, lstat, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { dirname } from 'node:path'
import { z } from 'zod'
import { readRegularFile } from '#adapters/regular-file.ts'
import { findCommand, type CommandId } from '#shared/commands.ts'
import { DescryError, failureSchema } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import type { CommandReply } from './host.ts'

/**
 * How another terminal, a desktop shortcut or a script tells the running Descry what to do. One connection carries one
 * command: a line of JSON with the token, and a line of JSON back. A request that is malformed or has the wrong token is
 * disconnected without an answer and without effect.
 */

export interface ControlAddress {
  /** Unix socket path or Windows pipe name. */
  path: string
  /** File with the token, written by the server, readable only by the user. */
  tokenFile: string
}

const longestLineBytes = 64 * 1024
const requestTimeoutMs = 5000
const replyTimeoutMs = 60_000
const lastReplyMs = 200
/** How many may be connected without having sent their request yet. */
const maxWaiting = 16

const commandId = z.string().transform((id, context): CommandId => {
  const command = findCommand(id)
  if (command === null) context.addIssue('no such command')
  return command ?? z.NEVER
})
const requestSchema = z.object({ token: z.string(), command: commandId, input: z.unknown() }).strict()

const replySchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), error: failureSchema })
])

/** Thrown by `serveControlSocket` when another Descry of this user serves the same socket. */
export class AlreadyRunning extends Error {
  constructor() {
    super(t('shell.already-running'))
    this.name = 'AlreadyRunning'
  }
}

/**
 * Listens until closed. Removes a socket file that a crash left behind.
 *
 * @param run runs the command; it checks surface and input itself and never rejects.
 * @throws AlreadyRunning, or no-permission when the socket's directory belongs to somebody else or cannot be written.
 */
export async function serveControlSocket(
  address: ControlAddress & { run: (command: CommandId, input: unknown) => Promise<CommandReply> }
): Promise<{ close(): Promise<void> }> {
  try {
    return await serve(address)
  } catch (cause) {
    if (cause instanceof AlreadyRunning || cause instanceof DescryError) throw cause
    const { path: place = dirname(address.tokenFile) } = cause as NodeJS.ErrnoException
    throw new DescryError('no-permission', {
      message: t('shell.socket-unwritable'),
      next: t('shell.socket-unwritable.next', { place }),
      cause
    })
  }
}

async function serve({
  path,
  tokenFile,
  run
}: Parameters<typeof serveControlSocket>[0]): ReturnType<typeof serveControlSocket> {
  await makePrivateDirectory(dirname(tokenFile))
  if (!isPipe(path)) await makePrivateDirectory(dirname(path))

  const token = randomBytes(32).toString('hex')
  const open = new Set<Socket>()
  /** Those that have not sent their request yet, oldest first. */
  const waiting = new Set<Socket>()
  const server = createServer((socket) => {
    open.add(socket)
    // A client that leaves before the reply must not crash us.
    socket.on('error', () => undefined)
    socket.once('close', () => {
      open.delete(socket)
      waiting.delete(socket)
    })
    // Connections that say nothing make room for the next one, or they could keep the user's own commands out.
    if (waiting.size >= maxWaiting) [...waiting][0]?.destroy()
    waiting.add(socket)
    void answer(socket, token, (command, input) => {
      waiting.delete(socket)
      return run(command, input)
    })
  })
  await listen(server, path)
  try {
    if (!isPipe(path)) await chmod(path, 0o600)
    const temporary = `${tokenFile}.${process.pid}.new`
    await writeFile(temporary, token, { mode: 0o600 })
    await rename(temporary, tokenFile)
  } catch (error) {
    server.close()
    throw error
  }

  return {
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      // Without its socket, a token that is left behind opens nothing.
      await rm(tokenFile, { force: true }).catch(() => undefined)
      // The reply to `quit` may still be on its way; connections that remain after that are closed.
      const cutOff = setTimeout(() => open.forEach((socket) => socket.destroy()), lastReplyMs)
      await closed
      clearTimeout(cutOff)
    }
  }
}

/** Hands a command to the running Descry. Null when none is running. Throws internal when it does not answer. */
export async function sendCommand(
  { path, tokenFile }: ControlAddress,
  command: CommandId,
  input: unknown
): Promise<CommandReply | null> {
  const token = await readRegularFile(tokenFile, longestLineBytes).then(String, () => null)
  if (token === null) return null
  if (!isPipe(path) && !(await isPrivateDirectory(dirname(path)))) return null
  const socket = await connectTo(path)
  if (!socket) return null
  try {
    socket.write(`${JSON.stringify({ token, command, input })}\n`)
    const line = await readLine(socket, replyTimeoutMs)
    return replySchema.parse(JSON.parse(line ?? ''))
  } catch (cause) {
    throw new DescryError('internal', {
      message: t('shell.socket-no-answer'),
      next: t('shell.socket-no-answer.next'),
      cause
    })
  } finally {
    socket.destroy()
  }
}

async function answer(
  socket: Socket,
  token: string,
  run: (command: CommandId, input: unknown) => Promise<CommandReply>
): Promise<void> {
  try {
    const line = await readLine(socket, requestTimeoutMs)
    const request = requestSchema.safeParse(JSON.parse(line ?? ''))
    if (!request.success || !isSame(request.data.token, token)) return
    const reply = await run(request.data.command, request.data.input)
    if (!socket.destroyed) socket.end(`${JSON.stringify(reply)}\n`)
  } catch {
    // No request, or not JSON: disconnected below.
  } finally {
    socket.destroySoon()
  }
}

/** The first line, or null when the other side disconnects, sends too much or takes too long. */
function readLine(socket: Socket, timeoutMs: number): Promise<string | null> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let bytes = 0
    const finish = (line: string | null): void => {
      clearTimeout(timer)
      socket.removeAllListeners('data')
      resolve(line)
    }
    // A deadline for the whole line: a byte now and then must not keep a connection open.
    const timer = setTimeout(() => finish(null), timeoutMs)
    socket.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > longestLineBytes) return finish(null)
      chunks.push(chunk)
      if (chunk.includes(10)) finish(Buffer.concat(chunks).toString('utf8').split('\n', 1)[0] ?? '')
    })
    socket.once('close', () => finish(null))
  })
}

function isSame(offered: string, token: string): boolean {
  const a = Buffer.from(offered)
  const b = Buffer.from(token)
  return a.length === b.length && timingSafeEqual(a, b)
}

/** Null when nobody listens there. */
function connectTo(path: string): Promise<Socket | null> {
  return new Promise((resolve) => {
    const socket = connect(path)
    socket.once('connect', () => resolve(socket))
    socket.on('error', () => resolve(null))
  })
}

async function listen(server: Server, path: string): Promise<void> {
  const attempt = (): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once('error', reject)
      server.listen(path, () => {
        server.removeListener('error', reject)
        // A connection that cannot be accepted must not end Descry.
        server.on('error', () => undefined)
        resolve()
      })
    })
  try {
    await attempt()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    const other = await connectTo(path)
    other?.destroy()
    if (other || isPipe(path)) throw new AlreadyRunning()
    await rm(path, { force: true })
    await attempt()
  }
}

function isPipe(path: string): boolean {
  return path.startsWith('\\\\.\\pipe\\')
}

async function makePrivateDirectory(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true, mode: 0o700 })
  if (await isPrivateDirectory(dir)) return
  throw new DescryError('no-permission', {
    message: t('shell.socket-open-to-others'),
    next: t('shell.socket-open-to-others.next', { folder: dir })
  })
}

/** Ours, and nobody else can put a socket there (the fallback is inside a directory open to all). */
async function isPrivateDirectory(dir: string): Promise<boolean> {
  const found = await lstat(dir).catch(() => null)
  if (!found?.isDirectory()) return false
  if (process.getuid === undefined) return true
  return found.uid === process.getuid() && (found.mode & 0o022) === 0
}
