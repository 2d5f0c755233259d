/** The icon formats of Windows and macOS. Both may contain PNGs as they are. */

interface SizedPng {
  sizePx: number
  png: Buffer
}

/**
 * A Windows icon. Sizes up to 256.
 * https://learn.microsoft.com/en-us/previous-versions/ms997538(v=msdn.10)
 */
export function encodeIco(images: readonly SizedPng[]): Buffer {
  const header = Buffer.alloc(6)
  header.writeUInt16LE(1, 2) // an icon, not a cursor
  header.writeUInt16LE(images.length, 4)

  let offset = header.length + 16 * images.length
  const entries = images.map(({ sizePx, png }) => {
    const entry = Buffer.alloc(16)
    const side = sizePx === 256 ? 0 : sizePx // one byte: 0 means 256
    entry.writeUInt8(side, 0)
    entry.writeUInt8(side, 1)
    entry.writeUInt16LE(1, 4) // color planes
    entry.writeUInt16LE(32, 6) // bits per pixel
    entry.writeUInt32LE(png.length, 8)
    entry.writeUInt32LE(offset, 12)
    offset += png.length
    return entry
  })
  return Buffer.concat([header, ...entries, ...images.map(({ png }) => png)])
}

/** The type code of each size that may be a PNG; 32, 256 and 512 also serve as 16@2x, 128@2x and 256@2x. */
const icnsTypes: Record<number, readonly string[]> = {
  32: ['ic11'],
  64: ['ic12'],
  128: ['ic07'],
  256: ['ic08', 'ic13'],
  512: ['ic09', 'ic14'],
  1024: ['ic10']
}

/** A macOS icon. Sizes of `icnsTypes` only. https://en.wikipedia.org/wiki/Apple_Icon_Image_format */
export function encodeIcns(images: readonly SizedPng[]): Buffer {
  const dependencies = images.flatMap(({ sizePx, png }) => {
    const types = icnsTypes[sizePx]
    if (!types) throw new Error(`An icns file has no place for ${sizePx} pixels.`)
    return types.map((type) => icnsPart(type, png))
  })
  return icnsPart('icns', Buffer.concat(dependencies))
}

function icnsPart(type: string, data: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.write(type, 'latin1')
  head.writeUInt32BE(head.length + data.length, 4)
  return Buffer.concat([head, data])
}
