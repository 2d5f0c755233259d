import { expect, test } from 'vitest'
import { decodeMessage, encodeCall } from '#adapters/linux/bus-message.ts'
import { BusReader, BusVariant, BusWriter, typesOf, type BusValue } from '#adapters/linux/bus-values.ts'
import { run } from '#test/process.ts'

// GLib is the other side: it reads what we write, and writes what we read.
const glib = `
import json, sys
from gi.repository import Gio, GLib
message = Gio.DBusMessage.new_from_blob(bytes.fromhex(sys.argv[1]), Gio.DBusCapabilityFlags.NONE)
signal = Gio.DBusMessage.new_signal("/a", "b.c", "D")
signal.set_byte_order(Gio.DBusMessageByteOrder.LITTLE_ENDIAN)
signal.set_serial(1)
signal.set_body(GLib.Variant.parse(None, sys.argv[2]))
blob = bytes(signal.to_blob(Gio.DBusCapabilityFlags.NONE))
print(json.dumps([message.get_body().print_(True), blob.hex()]))
`

async function exchange(
  signature: string,
  args: BusValue[],
  answer: string
): Promise<[string, BusValue[] | undefined]> {
  const call = { destination: 'a.b', path: '/a', interface: 'b.c', member: 'D', signature, args }
  const { stdout } = await run('/usr/bin/python3', ['-c', glib, encodeCall(1, call).toString('hex'), answer])
  const [read, hex] = JSON.parse(stdout.toString()) as [string, string]
  return [read, decodeMessage(Buffer.from(hex, 'hex'))?.values]
}

test('GLib can read what Descry writes, and the other way around', { tags: ['python3-gi'] }, async () => {
  const rule = [[1 << 12, 0], 1, {}, 1, [], true]
  const options = { interactive: new BusVariant('b', false), token: new BusVariant('s', 'dé') }
  const [read, values] = await exchange(
    'sa{sv}(aiia{ss}iasb)a(so)',
    ['x', options, rule, [[':1.5', '/a/b']]],
    `(uint32 1, {'uri': <'file:///a'>, 'deep': <[<(byte 7, int16 -2, uint16 3)>, <{'k': 2.5}>]>},
      [(':1.1', objectpath '/x')], int64 -5, uint64 6, signature 'as', true, @a(ii) [])`
  )
  expect(read).toBe(
    `('x', {'interactive': <false>, 'token': <'dé'>}, ([4096, 0], 1, @a{ss} {}, 1, @as [], true), [(':1.5', objectpath '/a/b')])`
  )
  expect(values).toEqual([
    1,
    { uri: 'file:///a', deep: [[7, -2, 3], { k: 2.5 }] },
    [[':1.1', '/x']],
    -5,
    6,
    'as',
    true,
    []
  ])
})

test.each(['a', '()', '(s', 'a()', 'z', 'a{s', `${'a'.repeat(40)}s`])('the signature %s is refused', (signature) => {
  expect(() => typesOf(signature)).toThrow('The bus sent')
})

test('wrong lengths and depths are refused', () => {
  const writer = new BusWriter()
  writer.uint32(0xffffffff)
  expect(() => new BusReader(writer.bytes(), 0).read('as')).toThrow('cut off')
  expect(() => new BusReader(writer.bytes(), 0).read('s')).toThrow('cut off')
  const variants = Buffer.from('\x01v\0'.repeat(1000), 'latin1')
  expect(() => new BusReader(variants, 0).read('v')).toThrow('too deep')
  expect(() => new BusReader(Buffer.from('\x02ss\0', 'latin1'), 0).read('v')).toThrow('several types')
})
