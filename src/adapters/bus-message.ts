/**
 * The part of D-Bus's wire format that Descry needs (https://dbus.freedesktop.org/doc/dbus-specification.html): method
 * calls with strings and booleans, and the first value of their replies.
 */

export interface MethodCall {
  destination: string
  path: string
  interface: string
  member: string
  args?: readonly (string | boolean)[]
}

/** What a reply began with; null when it was empty or something else than a string, a boolean or a number. */
export type ReplyValue = string | boolean | number | null

export interface Reply {
  /** Of the call that is answered. */
  serial: number
  value: ReplyValue
  /** D-Bus name of the error, or null when the call succeeded. */
  errorName: string | null
}

/** More than any reply we ask for; a peer that sends more is not trusted further. */
export const maxMessageBytes = 64 * 1024

const kind = { call: 1, reply: 2, error: 3 }
const field = { path: 1, interface: 2, member: 3, errorName: 4, replySerial: 5, destination: 6, signature: 8 }
const noAutoStart = 2
const fixedHeaderBytes = 16

/** A method call that never starts the service it is for. */
export function encodeCall(serial: number, call: MethodCall): Buffer {
  const { args = [] } = call
  const body = new Writer()
  for (const arg of args) {
    if (typeof arg === 'string') body.string(arg)
    else body.uint32(arg ? 1 : 0)
  }
  const bodyBytes = body.bytes()
  const fields = new Writer()
  fields.headerField(field.path, 'o', call.path)
  fields.headerField(field.interface, 's', call.interface)
  fields.headerField(field.member, 's', call.member)
  fields.headerField(field.destination, 's', call.destination)
  const signature = args.map((arg) => (typeof arg === 'string' ? 's' : 'b')).join('')
  if (signature !== '') fields.headerField(field.signature, 'g', signature)
  const fieldBytes = fields.bytes()

  const header = new Writer()
  for (const byte of [0x6c, kind.call, noAutoStart, 1]) header.byte(byte)
  header.uint32(bodyBytes.length)
  header.uint32(serial)
  header.uint32(fieldBytes.length)
  // The fields begin at byte 16, a multiple of 8: what was aligned among themselves stays so.
  return Buffer.concat([padded(Buffer.concat([header.bytes(), fieldBytes])), bodyBytes])
}

/**
 * Length in bytes of the message that `bytes` begins with; null while too little of it has come.
 *
 * @throws Error when it is not a message of ours to read.
 */
export function messageLength(bytes: Buffer): number | null {
  if (bytes.length < fixedHeaderBytes) return null
  if (bytes[0] !== 0x6c || bytes[3] !== 1) throw new Error('The bus speaks another format.')
  const length = fixedHeaderBytes + aligned(bytes.readUInt32LE(12), 8) + bytes.readUInt32LE(4)
  if (length > maxMessageBytes) throw new Error('The bus sent too long a message.')
  return length
}

/** The reply that one whole message is; null for signals and calls, which nobody asked for. */
export function decodeReply(message: Buffer): Reply | null {
  const type = message[1]
  if (type !== kind.reply && type !== kind.error) return null
  const reader = new Reader(message, fixedHeaderBytes)
  const fieldsEnd = fixedHeaderBytes + message.readUInt32LE(12)
  let serial = 0
  let errorName: string | null = null
  let signature = ''
  while (reader.position < fieldsEnd) {
    reader.align(8)
    const code = reader.byte()
    const value = reader.value(reader.signature())
    if (code === field.replySerial) serial = Number(value)
    if (code === field.errorName) errorName = String(value)
    if (code === field.signature) signature = String(value)
  }
  reader.align(8)
  const first = signature[0] ?? ''
  return {
    serial,
    value: 'sbu'.includes(first) && first !== '' ? reader.value(first) : null,
    errorName: type === kind.error ? (errorName ?? 'unnamed') : null
  }
}

function aligned(length: number, boundary: number): number {
  return Math.ceil(length / boundary) * boundary
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(aligned(bytes.length, 8) - bytes.length)])
}

class Writer {
  #bytes: number[] = []

  bytes(): Buffer {
    return Buffer.from(this.#bytes)
  }

  align(boundary: number): void {
    while (this.#bytes.length % boundary !== 0) this.#bytes.push(0)
  }

  byte(value: number): void {
    this.#bytes.push(value)
  }

  uint32(value: number): void {
    this.align(4)
    for (const shift of [0, 8, 16, 24]) this.#bytes.push((value >>> shift) & 0xff)
  }

  string(text: string): void {
    // The bus hangs up on whoever sends it a NUL or half a surrogate pair.
    const utf8 = Buffer.from(text.toWellFormed().replaceAll('\0', ''), 'utf8')
    this.uint32(utf8.length)
    for (const byte of utf8) this.#bytes.push(byte)
    this.byte(0)
  }

  signature(text: string): void {
    this.byte(text.length)
    for (const byte of Buffer.from(text, 'latin1')) this.#bytes.push(byte)
    this.byte(0)
  }

  headerField(code: number, type: 'o' | 's' | 'g', value: string): void {
    this.align(8)
    this.byte(code)
    this.signature(type)
    if (type === 'g') this.signature(value)
    else this.string(value)
  }
}

/** Reads within one message; past its end it throws, as Buffer does. */
class Reader {
  position: number
  #message: Buffer

  constructor(message: Buffer, position: number) {
    this.#message = message
    this.position = position
  }

  align(boundary: number): void {
    this.position = aligned(this.position, boundary)
  }

  byte(): number {
    this.position += 1
    return this.#message.readUInt8(this.position - 1)
  }

  signature(): string {
    return this.#text(this.byte())
  }

  value(type: string): string | number | boolean {
    if (type === 'g') return this.signature()
    if (type !== 's' && type !== 'o' && type !== 'u' && type !== 'b')
      throw new Error(`The bus sent a field of type ${type}.`)
    this.align(4)
    const number = this.#message.readUInt32LE(this.position)
    this.position += 4
    if (type === 'u') return number
    return type === 'b' ? number === 1 : this.#text(number)
  }

  #text(length: number): string {
    const end = this.position + length
    if (end >= this.#message.length) throw new Error('The bus sent a string that is cut off.')
    const text = this.#message.toString('utf8', this.position, end)
    this.position = end + 1
    return text
  }
}
