import { deflateRawSync, deflateSync, constants } from 'node:zlib'
import { createCanvas } from '@napi-rs/canvas'
import { chunk, pngOf } from './field-pictures.ts'
import { pdfFile } from './pdf-files.ts'
import { tiffFile } from './tiff-files.ts'

/**
 * Small files that take a lot of memory, or did: made here, never stored. Sizes in the names are what they unpack to, or what
 * they claim.
 */
export interface Bomb {
  name: string
  make: () => Uint8Array | Promise<Uint8Array>
}

const megabyte = 2 ** 20

/** A zlib stream of zeros, a thousandth of their size. */
export function packedZeros(bytes: number): Buffer {
  const piece = deflateRawSync(Buffer.alloc(megabyte), { finishFlush: constants.Z_FULL_FLUSH })
  const count = Math.ceil(bytes / megabyte)
  const end = Buffer.from([3, 0, 0, 0, 0, 1])
  // Adler-32: the sum of the sums, of which each is 1.
  end.writeUInt16BE((count * megabyte) % 65521, 2)
  return Buffer.concat([Buffer.from([0x78, 0x9c]), ...Array.from({ length: count }, () => piece), end])
}

// ---- PNG ----

interface PngShape {
  width: number
  height: number
  depth?: 1 | 8 | 16
  /** As in the file: 0 gray, 2 RGB, 3 palette, 6 RGB with alpha. */
  color?: 0 | 2 | 3 | 6
  isInterlaced?: boolean
}

const samples = { 0: 1, 2: 3, 3: 1, 6: 4 }

function pngHead({ width, height, depth = 8, color = 6, isInterlaced = false }: PngShape): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([depth, color, 0, 0, isInterlaced ? 1 : 0], 8)
  return chunk('IHDR', head)
}

function pngBytes({ width, height, depth = 8, color = 6 }: PngShape): number {
  return (Math.ceil((width * depth * samples[color]) / 8) + 1) * height
}

function png(shape: PngShape, extra: Buffer[] = [], pixels = packedZeros(pngBytes(shape))): Uint8Array {
  return pngOf([pngHead(shape), ...extra, chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))])
}

/** Every frame covers everything, and is taken back. */
function animatedPngOf(side: number, frames: number): Uint8Array {
  const shape = { width: side, height: side }
  const pixels = packedZeros(pngBytes(shape))
  const count = Buffer.alloc(8)
  count.writeUInt32BE(frames, 0)
  const parts = [pngHead(shape), chunk('acTL', count)]
  let sequence = 0
  for (let frame = 0; frame < frames; frame += 1) {
    const control = Buffer.alloc(26)
    control.writeUInt32BE(sequence, 0)
    control.writeUInt32BE(side, 4)
    control.writeUInt32BE(side, 8)
    control.writeUInt16BE(1, 20)
    control.writeUInt16BE(10, 22)
    control[24] = 2
    sequence += 1
    parts.push(chunk('fcTL', control))
    if (frame === 0) parts.push(chunk('IDAT', pixels))
    else {
      const number = Buffer.alloc(4)
      number.writeUInt32BE(sequence)
      sequence += 1
      parts.push(chunk('fdAT', Buffer.concat([number, pixels])))
    }
  }
  return pngOf([...parts, chunk('IEND', Buffer.alloc(0))])
}

// ---- JPEG ----

/** Gray blocks of nothing: one bit for each coefficient that is there. */
function jpeg(width: number, height: number, { isProgressive = false, components = 1 } = {}): Uint8Array {
  const segment = (marker: number, content: number[]): Buffer =>
    Buffer.from([0xff, marker, (content.length + 2) >> 8, (content.length + 2) & 255, ...content])
  const table = (id: number): Buffer => segment(0xc4, [id, 1, ...Array.from({ length: 15 }, () => 0), 0])
  const ids = Array.from({ length: components }, (_, index) => index + 1)
  const blocks = Math.ceil(width / 8) * Math.ceil(height / 8) * components
  const scan = (from: number, to: number, which: number[]): Buffer[] => [
    segment(0xda, [which.length, ...which.flatMap((id) => [id, 0]), from, to, 0]),
    Buffer.alloc(Math.ceil((blocks * (isProgressive ? 1 : 2)) / 8))
  ]
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xdb, [0, ...Array.from({ length: 64 }, () => 1)]),
    segment(isProgressive ? 0xc2 : 0xc0, [
      8,
      height >> 8,
      height & 255,
      width >> 8,
      width & 255,
      components,
      ...ids.flatMap((id) => [id, 0x11, 0])
    ]),
    table(0),
    table(0x10),
    ...(isProgressive ? [...scan(0, 0, ids), ...ids.flatMap((id) => scan(1, 63, [id]))] : scan(0, 63, ids)),
    Buffer.from([0xff, 0xd9])
  ])
}

// ---- GIF ----

function uint16(...values: number[]): Buffer {
  return Buffer.from(Uint16Array.from(values).buffer)
}

/** Frames of one byte of pixels, or of the given size in LZW that repeats. */
function gif(side: number, frames: { width: number; height: number; disposal: number }[]): Uint8Array {
  return Buffer.concat([
    Buffer.from('GIF89a'),
    uint16(side, side),
    Buffer.from([0x80, 0, 0, 255, 0, 0, 0, 0, 255]),
    ...frames.flatMap(({ width, height, disposal }) => [
      Buffer.from([0x21, 0xf9, 4, disposal << 2, 10, 0, 0, 0, 0x2c]),
      uint16(0, 0, width, height),
      Buffer.from([0]),
      lzwZeros(width * height)
    ])
  ])
}

/** GIF's LZW of zeros, in which each code stands for one zero more than the one before. */
function lzwZeros(count: number): Buffer {
  const bytes: number[] = []
  let [bits, length] = [0, 0]
  const put = (code: number, width: number): void => {
    bits |= code << length
    length += width
    for (; length >= 8; length -= 8) {
      bytes.push(bits & 255)
      bits >>>= 8
    }
  }
  let [width, next, run] = [3, 6, 1]
  put(4, width)
  put(0, width)
  for (let done = 1; done < count;) {
    if (next > 4095) {
      put(4, width)
      ;[width, next, run] = [3, 6, 1]
      put(0, width)
      done += 1
      continue
    }
    run += 1
    put(next, width)
    done += run
    next += 1
    if (next === 2 ** width && width < 12) width += 1
  }
  put(5, width)
  if (length > 0) bytes.push(bits & 255)
  const blocks: Buffer[] = [Buffer.from([2])]
  for (let at = 0; at < bytes.length; at += 255) {
    const block = bytes.slice(at, at + 255)
    blocks.push(Buffer.from([block.length, ...block]))
  }
  return Buffer.concat([...blocks, Buffer.from([0])])
}

// ---- WebP, AVIF ----

function blank(side: number, format: 'webp' | 'avif', height = side): Promise<Uint8Array> {
  const canvas = createCanvas(side, height)
  const context = canvas.getContext('2d')
  context.fillStyle = '#336699'
  context.fillRect(0, 0, side, height)
  return format === 'webp' ? canvas.encode('webp', 10) : canvas.encode('avif', { quality: 10, speed: 10 })
}

function riff(...chunks: Buffer[]): Uint8Array {
  const body = Buffer.concat([Buffer.from('WEBP'), ...chunks])
  const head = Buffer.from('RIFF....')
  head.writeUInt32LE(body.length, 4)
  return Buffer.concat([head, body])
}

function riffChunk(name: string, content: Uint8Array): Buffer {
  const head = Buffer.from(`${name}....`)
  head.writeUInt32LE(content.length, 4)
  return Buffer.concat([head, content, Buffer.alloc(content.length % 2)])
}

function extendedHead(width: number, height: number, flags: number): Buffer {
  const content = Buffer.alloc(10)
  content[0] = flags
  content.writeUIntLE(width - 1, 4, 3)
  content.writeUIntLE(height - 1, 7, 3)
  return riffChunk('VP8X', content)
}

async function webpPixels(side: number): Promise<Buffer> {
  return Buffer.from((await blank(side, 'webp')).subarray(12))
}

async function animatedWebpOf(side: number, frames: number): Promise<Uint8Array> {
  const pixels = await webpPixels(side)
  const head = Buffer.alloc(16)
  head.writeUIntLE(side - 1, 6, 3)
  head.writeUIntLE(side - 1, 9, 3)
  const frame = riffChunk('ANMF', Buffer.concat([head, pixels]))
  return riff(
    extendedHead(side, side, 2),
    riffChunk('ANIM', Buffer.alloc(6)),
    ...Array.from({ length: frames }, () => frame)
  )
}

/** The picture says in its container that it is 100x100. */
function claimingLittle(bytes: Uint8Array): Uint8Array {
  const changed = Buffer.from(bytes)
  for (let at = changed.indexOf('ispe'); at >= 0; at = changed.indexOf('ispe', at + 4)) {
    changed.writeUInt32BE(100, at + 8)
    changed.writeUInt32BE(100, at + 12)
  }
  return changed
}

// ---- BMP, ICO ----

/** One bit for each pixel, or run lengths of zeros. */
function bmp(width: number, height: number, { isRunLength = false } = {}): Uint8Array {
  const stride = Math.ceil(width / 32) * 4
  const row = Buffer.concat([
    ...Array.from({ length: Math.ceil(width / 255) }, (_, index) =>
      Buffer.from([Math.min(255, width - index * 255), 0])
    ),
    Buffer.from([0, 0])
  ])
  const pixels = isRunLength ? Buffer.alloc(row.length * height, row) : Buffer.alloc(stride * height)
  const colors = Buffer.alloc(isRunLength ? 1024 : 8, 200)
  const head = Buffer.alloc(54)
  head.write('BM')
  head.writeUInt32LE(head.length + colors.length + pixels.length, 2)
  head.writeUInt32LE(head.length + colors.length, 10)
  head.writeUInt32LE(40, 14)
  head.writeInt32LE(width, 18)
  head.writeInt32LE(height, 22)
  head.writeUInt16LE(1, 26)
  head.writeUInt16LE(isRunLength ? 8 : 1, 28)
  head.writeUInt32LE(isRunLength ? 1 : 0, 30)
  head.writeUInt32LE(pixels.length, 34)
  return Buffer.concat([head, colors, pixels])
}

/** Many entries that share one picture. */
function icon(entries: number, picture: Uint8Array): Uint8Array {
  const head = Buffer.alloc(6 + 16 * entries)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(entries, 4)
  for (let at = 6; at < head.length; at += 16) {
    head.writeUInt16LE(1, at + 4)
    head.writeUInt16LE(32, at + 6)
    head.writeUInt32LE(picture.length, at + 8)
    head.writeUInt32LE(head.length, at + 12)
  }
  return Buffer.concat([head, picture])
}

// ---- TIFF ----

function tiff(
  width: number,
  height: number,
  pixels: Uint8Array,
  tags: Record<number, number | readonly number[]> = {}
) {
  return tiffFile([{ width, height, pixels, samplesPerPixel: 1, tags }])
}

// ---- SVG ----

function svg(side: number, content: string, before = ''): Uint8Array {
  return Buffer.from(
    `${before}<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${side}" height="${side}">${content}</svg>`
  )
}

function nested(open: string, close: string, depth: number, inner: string): string {
  return open.repeat(depth) + inner + close.repeat(depth)
}

function embedded(bytes: Uint8Array, type: string, count: number): string {
  const address = `data:image/${type};base64,${Buffer.from(bytes).toString('base64')}`
  return `<image id="i" width="9" height="9" xlink:href="${address}"/>`.repeat(count)
}

// ---- PDF ----

function stream(entries: string, content: Uint8Array | string, filters = 0): string {
  let bytes = Buffer.from(content)
  for (let pass = 0; pass < filters; pass += 1) bytes = deflateSync(bytes, { level: 9 })
  return packedStream(entries, bytes, filters)
}

function packedStream(entries: string, bytes: Buffer, filters: number): string {
  const filter = filters === 0 ? '' : `/Filter [${'/FlateDecode '.repeat(filters)}]`
  return `<< ${entries} ${filter} /Length ${bytes.length} >>\nstream\n${bytes.toString('latin1')}\nendstream`
}

const page = { size: [2000, 2000], content: '/X Do' } as const

/** Each form draws the next one several times; `group` makes each a picture of its own. */
function nestedForms(levels: number, times: number, group: boolean): Uint8Array {
  const extra = group ? '/Group << /S /Transparency /I true >>' : ''
  return pdfFile(
    [page],
    Array.from({ length: levels }, (_, level) => {
      const isLast = level === levels - 1
      const resources = `/Resources << /XObject << /X ${10_001 + level} 0 R >> /ExtGState << /G << /ca 0.5 >> >> >>`
      const draw = `${group ? '/G gs ' : ''}/X Do `
      return stream(
        `/Type /XObject /Subtype /Form /BBox [0 0 2000 2000] ${extra} ${isLast ? '' : resources}`,
        isLast ? '0 0 9 9 re f' : draw.repeat(times)
      )
    })
  )
}

function pdfImages(count: number, side: number, entries: string, bytesPerPixel: number): Uint8Array {
  const pixels = deflateSync(packedZeros(side * side * bytesPerPixel), { level: 9 })
  const size = `/Type /XObject /Subtype /Image /Width ${side} /Height ${side}`
  const names = Array.from({ length: count }, (_, index) => `/I${index} ${10_001 + index} 0 R`).join(' ')
  const draw = Array.from({ length: count }, (_, index) => `/I${index} Do`).join(' ')
  return pdfFile(
    [{ size: [2000, 2000], content: `2000 0 0 2000 0 0 cm /X Do` }],
    [
      stream(`/Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << /XObject << ${names} >> >>`, draw),
      ...Array.from({ length: count }, () => packedStream(`${size} ${entries}`, pixels, 2))
    ]
  )
}

const rgb = '/ColorSpace /DeviceRGB /BitsPerComponent 8'

export const bombs: Bomb[] = [
  { name: 'PNG: 100 megapixels', make: () => png({ width: 10_000, height: 10_000 }) },
  { name: 'PNG: 100 megapixels of 16 bits', make: () => png({ width: 10_000, height: 10_000, depth: 16 }) },
  { name: 'PNG: 100 megapixels, interlaced', make: () => png({ width: 10_000, height: 10_000, isInterlaced: true }) },
  { name: 'PNG: 1 GB behind 10x10', make: () => png({ width: 10, height: 10 }, [], packedZeros(1024 * megabyte)) },
  {
    name: 'PNG: a color profile of 1 GB',
    make: () =>
      png({ width: 10, height: 10 }, [
        chunk('iCCP', Buffer.concat([Buffer.from('a\0\0'), packedZeros(1024 * megabyte)]))
      ])
  },
  {
    name: 'PNG: 20 texts of 100 MB',
    make: () =>
      png(
        { width: 10, height: 10 },
        Array.from({ length: 20 }, () =>
          chunk('zTXt', Buffer.concat([Buffer.from('a\0\0'), packedZeros(100 * megabyte)]))
        )
      )
  },
  { name: 'PNG: animation of 100 megapixels', make: () => animatedPngOf(10_000, 4) },
  { name: 'PNG: animation of 49 megapixels', make: () => animatedPngOf(7000, 6) },
  { name: 'JPEG: 100 megapixels', make: () => jpeg(10_000, 10_000, { components: 3 }) },
  {
    name: 'JPEG: 100 megapixels, progressive',
    make: () => jpeg(10_000, 10_000, { components: 3, isProgressive: true })
  },
  { name: 'JPEG: 65500 pixels wide', make: () => jpeg(65_496, 1520) },
  { name: 'GIF: 100 megapixels around one', make: () => gif(10_000, [{ width: 1, height: 1, disposal: 0 }]) },
  {
    name: 'GIF: animation of 100 megapixels, taken back',
    make: () =>
      gif(
        10_000,
        Array.from({ length: 4 }, () => ({ width: 10_000, height: 10_000, disposal: 3 }))
      )
  },
  {
    name: 'GIF: 5000 frames of 25 megapixels',
    make: () =>
      gif(
        5000,
        Array.from({ length: 5000 }, () => ({ width: 2, height: 2, disposal: 3 }))
      )
  },
  { name: 'WebP: 100 megapixels', make: () => blank(10_000, 'webp') },
  { name: 'WebP: animation of 100 megapixels', make: () => animatedWebpOf(10_000, 4) },
  {
    name: 'WebP: 100 megapixels behind 100x100',
    make: async () => riff(extendedHead(100, 100, 0), await webpPixels(10_000))
  },
  {
    name: 'WebP: 268 megapixels behind 100x100',
    make: async () => riff(extendedHead(100, 100, 0), await webpPixels(16_383))
  },
  { name: 'AVIF: 48 megapixels', make: () => blank(8000, 'avif', 6000) },
  { name: 'AVIF: 100 megapixels', make: () => blank(10_000, 'avif') },
  { name: 'AVIF: 100 megapixels behind 100x100', make: async () => claimingLittle(await blank(10_000, 'avif')) },
  { name: 'BMP: 100 megapixels of one bit', make: () => bmp(10_000, 10_000) },
  { name: 'BMP: 100 megapixels in runs', make: () => bmp(10_000, 10_000, { isRunLength: true }) },
  { name: 'ICO: a PNG of 100 megapixels', make: () => icon(1, png({ width: 10_000, height: 10_000 })) },
  { name: 'ICO: 2000 times a PNG of 16 megapixels', make: () => icon(2000, png({ width: 4000, height: 4000 })) },
  {
    name: 'TIFF: a strip of 10 GB behind 100x100',
    make: () => tiff(100, 100, packedZeros(10_240 * megabyte), { 259: 8 })
  },
  {
    name: 'TIFF: a strip of 10 GB behind 100x100 of 4 bits',
    make: () => tiff(100, 100, packedZeros(10_240 * megabyte), { 259: 8, 258: 4 })
  },
  {
    name: 'TIFF: 100 megapixels of 16 bits',
    make: () =>
      tiffFile([
        {
          width: 10_000,
          height: 10_000,
          pixels: packedZeros(600_000_000),
          samplesPerPixel: 3,
          tags: { 258: [16, 16, 16], 259: 8 }
        }
      ])
  },
  {
    name: 'TIFF: 100 megapixels of 4 bits, through PDF',
    make: () => tiff(10_000, 10_000, packedZeros(50_000_000), { 259: 8, 258: 4 })
  },
  {
    name: 'TIFF: a tile of 400 megapixels behind 100x100',
    make: () => tiff(100, 100, packedZeros(400_000_000), { 259: 8, 322: 20_000, 323: 20_000 })
  },
  {
    name: 'SVG: 30 layers of 100 megapixels',
    make: () => svg(10_000, nested('<g opacity="0.5"><rect width="9" height="9"/>', '</g>', 30, '<circle r="9"/>'))
  },
  {
    name: 'SVG: 30 layers of 25 megapixels',
    make: () => svg(5000, nested('<g opacity="0.5"><rect width="9" height="9"/>', '</g>', 30, '<circle r="9"/>'))
  },
  {
    name: 'SVG: 60 filters of 25 megapixels',
    make: () =>
      svg(
        5000,
        '<filter id="f" x="0" y="0" width="1" height="1"><feFlood/><feTile/><feGaussianBlur stdDeviation="99"/></filter>' +
          nested('<g filter="url(#f)"><rect width="5000" height="5000"/>', '</g>', 60, '<circle r="9"/>')
      )
  },
  {
    name: 'SVG: 20 pictures of 100 megapixels',
    make: () => svg(1000, embedded(png({ width: 10_000, height: 10_000 }), 'png', 20))
  },
  {
    name: 'SVG: a WebP of 268 megapixels',
    make: async () => svg(1000, embedded(await blank(16_383, 'webp'), 'webp', 1))
  },
  {
    name: 'SVG: entities of 10 GB',
    make: () =>
      svg(
        1000,
        '<text>&j;</text>',
        `<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa">${Array.from({ length: 9 }, (_, at) => `<!ENTITY ${'bcdefghij'[at]} "${`&${'abcdefghi'[at]};`.repeat(10)}">`).join('')}]>`
      )
  },
  { name: 'PDF: forms in forms, a million times', make: () => nestedForms(7, 10, false) },
  { name: 'PDF: 40 transparent groups in each other', make: () => nestedForms(40, 1, true) },
  { name: 'PDF: 400 transparent groups in each other', make: () => nestedForms(400, 1, true) },
  {
    name: 'PDF: content of 10 GB',
    make: () =>
      pdfFile(
        [page],
        [
          packedStream(
            '/Type /XObject /Subtype /Form /BBox [0 0 9 9]',
            deflateSync(packedZeros(10_240 * megabyte), { level: 9 }),
            2
          )
        ]
      )
  },
  {
    name: 'PDF: 40 million operators',
    make: () =>
      pdfFile([page], [stream('/Type /XObject /Subtype /Form /BBox [0 0 9 9]', Buffer.alloc(160_000_000, 'q Q '), 2)])
  },
  { name: 'PDF: a picture of 100 megapixels', make: () => pdfImages(1, 10_000, rgb, 3) },
  { name: 'PDF: 20 pictures of 100 megapixels', make: () => pdfImages(20, 10_000, rgb, 3) },
  {
    name: 'PDF: a picture of 100 megapixels of 16 bits',
    make: () => pdfImages(1, 10_000, '/ColorSpace /DeviceCMYK /BitsPerComponent 16', 8)
  },
  {
    name: 'PDF: a row of 2 GB',
    make: () =>
      pdfImages(
        1,
        100,
        `${rgb} /DecodeParms [null << /Predictor 15 /Colors 32 /BitsPerComponent 16 /Columns 30000000 >>]`,
        3
      )
  }
]
