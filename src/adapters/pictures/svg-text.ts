/** The beginning of a file that states its encoding, and the longest that may come before an SVG's document element. */
export const svgHeadBytes = 20_000

/** The text of an SVG, or of its first bytes: UTF-8 unless a byte order mark, zeros, or the XML declaration say otherwise. */
export function svgText(bytes: Uint8Array): string {
  return new TextDecoder(encodingOf(bytes)).decode(bytes)
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
