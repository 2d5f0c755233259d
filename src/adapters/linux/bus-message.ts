/**
 * The D-Bus messages that Descry needs (https://dbus.freedesktop.org/doc/dbus-specification.html): method calls,
 * their replies, and signals.
 */
import { aligned, BusReader, BusWriter, textOf, typesOf, type BusValue } from './bus-values.ts'

export interface MethodCall {
  destination: string
  path: string
  interface: string
  member: string
  args?: readonly BusValue[]
  /** Types of the arguments; needed only if they are not all strings and booleans. */
  signature?: string
  /** Whether the bus may start the called program; otherwise only a running one is asked. */
  mayStart?: boolean
}

export interface Reply {
  kind: 'reply'
  /** The serial of the call it answers. */
  serial: number
  values: BusValue[]
  /** D-Bus name of the error, or null when the call succeeded. */
  errorName: string | null
}

export interface Signal {
  kind: 'signal'
  /** Unique name of the sender's connection, according to the bus. */
  sender: string
  path: string
  interface: string
  member: string
  values: BusValue[]
}

/** Larger than any message Descry asks for; a connection that sends more is closed. */
export const maxMessageBytes = 1024 * 1024

const kind = { call: 1, reply: 2, error: 3, signal: 4 }
const field = {
  path: 1,
  interface: 2,
  member: 3,
  errorName: 4,
  replySerial: 5,
  destination: 6,
  sender: 7,
  signature: 8
}
const noAutoStart = 2
const fixedHeaderBytes = 16

export function encodeCall(serial: number, call: MethodCall): Buffer {
  const { args = [], mayStart = false } = call
  const signature = call.signature ?? args.map((arg) => (typeof arg === 'string' ? 's' : 'b')).join('')
  const body = new BusWriter()
  typesOf(signature).forEach((type, index) => body.write(type, args[index] ?? null))
  const bodyBytes = body.bytes()
  const fields = new BusWriter()
  const headerField = (code: number, type: string, value: string): void => {
    fields.align(8)
    fields.byte(code)
    fields.write('g', type)
    fields.write(type, value)
  }
  headerField(field.path, 'o', call.path)
  headerField(field.interface, 's', call.interface)
  headerField(field.member, 's', call.member)
  headerField(field.destination, 's', call.destination)
  if (signature !== '') headerField(field.signature, 'g', signature)
  const fieldBytes = fields.bytes()

  const header = new BusWriter()
  for (const byte of [0x6c, kind.call, mayStart ? 0 : noAutoStart, 1]) header.byte(byte)
  header.uint32(bodyBytes.length)
  header.uint32(serial)
  header.uint32(fieldBytes.length)
  // The fields begin at byte 16, a multiple of 8, so their alignment stays right.
  return Buffer.concat([padded(Buffer.concat([header.bytes(), fieldBytes])), bodyBytes])
}

/**
 * Length in bytes of the message at the start of `bytes`; null until enough of it has arrived.
 *
 * @throws Error when it is not a message that Descry can read.
 */
export function messageLength(bytes: Buffer): number | null {
  if (bytes.length < fixedHeaderBytes) return null
  if (bytes[0] !== 0x6c || bytes[3] !== 1) throw new Error('The bus speaks another format.')
  const length = fixedHeaderBytes + aligned(bytes.readUInt32LE(12), 8) + bytes.readUInt32LE(4)
  if (length > maxMessageBytes) throw new Error('The bus sent too long a message.')
  return length
}

/** Decodes one whole message; null for calls, since nothing here can be called. */
export function decodeMessage(message: Buffer): Reply | Signal | null {
  const type = message[1]
  if (type !== kind.reply && type !== kind.error && type !== kind.signal) return null
  const reader = new BusReader(message, fixedHeaderBytes)
  const fieldsEnd = fixedHeaderBytes + message.readUInt32LE(12)
  const fields = new Map<number, BusValue>()
  while (reader.position < fieldsEnd) {
    reader.align(8)
    fields.set(reader.byte(), reader.read('v'))
  }
  reader.align(8)
  const text = (code: number): string => textOf(fields.get(code))
  const values = typesOf(text(field.signature)).map((one) => reader.read(one))
  if (type === kind.signal) {
    const [path, sender] = [text(field.path), text(field.sender)]
    return { kind: 'signal', sender, path, interface: text(field.interface), member: text(field.member), values }
  }
  const errorName = type === kind.error ? text(field.errorName) || 'unnamed' : null
  return { kind: 'reply', serial: Number(fields.get(field.replySerial) ?? 0), values, errorName }
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(aligned(bytes.length, 8) - bytes.length)])
}
