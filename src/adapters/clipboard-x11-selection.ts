import { connectX11, request, words, type X11Connection } from './x11-connection.ts'
import { ownerHangs } from './clipboard-tool.ts'
import { DescryError } from '#shared/errors.ts'

/**
 * What lies on the X11 clipboard, from its owner, as the ICCCM has it: the owner puts a copy into a property of a window
 * of ours, large ones piece by piece (INCR). https://x.org/releases/X11R7.6/doc/xorg-docs/specs/ICCCM/icccm.html
 */

const createWindow = 1
const getAtomName = 17
const getProperty = 20
const convertSelection = 24
const selectionNotify = 31
const propertyNotify = 28

const inputOnly = 2
const eventMaskValue = 0x800
const propertyChangeMask = 0x400000
const newValue = 0
const anyLength = 0x1fffffff
const maxBytes = 100_000_000

interface Property {
  type: number
  data: Buffer
}

/** Reads the property of our window and takes it away, which tells the owner to go on. */
async function takeProperty(x: X11Connection, property: number): Promise<Property> {
  x.send(request(getProperty, 1, words(x.firstId, property, 0, 0, anyLength)))
  const reply = await x.reply()
  const bytes = reply.readUInt32LE(16) * ((reply[1] ?? 8) / 8)
  return { type: reply.readUInt32LE(8), data: reply.subarray(32, 32 + bytes) }
}

async function convert(x: X11Connection, target: string): Promise<Buffer | null> {
  const names = ['CLIPBOARD', target, 'DESCRY_CLIPBOARD', 'INCR']
  const [clipboard = 0, wanted = 0, property = 0, incremental = 0] = await x.atoms(...names)
  const place = Buffer.alloc(12)
  place.writeUInt16LE(1, 4) // 1 by 1 pixels, never shown
  place.writeUInt16LE(1, 6)
  place.writeUInt16LE(inputOnly, 10)
  x.send(
    request(
      createWindow,
      0,
      Buffer.concat([words(x.firstId, x.root), place, words(0, eventMaskValue, propertyChangeMask)])
    )
  )
  x.send(request(convertSelection, 0, words(x.firstId, clipboard, wanted, property, 0)))
  for (;;) {
    const event = await x.event()
    if ((event.readUInt8(0) & 0x7f) !== selectionNotify) continue
    if (event.readUInt32LE(20) === 0) return null
    break
  }
  const first = await takeProperty(x, property)
  return first.type === incremental ? takePieces(x, property) : first.data
}

async function takePieces(x: X11Connection, property: number): Promise<Buffer> {
  const pieces: Buffer[] = []
  let bytes = 0
  for (;;) {
    const event = await x.event()
    const isNew = event.readUInt8(0) === propertyNotify && event[16] === newValue
    if (!isNew || event.readUInt32LE(8) !== property) continue
    const { data } = await takeProperty(x, property)
    if (data.length === 0) return Buffer.concat(pieces, bytes)
    bytes += data.length
    if (bytes > maxBytes) throw new DescryError('too-large')
    pieces.push(data)
  }
}

/** Each reading has a connection of its own: an owner that hangs costs a time limit and nothing else. */
async function withConnection<Value>(
  env: NodeJS.ProcessEnv,
  timeoutMs: number,
  work: (x: X11Connection) => Promise<Value>
): Promise<Value> {
  const x = await connectX11(env)
  let hasTimedOut = false
  const limit = setTimeout(() => {
    hasTimedOut = true
    x.close()
  }, timeoutMs)
  try {
    return await work(x)
  } catch (error) {
    if (hasTimedOut) throw ownerHangs(error)
    throw error
  } finally {
    clearTimeout(limit)
    x.close()
  }
}

/** The bytes of one target, null when it is not there. Errors: no-permission, timed-out, too-large (more than 100 MB). */
export function readX11Target(env: NodeJS.ProcessEnv, target: string, timeoutMs: number): Promise<Buffer | null> {
  return withConnection(env, timeoutMs, (x) => convert(x, target))
}

/** The names of the targets that the owner offers; empty without an owner. Errors: no-permission, timed-out. */
export function listX11Targets(env: NodeJS.ProcessEnv, timeoutMs: number): Promise<string[]> {
  return withConnection(env, timeoutMs, async (x) => {
    const atoms = (await convert(x, 'TARGETS')) ?? Buffer.alloc(0)
    const names: string[] = []
    for (let at = 0; at + 4 <= atoms.length; at += 4) x.send(request(getAtomName, 0, atoms.subarray(at, at + 4)))
    for (let at = 0; at + 4 <= atoms.length; at += 4) {
      const reply = await x.reply()
      names.push(reply.toString('utf8', 32, 32 + reply.readUInt16LE(8)))
    }
    return names
  })
}
