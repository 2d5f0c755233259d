import { once } from 'node:events'
import { connect } from 'node:net'
import { isAbsolute, join } from 'node:path'
import { connectX11 } from '#adapters/linux/x11-connection.ts'
import { findWithin } from '#adapters/programs/time-limit.ts'

/** A display on another computer that does not answer must not hold up the start. */
const answerTimeoutMs = 3000

/**
 * Whether a window can be shown. On Linux the display that the environment names is tried: after `su`, or in a shell that
 * outlived its desktop, it may be named and out of reach, and neither Electron nor a browser would start.
 */
export async function hasDisplay(
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
  timeoutMs = answerTimeoutMs
): Promise<boolean> {
  if (platform !== 'linux') return true
  return (await hasWayland(env, timeoutMs)) || (await hasX11(env, timeoutMs))
}

function hasWayland({ WAYLAND_DISPLAY: name, XDG_RUNTIME_DIR: folder }: NodeJS.ProcessEnv, timeoutMs: number) {
  if (!name || !(isAbsolute(name) || folder)) return false
  return listens(isAbsolute(name) ? name : join(folder ?? '', name), timeoutMs)
}

async function hasX11(env: NodeJS.ProcessEnv, timeoutMs: number): Promise<boolean> {
  if (!env.DISPLAY) return false
  const connection = await findWithin(timeoutMs, (signal) => connectX11(env, signal))
  connection?.close()
  if (connection !== null) return true
  // In a container that shares the network, only the socket without a file is there.
  const [, number] = /^(?:unix)?:(\d+)/u.exec(env.DISPLAY) ?? []
  return number !== undefined && listens(`\0/tmp/.X11-unix/X${number}`, timeoutMs)
}

async function listens(path: string, timeoutMs: number): Promise<boolean> {
  const found = await findWithin(timeoutMs, async (signal) => {
    const socket = connect({ path, signal })
    await once(socket, 'connect')
    socket.destroy()
    return true
  })
  return found ?? false
}
