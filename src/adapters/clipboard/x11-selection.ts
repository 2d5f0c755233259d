import { maxClipboardBytes, ownerHangs } from './clipboard-access.ts'
import { connectX11, request, words, type X11Connection } from '../linux/x11-connection.ts'
import { DescryError } from '#shared/errors.ts'

/**
 * Reads the X11 clipboard from its owner, as the ICCCM describes: the owner puts a copy into a property of a window of
 * ours, a large one piece by piece (INCR). https://x.org/releases/X11R7.6/doc/xorg-docs/specs/ICCCM/icccm.html
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

interface Property {
  type: number
  data: Buffer
}

/** A connection with a window that the clipboard's content can be sent to, one target at a time. */
interface Requestor {
  x: X11Connection
  clipboard: number
  /** The window's property that receives the content. */
  property: number
  incremental: number
  /** The server's numbers for the names used so far; they never change. */
  atoms: Map<string, number>
}

async function createRequestor(env: NodeJS.ProcessEnv): Promise<Requestor> {
  const x = await connectX11(env)
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
  const [clipboard = 0, property = 0, incremental = 0] = await x.atoms('CLIPBOARD', 'DESCRY_CLIPBOARD', 'INCR')
  return { x, clipboard, property, incremental, atoms: new Map() }
}

async function atomOf({ x, atoms }: Requestor, name: string): Promise<number> {
  const known = atoms.get(name)
  if (known !== undefined) return known
  const [atom = 0] = await x.atoms(name)
  atoms.set(name, atom)
  return atom
}

async function namesOf({ x, atoms }: Requestor, wanted: number[]): Promise<string[]> {
  const names = new Map([...atoms].map(([name, atom]) => [atom, name]))
  const unknown = wanted.filter((atom) => !names.has(atom))
  for (const atom of unknown) x.send(request(getAtomName, 0, words(atom)))
  for (const atom of unknown) {
    const reply = await x.reply()
    const name = reply.toString('utf8', 32, 32 + reply.readUInt16LE(8))
    names.set(atom, name)
    atoms.set(name, atom)
  }
  return wanted.map((atom) => names.get(atom) ?? '')
}

/** Reads our window's property and deletes it, which tells the owner to send the next piece. */
async function takeProperty({ x, property }: Requestor): Promise<Property> {
  x.send(request(getProperty, 1, words(x.firstId, property, 0, 0, anyLength)))
  const reply = await x.reply()
  const bytes = reply.readUInt32LE(16) * ((reply[1] ?? 8) / 8)
  return { type: reply.readUInt32LE(8), data: reply.subarray(32, 32 + bytes) }
}

async function convert(requestor: Requestor, target: string): Promise<Buffer | null> {
  const { x, clipboard, property, incremental } = requestor
  const wanted = await atomOf(requestor, target)
  x.send(request(convertSelection, 0, words(x.firstId, clipboard, wanted, property, 0)))
  for (;;) {
    const event = await x.event()
    if ((event.readUInt8(0) & 0x7f) !== selectionNotify) continue
    if (event.readUInt32LE(20) === 0) return null
    break
  }
  const first = await takeProperty(requestor)
  return first.type === incremental ? takePieces(requestor) : first.data
}

async function takePieces(requestor: Requestor): Promise<Buffer> {
  const { x, property } = requestor
  const pieces: Buffer[] = []
  let bytes = 0
  for (;;) {
    const event = await x.event()
    const isNew = event.readUInt8(0) === propertyNotify && event[16] === newValue
    if (!isNew || event.readUInt32LE(8) !== property) continue
    const { data } = await takeProperty(requestor)
    if (data.length === 0) return Buffer.concat(pieces, bytes)
    bytes += data.length
    if (bytes > maxClipboardBytes) throw new DescryError('too-large')
    pieces.push(data)
  }
}

export interface X11Selection {
  /** The bytes of one target; null when it is not there. Errors: no-permission, timed-out, too-large (more than 100 MB). */
  read(target: string, timeoutMs: number): Promise<Buffer | null>
  /** The names of the targets that the owner offers; empty without an owner. Errors: no-permission, timed-out. */
  list(timeoutMs: number): Promise<string[]>
  /**
   * Keeps a connection ready until the disposer is called. A watcher has only a few milliseconds to ask before another
   * program may own the clipboard; on a busy machine a new connection takes 50.
   */
  keepReady(): () => void
}

/** The clipboard selection. Concurrent reads have a connection each, so an owner that hangs does not delay the others. */
export function createX11Selection(env: NodeJS.ProcessEnv): X11Selection {
  let watchers = 0
  let spare: Requestor | null = null

  function keepOrClose(requestor: Requestor): void {
    if (watchers > 0 && spare === null && requestor.x.isOpen()) spare = requestor
    else requestor.x.close()
  }

  function takeSpare(): Requestor | null {
    const taken = spare?.x.isOpen() ? spare : null
    spare = null
    return taken
  }

  async function withRequestor<Value>(
    timeoutMs: number,
    work: (requestor: Requestor) => Promise<Value>
  ): Promise<Value> {
    const requestor = takeSpare() ?? (await createRequestor(env))
    let hasTimedOut = false
    const limit = setTimeout(() => {
      hasTimedOut = true
      requestor.x.close()
    }, timeoutMs)
    try {
      const value = await work(requestor)
      keepOrClose(requestor)
      return value
    } catch (error) {
      // Anything the owner still sends would be mistaken for the next answer.
      requestor.x.close()
      if (hasTimedOut) throw ownerHangs(error)
      throw error
    } finally {
      clearTimeout(limit)
    }
  }

  return {
    read: (target, timeoutMs) => withRequestor(timeoutMs, (requestor) => convert(requestor, target)),
    list: (timeoutMs) =>
      withRequestor(timeoutMs, async (requestor) => {
        const data = (await convert(requestor, 'TARGETS')) ?? Buffer.alloc(0)
        const atoms = Array.from({ length: Math.floor(data.length / 4) }, (_, index) => data.readUInt32LE(index * 4))
        return namesOf(requestor, atoms)
      }),
    keepReady() {
      watchers += 1
      // If there is no server yet, the first read tries again.
      createRequestor(env).then(keepOrClose, () => undefined)
      return () => {
        watchers -= 1
        if (watchers === 0) takeSpare()?.x.close()
      }
    }
  }
}
