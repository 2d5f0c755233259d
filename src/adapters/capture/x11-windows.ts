import { connectX11, named, request, words, type X11Connection } from '../linux/x11-connection.ts'
import { overlap } from '#core/areas.ts'
import type { Area } from '#shared/caption.ts'

const getWindowAttributes = 3
const getGeometry = 14
const queryTree = 15
const internAtom = 16
const getSelectionOwner = 23
const viewable = 2
const paintable = 1

/**
 * Whether the X server can return the whole picture of a window: a compositor keeps it, or nothing covers it. Otherwise the
 * covered part is black. False if the server does not say.
 */
export async function isWindowWhole(window: number, env: NodeJS.ProcessEnv): Promise<boolean> {
  try {
    const x11 = await connectX11(env)
    try {
      return (await isComposited(x11)) || !(await isCovered(window, x11))
    } finally {
      x11.close()
    }
  } catch {
    return false
  }
}

/** https://specifications.freedesktop.org/wm-spec/latest/ar01s08.html */
async function isComposited(x11: X11Connection): Promise<boolean> {
  const name = (await ask(x11, named(internAtom, '_NET_WM_CM_S0'))).readUInt32LE(8)
  return (await ask(x11, request(getSelectionOwner, 0, words(name)))).readUInt32LE(8) !== 0
}

/** Whether any window above covers it, including ones without a window manager: a menu, a notification. */
async function isCovered(window: number, x11: X11Connection): Promise<boolean> {
  let frame = window
  for (let parent = window; parent !== x11.root;) {
    frame = parent
    parent = (await ask(x11, request(queryTree, 0, words(frame)))).readUInt32LE(12)
  }
  const tree = await ask(x11, request(queryTree, 0, words(x11.root)))
  // From bottom to top.
  const all = Array.from({ length: tree.readUInt16LE(16) }, (_, index) => tree.readUInt32LE(32 + index * 4))
  const place = await placeOf(frame, x11)
  for (const above of all.slice(all.indexOf(frame) + 1))
    if ((await isSeen(above, x11)) && overlap(place, await placeOf(above, x11))) return true
  return false
}

async function isSeen(window: number, x11: X11Connection): Promise<boolean> {
  const attributes = await ask(x11, request(getWindowAttributes, 0, words(window)))
  return attributes.readUInt16LE(12) === paintable && attributes.readUInt8(26) === viewable
}

/** The place of a window directly in the root, without its border. */
async function placeOf(window: number, x11: X11Connection): Promise<Area> {
  const geometry = await ask(x11, request(getGeometry, 0, words(window)))
  return {
    x: geometry.readInt16LE(12),
    y: geometry.readInt16LE(14),
    width: geometry.readUInt16LE(16),
    height: geometry.readUInt16LE(18)
  }
}

function ask(x11: X11Connection, about: Buffer): Promise<Buffer> {
  x11.send(about)
  return x11.reply()
}
