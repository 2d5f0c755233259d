import { view, type PixelSize } from './picture-formats.ts'

/** What a page of a TIFF says about itself; figures as in the TIFF 6.0 specification. */
export interface TiffPage extends PixelSize {
  /** Among all pages of the file, small copies included. */
  index: number
  /** 1-8, as in EXIF. */
  orientation: number
  /** Where the orientation stands in the file, or null. */
  orientationAt: number | null
  bitsPerSample: number
  samplesPerPixel: number
  compression: number
  photometric: number
  /** Floating-point or signed samples, samples in planes of their own, or stored in tiles. */
  isUncommon: boolean
}

const tag = {
  subfileType: 254,
  width: 256,
  height: 257,
  bitsPerSample: 258,
  compression: 259,
  photometric: 262,
  stripOffsets: 273,
  orientation: 274,
  samplesPerPixel: 277,
  stripByteCounts: 279,
  planarConfiguration: 284,
  tileWidth: 322,
  sampleFormat: 339
}
/** Bytes of one value: of type byte, short and long; others do not matter here. */
const valueBytes: Record<number, 1 | 2 | 4> = { 1: 1, 3: 2, 4: 4 }
const maxPages = 1000
/** Of all pages. Pages of a hostile file may share one list of a million. */
const maxStrips = 1_000_000

/**
 * The pages of a TIFF, small copies left off, so that none may be left. Null when it is cut short, goes round in a circle or makes no sense.
 */
export function readTiffPages(bytes: Uint8Array): TiffPage[] | null {
  try {
    const data = view(bytes)
    const isLittleEndian = bytes[0] === 0x49
    const seen = new Set<number>()
    const pages: TiffPage[] = []
    let strips = 0
    for (let at = data.getUint32(4, isLittleEndian); at !== 0;) {
      if (seen.has(at) || seen.size === maxPages) return null
      const directory = readDirectory(data, at, isLittleEndian)
      strips += directory.strips
      if (strips > maxStrips) return null
      const page = directory.page(seen.size)
      if (page !== null) pages.push(page)
      seen.add(at)
      at = data.getUint32(directory.end, isLittleEndian)
    }
    return seen.size === 0 ? null : pages
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

interface Directory {
  end: number
  strips: number
  /** Null for a small copy of another page. Throws a RangeError when the pixels lie outside the file. */
  page(index: number): TiffPage | null
}

function readDirectory(data: DataView, at: number, isLittleEndian: boolean): Directory {
  const entries = new Map<number, { at: number; type: number; count: number }>()
  const end = at + 2 + 12 * data.getUint16(at, isLittleEndian)
  for (let entry = at + 2; entry < end; entry += 12)
    entries.set(data.getUint16(entry, isLittleEndian), {
      at: entry + 8,
      type: data.getUint16(entry + 2, isLittleEndian),
      count: data.getUint32(entry + 4, isLittleEndian)
    })

  function values(wanted: number, most = Infinity): number[] {
    const entry = entries.get(wanted)
    const size = valueBytes[entry?.type ?? 0]
    if (entry === undefined || size === undefined) return []
    const from = entry.count * size > 4 ? data.getUint32(entry.at, isLittleEndian) : entry.at
    if (from + entry.count * size > data.byteLength) throw new RangeError('The values lie outside the file.')
    return Array.from({ length: Math.min(entry.count, most) }, (_, index) => {
      const place = from + index * size
      if (size === 1) return data.getUint8(place)
      return size === 2 ? data.getUint16(place, isLittleEndian) : data.getUint32(place, isLittleEndian)
    })
  }
  const value = (wanted: number, otherwise: number): number => values(wanted, 1)[0] ?? otherwise

  const strips = Math.max(entries.get(tag.stripOffsets)?.count ?? 0, entries.get(tag.stripByteCounts)?.count ?? 0)
  return {
    end,
    strips,
    page(index) {
      if ((value(tag.subfileType, 0) & 1) === 1) return null
      const lengths = values(tag.stripByteCounts)
      for (const [strip, offset] of values(tag.stripOffsets).entries())
        if (offset + (lengths[strip] ?? 0) > data.byteLength) throw new RangeError('A strip lies outside the file.')
      return {
        index,
        width: value(tag.width, 0),
        height: value(tag.height, 0),
        orientation: value(tag.orientation, 1),
        orientationAt: entries.get(tag.orientation)?.at ?? null,
        bitsPerSample: value(tag.bitsPerSample, 1),
        samplesPerPixel: value(tag.samplesPerPixel, 1),
        compression: value(tag.compression, 1),
        photometric: value(tag.photometric, 1),
        isUncommon:
          value(tag.sampleFormat, 1) !== 1 || value(tag.planarConfiguration, 1) !== 1 || entries.has(tag.tileWidth)
      }
    }
  }
}
