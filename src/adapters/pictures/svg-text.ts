import { constants, gunzipSync } from 'node:zlib'

/** As much as may come before an SVG's document element. */
const svgHeadBytes = 20_000

/** More text than any SVG that can be drawn in time. */
const maxUnpackedBytes = 50_000_000

/** The beginning of an SVG's text; empty if it cannot be unpacked. */
export function svgHead(bytes: Uint8Array): string {
  try {
    return svgText(bytes.subarray(0, svgHeadBytes))
  } catch {
    return ''
  }
}

/**
 * The text of an SVG, also of one packed with gzip (svgz): UTF-8 unless a byte order mark, zeros, or the XML declaration say
 * otherwise. Throws any error if it cannot be unpacked.
 */
export function svgText(bytes: Uint8Array): string {
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b
  const unpacked = isPacked
    ? gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: maxUnpackedBytes })
    : bytes
  return new TextDecoder(encodingOf(unpacked)).decode(unpacked)
}

function encodingOf(bytes: Uint8Array): string {
  const [first, second] = bytes
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) return 'utf-16le'
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)) return 'utf-16be'
  const declaration = String.fromCharCode(...bytes.subarray(0, 200))
  const named = /^(?:\u00ef\u00bb\u00bf)?\s*<\?xml[^>]*\bencoding\s*=\s*["']([\w.:-]+)["']/u.exec(declaration)?.[1]
  // What is declared as UTF-16, but is not, is UTF-8.
  if (named === undefined || /^utf-?16/iu.test(named)) return 'utf-8'
  return isKnown(named) ? named : 'windows-1252'
}

function isKnown(encoding: string): boolean {
  try {
    return new TextDecoder(encoding).encoding !== ''
  } catch {
    return false
  }
}

const pictureElement = /<(?:\w+:)?(?:fe)?image\b[^<>]*?\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')/giu

/** Whether an SVG shows pictures from other files or addresses. They are never loaded. */
export function hasLinkedPictures(text: string): boolean {
  return [...text.matchAll(pictureElement)].some(
    ([, double, single = '']) => !/^\s*(?:data:|#|$)/iu.test(double ?? single)
  )
}
