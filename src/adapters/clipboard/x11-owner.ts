import { connectX11, request, words, type X11Connection } from '../linux/x11-connection.ts'
import { DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'

/**
 * Owns the X11 clipboard with a text, as the ICCCM describes, where xclip is not installed:
 * https://x.org/releases/X11R7.6/doc/xorg-docs/specs/ICCCM/icccm.html
 */

const createWindow = 1
const changeProperty = 18
const setSelectionOwner = 22
const getSelectionOwner = 23
const sendEvent = 25
const selectionClear = 29
const selectionRequest = 30
const selectionNotify = 31
const inputOnly = 2
const atomType = 4

/** One request carries this much; more would take many. */
const maxBytes = 200_000

/**
 * Puts a text on the clipboard and hands it over to programs that ask, until another program copies something or this
 * process ends. Does not keep the process alive. Errors: no-permission (no display, or the text is too long).
 */
export async function ownX11Clipboard(env: NodeJS.ProcessEnv, text: string): Promise<void> {
  const bytes = Buffer.from(text)
  if (bytes.length > maxBytes)
    throw new DescryError('no-permission', { message: t('capture.copy-failed'), next: t('capture.copy-failed.next') })
  const x = await connectX11(env)
  const window = x.firstId
  const [clipboard = 0, targets = 0, ...textTypes] = await x.atoms(
    'CLIPBOARD',
    'TARGETS',
    'UTF8_STRING',
    'text/plain;charset=utf-8',
    'text/plain'
  )
  const place = Buffer.alloc(12)
  place.writeUInt16LE(1, 4) // 1 by 1 pixels, never shown
  place.writeUInt16LE(1, 6)
  place.writeUInt16LE(inputOnly, 10)
  x.send(request(createWindow, 0, Buffer.concat([words(window, x.root), place, words(0, 0)])))
  x.send(request(setSelectionOwner, 0, words(window, clipboard, 0)))
  x.send(request(getSelectionOwner, 0, words(clipboard)))
  const owner = (await x.reply()).readUInt32LE(8)
  if (owner !== window) {
    x.close()
    throw new DescryError('no-permission', { message: t('capture.copy-failed') })
  }
  x.unref()
  // It ends when the clipboard is another program's, or the server is gone.
  handOver(x, { bytes, targets, textTypes }).then(
    () => x.close(),
    () => x.close()
  )
}

interface Offer {
  bytes: Buffer
  /** Numbers of the server for names: of the list of targets, and of each target in it. */
  targets: number
  textTypes: number[]
}

async function handOver(x: X11Connection, offer: Offer): Promise<void> {
  for (;;) {
    const event = await x.event()
    const type = event.readUInt8(0) & 0x7f
    if (type === selectionClear) return
    if (type === selectionRequest) answer(x, event, offer)
  }
}

function answer(x: X11Connection, event: Buffer, { bytes, targets, textTypes }: Offer): void {
  const [time, requestor, selection, target, wanted] = [4, 12, 16, 20, 24].map((at) => event.readUInt32LE(at)) as [
    number,
    number,
    number,
    number,
    number
  ]
  // Old programs name no property.
  let property = wanted === 0 ? target : wanted
  const put = (type: number, bitsEach: 8 | 32, data: Buffer): void => {
    const head = Buffer.concat([words(requestor, property, type), Buffer.from([bitsEach, 0, 0, 0])])
    x.send(request(changeProperty, 0, Buffer.concat([head, words((data.length * 8) / bitsEach), data])))
  }
  if (target === targets) put(atomType, 32, words(targets, ...textTypes))
  else if (textTypes.includes(target)) put(target, 8, bytes)
  else property = 0
  const notice = Buffer.concat([
    Buffer.from([selectionNotify, 0, 0, 0]),
    words(time, requestor, selection, target, property)
  ])
  x.send(request(sendEvent, 0, Buffer.concat([words(requestor, 0), notice, Buffer.alloc(32 - notice.length)])))
}
