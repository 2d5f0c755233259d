// @module-tag posix
import { mkdir, rm } from 'node:fs/promises'
import { createServer, type Server, type Socket } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { connectX11, named, queryExtension } from '#adapters/linux/x11-connection.ts'
import { createScreenCapture } from '#adapters/capture/screen-capture.ts'

// A server behind a connection that has broken without a word: it takes everything, and never answers or hangs up.

const folder = '/tmp/.X11-unix'
let server: Server | undefined
const open = new Set<Socket>()
/** Far from those that a desktop or a test with Xvfb takes. */
const display = 20_000 + (process.pid % 10_000)

afterEach(async () => {
  for (const socket of open) socket.destroy()
  open.clear()
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(null)))
  await rm(`${folder}/X${display}`, { force: true })
})

/** @param greeting What it says before it falls silent. */
async function startSilentServer(greeting: Buffer = Buffer.alloc(0)): Promise<NodeJS.ProcessEnv> {
  await mkdir(folder, { recursive: true, mode: 0o1777 })
  server = createServer({ allowHalfOpen: true }, (socket) => {
    open.add(socket)
    socket.on('error', () => undefined)
    socket.resume()
    socket.write(greeting)
  })
  await new Promise<void>((resolve) => server?.listen(`${folder}/X${display}`, resolve))
  return { DISPLAY: `:${display}`, HOME: '/nowhere', PATH: process.env.PATH }
}

/** The shortest that a server can say of itself: no vendor, no formats, root window 7. */
function welcome(): Buffer {
  const bytes = Buffer.alloc(8 + 40)
  bytes[0] = 1
  bytes.writeUInt16LE(11, 2)
  bytes.writeUInt16LE(10, 6)
  bytes.writeUInt32LE(7, 8 + 32)
  return bytes
}

it('gives up a server that does not answer', async () => {
  const env = await startSilentServer()
  await expect(connectX11(env, undefined, 100)).rejects.toMatchObject({ code: 'no-permission' })
})

it('gives up a server that falls silent later', async () => {
  const x = await connectX11(await startSilentServer(welcome()), undefined, 100)
  expect(x.root).toBe(7)
  x.send(named(queryExtension, 'XFIXES'))
  await expect(x.reply()).rejects.toThrow('The X server is gone.')
  expect(x.isOpen()).toBe(false)
})

it('says that the screen cannot be captured, where native code would wait forever', async () => {
  const env = await startSilentServer()
  await expect(createScreenCapture({ platform: 'linux', env }).captureScreens()).rejects.toMatchObject({
    code: 'no-permission',
    message: 'The screen could not be captured.'
  })
})
