import { inflateSync } from 'node:zlib'
import { view } from './picture-formats.ts'
import { readTiffDirectory, tag, type TiffDirectory, type TiffPage } from './tiff-header.ts'

// PDF packs pixels the way TIFF does: fax, PackBits, LZW, predictors, palettes. So pdf.js can also unpack a TIFF, whose
// strips or tiles only have to be wrapped differently, as libtiff's tiff2pdf does. Runs in the helper process.

const fax1d = 2
const fax3 = 3
const fax4 = 4
const jpeg = 7
const filters: Record<number, string> = {
  [fax1d]: '/CCITTFaxDecode',
  [fax3]: '/CCITTFaxDecode',
  [fax4]: '/CCITTFaxDecode',
  5: '/LZWDecode',
  [jpeg]: '/DCTDecode',
  8: '/FlateDecode',
  32946: '/FlateDecode',
  32773: '/RunLengthDecode'
}

/** A PDF of one page, one point per pixel, not turned upright. Throws any error when it is damaged. */
export function tiffPageAsPdf(bytes: Uint8Array, page: TiffPage): Uint8Array {
  const directory = readTiffDirectory(view(bytes), page.directoryAt)
  const { width, height, isTiled } = page
  const pieceWidth = isTiled ? directory.value(tag.tileWidth, width) : width
  const rows = directory.value(isTiled ? tag.tileHeight : tag.rowsPerStrip, height)
  if (!(pieceWidth > 0 && rows > 0)) throw new Error('The pieces have no size.')
  const across = Math.ceil(width / pieceWidth)
  const attributes = pieceAttributes(directory, page, pieceWidth)

  const objects: Buffer[] = []
  let content = ''
  for (const [index, { at, length }] of directory.pieces().entries()) {
    const [left, top] = [(index % across) * pieceWidth, Math.floor(index / across) * rows]
    const pieceHeight = isTiled ? rows : Math.min(rows, height - top)
    if (pieceHeight <= 0) break
    content += `q ${pieceWidth} 0 0 ${pieceHeight} ${left} ${height - top - pieceHeight} cm /P${index} Do Q\n`
    if (length === 0) throw new Error('A piece is empty.')
    const piece = bytes.subarray(at, at + length)
    // Throws for a damaged piece, because pdf.js would draw as much of it as it can.
    if (filters[page.compression] === '/FlateDecode') inflateSync(piece)
    const data = stored(piece, directory, page)
    objects.push(stream(`${attributes(pieceHeight)} /Width ${pieceWidth} /Height ${pieceHeight}`, data))
  }
  const names = objects.map((_, index) => `/P${index} ${firstPiece + index} 0 R`).join(' ')
  return pdfFile([
    Buffer.from('<< /Type /Catalog /Pages 2 0 R >>'),
    Buffer.from('<< /Type /Pages /Count 1 /Kids [3 0 R] >>'),
    Buffer.from(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${width} ${height}] /Contents 4 0 R /Resources << /XObject << ${names} >> >> >>`
    ),
    stream('', Buffer.from(content)),
    ...objects
  ])
}

/** The object number of the first piece, after the objects that every PDF has. */
const firstPiece = 5

function pieceAttributes(
  directory: TiffDirectory,
  { compression, photometric, bitsPerSample, samplesPerPixel }: TiffPage,
  pieceWidth: number
): (pieceHeight: number) => string {
  const isFax = compression >= fax1d && compression <= fax4
  // In a fax a black dot is 1, which PDF's decoder inverts, so here it is the other way around.
  const isTurned = photometric === (isFax ? 1 : 0)
  const fixed =
    `/Type /XObject /Subtype /Image /BitsPerComponent ${bitsPerSample} /ColorSpace ${colorSpace(directory, photometric, bitsPerSample)}` +
    (isTurned ? ' /Decode [1 0]' : '') +
    (compression === 1 ? '' : ` /Filter ${filters[compression]}`)
  if (isFax) {
    const isTwoDimensional = compression === fax3 && (directory.value(tag.fax3Options, 0) & 1) === 1
    const coding = compression === fax4 ? -1 : isTwoDimensional ? 1 : 0
    return (pieceHeight) =>
      `${fixed} /DecodeParms << /K ${coding} /Columns ${pieceWidth} /Rows ${pieceHeight} /EndOfBlock false` +
      `${compression === fax1d ? ' /EncodedByteAlign true' : ''} >>`
  }
  // The color space of a JPEG that does not state its own.
  if (compression === jpeg) return () => `${fixed} /DecodeParms << /ColorTransform ${photometric === 6 ? 1 : 0} >>`
  if (directory.value(tag.predictor, 1) === 2)
    return () =>
      `${fixed} /DecodeParms << /Predictor 2 /Colors ${samplesPerPixel} /BitsPerComponent ${bitsPerSample} /Columns ${pieceWidth} >>`
  return () => fixed
}

function colorSpace(directory: TiffDirectory, photometric: number, bitsPerSample: number): string {
  if (photometric === 3) {
    // All reds, then all greens, then all blues, of 16 bits each.
    const map = directory.values(tag.colorMap)
    const count = 2 ** bitsPerSample
    if (map.length < 3 * count) throw new Error('The palette is too short.')
    const entries = Array.from(
      { length: 3 * count },
      (_, index) => (map[(index % 3) * count + Math.floor(index / 3)] ?? 0) >> 8
    )
    return `[/Indexed /DeviceRGB ${count - 1} <${Buffer.from(entries).toString('hex')}>]`
  }
  if (photometric === 5) return '/DeviceCMYK'
  return photometric < 2 ? '/DeviceGray' : '/DeviceRGB'
}

/** A piece as PDF stores it. */
function stored(piece: Uint8Array, directory: TiffDirectory, { compression }: TiffPage): Uint8Array {
  if (compression === jpeg) {
    // The tables that all pieces share, without their end marker, then the piece without its start marker.
    const tables = directory.values(tag.jpegTables).slice(0, -2)
    return tables.length === 0 ? piece : Buffer.concat([Buffer.from(tables), piece.subarray(2)])
  }
  return directory.value(tag.fillOrder, 1) === 2 ? piece.map(mirroredByte) : piece
}

function mirroredByte(byte: number): number {
  let mirrored = 0
  for (let bit = 0; bit < 8; bit += 1) mirrored = (mirrored << 1) | ((byte >> bit) & 1)
  return mirrored
}

function stream(attributes: string, data: Uint8Array): Buffer {
  return Buffer.concat([
    Buffer.from(`<< ${attributes} /Length ${data.length} >>\nstream\n`),
    data,
    Buffer.from('\nendstream')
  ])
}

/** Objects are numbered from 1; the first is the catalog. */
function pdfFile(objects: Buffer[]): Buffer {
  const parts = [Buffer.from('%PDF-1.7\n')]
  let at = 9
  let table = ''
  for (const [index, object] of objects.entries()) {
    const part = Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), object, Buffer.from('\nendobj\n')])
    table += `${String(at).padStart(10, '0')} 00000 n \n`
    at += part.length
    parts.push(part)
  }
  const count = objects.length + 1
  parts.push(
    Buffer.from(
      `xref\n0 ${count}\n0000000000 65535 f \n${table}trailer\n<< /Size ${count} /Root 1 0 R >>\nstartxref\n${at}\n%%EOF\n`
    )
  )
  return Buffer.concat(parts)
}
