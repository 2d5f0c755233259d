import { expect, it } from 'vitest'
import { readAnimation } from '#adapters/pictures/animation-frames.ts'

/** Checksums are left out: nothing is drawn here. */
function chunk(name: string, content: Uint8Array): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(content.length, 0)
  head.write(name, 4, 'latin1')
  return Buffer.concat([head, content, Buffer.alloc(4)])
}

it('takes no more memory than the file, however much the frames share', () => {
  const size = Buffer.alloc(13)
  size.writeUInt32BE(8, 0)
  size.writeUInt32BE(8, 4)
  const control = Buffer.alloc(26)
  control.writeUInt32BE(8, 4)
  control.writeUInt32BE(8, 8)
  const frame = Buffer.concat([chunk('fcTL', control), chunk('IDAT', Buffer.alloc(10))])
  const frames = Array.from({ length: 500 }, () => frame)
  const bytes = Buffer.concat([Buffer.alloc(8), chunk('IHDR', size), chunk('iCCP', Buffer.alloc(1_000_000)), ...frames])
  const before = process.memoryUsage().arrayBuffers
  const animation = readAnimation(bytes, 'image/png')
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000)
  expect(animation?.frames).toHaveLength(500)
})

it('leaves out frames beyond the limit', () => {
  const head = Buffer.alloc(13)
  head.write('GIF89a', 'latin1')
  const frame = Buffer.from([0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 1, 0x44, 0])
  const bytes = Buffer.concat([head, ...Array.from({ length: 6000 }, () => frame), Buffer.of(0x3b)])
  expect(readAnimation(bytes, 'image/gif')?.frames).toHaveLength(5000)
})
