import type { Area } from '#shared/caption.ts'
import { connectX11, request, words, type X11Connection } from '../linux/x11-connection.ts'

/** The window with the keyboard focus. */
export interface ActiveWindow {
  id: number
  /** 0 if unknown. */
  processId: number
  title: string | null
  application: string | null
  /** In the desktop's own units; may extend beyond the displays. */
  place: Area
}

const getGeometry = 14
const getProperty = 20
const translateCoordinates = 40
const anyType = 0
/** In units of 4 bytes. Titles are shorter. */
const longest = 1024

/**
 * The active window, as the window manager says and the window describes itself:
 * https://specifications.freedesktop.org/wm-spec/latest/. Null if there is none, or no window manager.
 * Errors: no-permission (there is no display); any other Error when the window vanishes meanwhile.
 */
export async function findX11ActiveWindow(env: NodeJS.ProcessEnv): Promise<ActiveWindow | null> {
  const x = await connectX11(env)
  try {
    const [active = 0, process = 0, name = 0, visibleName = 0, oldName = 0, className = 0] = await x.atoms(
      '_NET_ACTIVE_WINDOW',
      '_NET_WM_PID',
      '_NET_WM_NAME',
      '_NET_WM_VISIBLE_NAME',
      'WM_NAME',
      'WM_CLASS'
    )
    const id = numberIn(await property(x, x.root, active))
    if (id === 0) return null
    const texts: (string | null)[] = []
    for (const one of [name, visibleName, oldName]) texts.push(textIn(await property(x, id, one)))
    // The instance, then the class: "xterm", "XTerm".
    const classes = (await property(x, id, className)).toString('utf8').split('\0')
    return {
      id,
      processId: numberIn(await property(x, id, process)),
      title: texts.find((text) => text !== null) ?? null,
      application: classes[1] || classes[0] || null,
      place: await placeOf(x, id)
    }
  } finally {
    x.close()
  }
}

/** Its bytes; none if the window does not have it. */
async function property(x: X11Connection, window: number, atom: number): Promise<Buffer> {
  x.send(request(getProperty, 0, words(window, atom, anyType, 0, longest)))
  const reply = await x.reply()
  const bytes = reply.readUInt32LE(16) * ((reply[1] ?? 0) / 8)
  return reply.subarray(32, 32 + bytes)
}

const numberIn = (bytes: Buffer): number => (bytes.length >= 4 ? bytes.readUInt32LE(0) : 0)

/** Old programs switch to UTF-8 and back with escape sequences (compound text). */
function textIn(bytes: Buffer): string | null {
  // oxlint-disable-next-line no-control-regex -- they begin with a control character
  return bytes.toString('utf8').replace(/\u001b%[G@]/gu, '') || null
}

/** Of its content, without the frame that the window manager draws. */
async function placeOf(x: X11Connection, window: number): Promise<Area> {
  x.send(request(getGeometry, 0, words(window)))
  const geometry = await x.reply()
  x.send(request(translateCoordinates, 0, words(window, x.root, 0)))
  const corner = await x.reply()
  return {
    x: corner.readInt16LE(12),
    y: corner.readInt16LE(14),
    width: geometry.readUInt16LE(16),
    height: geometry.readUInt16LE(18)
  }
}
