/**
 * Values in D-Bus's wire format (https://dbus.freedesktop.org/doc/dbus-specification.html#type-system), little-endian.
 * Structs and arrays become arrays, dictionaries become objects, and a variant is read as the value it holds.
 */
export type BusValue = string | boolean | number | null | BusVariant | BusValue[] | { [key: string]: BusValue }

/** A value that carries its own type; needed only for writing. */
export class BusVariant {
  readonly signature: string
  readonly value: BusValue

  constructor(signature: string, value: BusValue) {
    this.signature = signature
    this.value = value
  }
}

/** The value if it is a string, otherwise an empty string. */
export function textOf(value: BusValue | undefined): string {
  return typeof value === 'string' ? value : ''
}

/** Maximum nesting, as the specification allows; also stops a variant that contains itself endlessly. */
const maxDepth = 32

/** The complete types in a signature: "sa{sv}(ii)" becomes "s", "a{sv}", "(ii)". Throws if it is not valid. */
export function typesOf(signature: string): string[] {
  const types: string[] = []
  for (let rest = signature; rest !== '';) {
    const type = rest.slice(0, typeLength(rest, 0))
    types.push(type)
    rest = rest.slice(type.length)
  }
  return types
}

function typeLength(signature: string, depth: number): number {
  const first = signature[0] ?? ''
  if (depth > maxDepth || !/^[ybnqiuxtdsogvha({]/u.test(first)) throw new Error('The bus sent an unknown type.')
  if (first === 'a') return 1 + typeLength(signature.slice(1), depth + 1)
  if (first !== '(' && first !== '{') return 1
  const end = first === '(' ? ')' : '}'
  let length = 1
  while (signature[length] !== end) length += typeLength(signature.slice(length), depth + 1)
  // An empty struct takes no bytes, so an array of them would never end.
  if (length === 1) throw new Error('The bus sent an empty struct.')
  return length + 1
}

export function aligned(length: number, boundary: number): number {
  return Math.ceil(length / boundary) * boundary
}

/** Bytes to which a value of this type is aligned. */
function alignmentOf(type: string): number {
  if (/^[xtd({]/u.test(type)) return 8
  if (/^[nq]/u.test(type)) return 2
  return /^[ygv]/u.test(type) ? 1 : 4
}

export class BusWriter {
  #bytes: number[] = []

  bytes(): Buffer {
    return Buffer.from(this.#bytes)
  }

  /** Writes booleans, strings, paths, signatures, 32-bit numbers, arrays, dictionaries, structs and variants. */
  write(type: string, value: BusValue): void {
    this.align(alignmentOf(type))
    const inner = type.slice(1)
    if (type === 'b') this.uint32(value === true ? 1 : 0)
    else if (type === 'u' || type === 'i') this.uint32(Number(value))
    else if (type === 's' || type === 'o') this.#string(textOf(value))
    else if (type === 'g') this.#signature(textOf(value))
    else if (type === 'v' && value instanceof BusVariant) {
      this.#signature(value.signature)
      this.write(value.signature, value.value)
    } else if (type.startsWith('a{')) this.#array(inner, Object.entries(value as Record<string, BusValue>))
    else if (type.startsWith('a')) this.#array(inner, value as BusValue[])
    else if (type.startsWith('(') || type.startsWith('{'))
      typesOf(inner.slice(0, -1)).forEach((member, index) => this.write(member, (value as BusValue[])[index] ?? null))
    else throw new Error(`Descry writes no ${type} to the bus.`)
  }

  byte(value: number): void {
    this.#bytes.push(value)
  }

  uint32(value: number): void {
    this.align(4)
    for (const shift of [0, 8, 16, 24]) this.#bytes.push((value >>> shift) & 0xff)
  }

  align(boundary: number): void {
    while (this.#bytes.length % boundary !== 0) this.#bytes.push(0)
  }

  #array(type: string, values: BusValue[]): void {
    const lengthAt = this.#bytes.length
    this.uint32(0)
    this.align(alignmentOf(type))
    const start = this.#bytes.length
    for (const value of values) this.write(type, value)
    const length = this.#bytes.length - start
    for (const [index, shift] of [0, 8, 16, 24].entries()) this.#bytes[lengthAt + index] = (length >>> shift) & 0xff
  }

  #string(text: string): void {
    // The bus disconnects a client that sends a NUL or half a surrogate pair.
    const utf8 = Buffer.from(text.toWellFormed().replaceAll('\0', ''), 'utf8')
    this.uint32(utf8.length)
    for (const byte of utf8) this.#bytes.push(byte)
    this.byte(0)
  }

  #signature(text: string): void {
    this.byte(text.length)
    for (const byte of Buffer.from(text, 'latin1')) this.#bytes.push(byte)
    this.byte(0)
  }
}

/** Reads one message; throws past its end, as Buffer does. */
export class BusReader {
  position: number
  #message: Buffer
  #depth = 0

  constructor(message: Buffer, position: number) {
    this.#message = message
    this.position = position
  }

  align(boundary: number): void {
    this.position = aligned(this.position, boundary)
  }

  byte(): number {
    return this.#take(1).readUInt8()
  }

  signature(): string {
    return this.#text(this.byte())
  }

  read(type: string): BusValue {
    this.#depth += 1
    if (this.#depth > maxDepth) throw new Error('The bus sent too deep a value.')
    this.align(alignmentOf(type))
    const value = this.#readAligned(type)
    this.#depth -= 1
    return value
  }

  #readAligned(type: string): BusValue {
    switch (type[0]) {
      case 'y':
        return this.byte()
      case 'n':
        return this.#take(2).readInt16LE()
      case 'q':
        return this.#take(2).readUInt16LE()
      case 'b':
        return this.#uint32() === 1
      case 'i':
        return this.#take(4).readInt32LE()
      case 'u':
      case 'h':
        return this.#uint32()
      case 'x':
        return Number(this.#take(8).readBigInt64LE())
      case 't':
        return Number(this.#take(8).readBigUInt64LE())
      case 'd':
        return this.#take(8).readDoubleLE()
      case 's':
      case 'o':
        return this.#text(this.#uint32())
      case 'g':
        return this.signature()
      case 'v':
        return this.#variant()
      case 'a':
        return this.#array(type.slice(1))
      default:
        return typesOf(type.slice(1, -1)).map((member) => this.read(member))
    }
  }

  #variant(): BusValue {
    const [type, ...more] = typesOf(this.signature())
    if (type === undefined || more.length > 0) throw new Error('The bus sent a variant of several types.')
    return this.read(type)
  }

  #array(type: string): BusValue {
    const length = this.#uint32()
    this.align(alignmentOf(type))
    const end = this.position + length
    if (end > this.#message.length) throw new Error('The bus sent an array that is cut off.')
    const values: BusValue[] = []
    while (this.position < end) values.push(this.read(type))
    if (!type.startsWith('{')) return values
    return Object.fromEntries(values.map((entry) => entry as [string, BusValue]))
  }

  #uint32(): number {
    return this.#take(4).readUInt32LE()
  }

  #text(length: number): string {
    const text = this.#take(length).toString('utf8')
    if (this.byte() !== 0) throw new Error('The bus sent a string without an end.')
    return text
  }

  #take(length: number): Buffer {
    const start = this.position
    if (start + length > this.#message.length) throw new Error('The bus sent a message that is cut off.')
    this.position += length
    return this.#message.subarray(start, this.position)
  }
}
