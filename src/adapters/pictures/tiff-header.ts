import { view, type PixelSize } from './picture-formats.ts'

/** What the header says about a page of a TIFF; numbers as in the TIFF 6.0 specification. */
export interface TiffPage extends PixelSize {
  /** Among all pages of the file, small copies included. */
  index: number
  /** The offset of its directory. */
  directoryAt: number
  /** 1-8, as in EXIF. */
  orientation: number
  /** The offset of the orientation's value, or null. */
  orientationAt: number | null
  bitsPerSample: number
  samplesPerPixel: number
  compression: number
  photometric: number
  isTiled: boolean
  /** Pixels for each inch or centimeter; 1 if the file does not say. */
  perUnitAcross: number
  perUnitDown: number
  /** Number of strips or tiles. */
  pieceCount: number
  /** Floating-point or signed samples, or samples in separate planes. */
  isUncommon: boolean
}

export const tag = {
  subfileType: 254,
  width: 256,
  height: 257,
  bitsPerSample: 258,
  compression: 259,
  photometric: 262,
  fillOrder: 266,
  stripOffsets: 273,
  orientation: 274,
  samplesPerPixel: 277,
  rowsPerStrip: 278,
  stripByteCounts: 279,
  xResolution: 282,
  yResolution: 283,
  planarConfiguration: 284,
  fax3Options: 292,
  predictor: 317,
  colorMap: 320,
  tileWidth: 322,
  tileHeight: 323,
  tileOffsets: 324,
  tileByteCounts: 325,
  sampleFormat: 339,
  jpegTables: 347
}
/** Bytes per value of the types byte, short, long and undefined; others do not matter here. */
const valueBytes: Record<number, 1 | 2 | 4> = { 1: 1, 3: 2, 4: 4, 7: 1 }
const maxPages = 1000
/** In all pages together: the pages of a hostile file may share one list of a million. */
const maxStrips = 1_000_000

/**
 * The pages of a TIFF without thumbnails, so there may be none. Null when it is cut short, refers to itself in a circle or
 * makes no sense.
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
      const directory = readTiffDirectory(data, at)
      strips += directory.strips
      if (strips > maxStrips) return null
      if ((directory.value(tag.subfileType, 0) & 1) === 0) pages.push(readPage(directory, at, seen.size))
      seen.add(at)
      at = data.getUint32(directory.end, isLittleEndian)
    }
    return seen.size === 0 ? null : pages
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

export interface TiffDirectory {
  end: number
  strips: number
  has(wanted: number): boolean
  /** Throws a RangeError when they are outside the file. */
  values(wanted: number, most?: number): number[]
  value(wanted: number, otherwise: number): number
  /** A fraction above zero; null if there is none. */
  fraction(wanted: number): number | null
  /** Where the pixels are, from the top or tile by tile. Throws a RangeError when that is outside the file. */
  pieces(): { at: number; length: number }[]
  /** The offset of the value, if there is one. */
  placeOf(wanted: number): number | null
}

export function readTiffDirectory(data: DataView, at: number): TiffDirectory {
  const isLittleEndian = data.getUint8(0) === 0x49
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
    if (from + entry.count * size > data.byteLength) throw new RangeError('The values are outside the file.')
    return Array.from({ length: Math.min(entry.count, most) }, (_, index) => {
      const place = from + index * size
      if (size === 1) return data.getUint8(place)
      return size === 2 ? data.getUint16(place, isLittleEndian) : data.getUint32(place, isLittleEndian)
    })
  }
  const isTiled = entries.has(tag.tileWidth)
  const [offsets, byteCounts] = isTiled
    ? [tag.tileOffsets, tag.tileByteCounts]
    : [tag.stripOffsets, tag.stripByteCounts]
  return {
    end,
    strips: Math.max(entries.get(offsets)?.count ?? 0, entries.get(byteCounts)?.count ?? 0),
    has: (wanted) => entries.has(wanted),
    values,
    fraction(wanted) {
      const entry = entries.get(wanted)
      if (entry?.type !== 5) return null
      const from = data.getUint32(entry.at, isLittleEndian)
      // Metadata that is cut off must not cost the pixels.
      if (from + 8 > data.byteLength) return null
      const fraction = data.getUint32(from, isLittleEndian) / data.getUint32(from + 4, isLittleEndian)
      return fraction > 0 && Number.isFinite(fraction) ? fraction : null
    },
    value: (wanted, otherwise) => values(wanted, 1)[0] ?? otherwise,
    pieces() {
      const lengths = values(byteCounts)
      return values(offsets).map((offset, index) => {
        const length = lengths[index] ?? 0
        if (offset + length > data.byteLength) throw new RangeError('Pixels are outside the file.')
        return { at: offset, length }
      })
    },
    placeOf: (wanted) => entries.get(wanted)?.at ?? null
  }
}

function readPage(directory: TiffDirectory, directoryAt: number, index: number): TiffPage {
  const value = (wanted: number, otherwise: number): number => directory.value(wanted, otherwise)
  const [across, down] = [directory.fraction(tag.xResolution), directory.fraction(tag.yResolution)]
  return {
    index,
    directoryAt,
    width: value(tag.width, 0),
    height: value(tag.height, 0),
    orientation: value(tag.orientation, 1),
    orientationAt: directory.placeOf(tag.orientation),
    bitsPerSample: value(tag.bitsPerSample, 1),
    samplesPerPixel: value(tag.samplesPerPixel, 1),
    compression: value(tag.compression, 1),
    photometric: value(tag.photometric, 1),
    isTiled: directory.has(tag.tileWidth),
    perUnitAcross: across !== null && down !== null ? across : 1,
    perUnitDown: across !== null && down !== null ? down : 1,
    // Throws when pieces are outside the file, so that half a file is not drawn as if it were whole.
    pieceCount: directory.pieces().length,
    isUncommon: value(tag.sampleFormat, 1) !== 1 || value(tag.planarConfiguration, 1) !== 1
  }
}

/** pdf.js takes about a megabyte for each strip or tile. */
const maxPieces = 1000
/** Samples per pixel by photometric interpretation: gray in two ways, RGB, palette, CMYK, and YCbCr as JPEG unpacks it. */
const samplesFor: Record<number, number> = { 0: 1, 1: 1, 2: 3, 3: 1, 5: 4, 6: 3 }
const jpeg = 7

/**
 * What can draw a page: the library, which notices damage; otherwise pdf.js, since PDF packs pixels like TIFF; null if
 * neither can.
 */
export function decoderFor(page: TiffPage): 'library' | 'pdf' | null {
  const { compression, photometric, bitsPerSample, samplesPerPixel, isTiled, pieceCount } = page
  if (page.isUncommon) return null
  const isForLibrary = [1, 5, 8, 32946].includes(compression) && photometric <= 3 && [1, 8, 16].includes(bitsPerSample)
  if (isForLibrary && !isTiled) return 'library'
  const isForPdf =
    [1, 2, 3, 4, 5, jpeg, 8, 32773, 32946].includes(compression) &&
    samplesFor[photometric] === samplesPerPixel &&
    (photometric !== 6 || compression === jpeg) &&
    [1, 2, 4, 8].includes(bitsPerSample) &&
    pieceCount <= maxPieces
  return isForPdf ? 'pdf' : null
}
