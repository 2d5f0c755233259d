import { fileURLToPath } from 'node:url'

/** Names and contents of the clipboard's formats. */

/** Best first: lossless, then small, then old. Old programs use other names for some. */
export const pictureFormats = [
  'image/png',
  'image/jpeg',
  'image/jpg',
  'image/webp',
  'image/avif',
  'image/gif',
  'image/bmp',
  'image/x-bmp',
  'image/x-MS-bmp',
  'image/tiff',
  'image/svg+xml'
]
export const textFormat =
  /^(?:text\/(?:plain|rtf|richtext|html)|application\/rtf)\b|^(?:UTF8_STRING|STRING|TEXT|COMPOUND_TEXT)$/u
/** Unicode first. */
export const plainTextFormats = ['text/plain;charset=utf-8', 'UTF8_STRING', 'text/plain']

/** Its content is "secret" for a password. */
export const kdeSecretMark = 'x-kde-passwordManagerHint'
/** Formats whose mere presence means "leave this alone": Windows, macOS. */
export const secretMarks = new Set([
  'ExcludeClipboardContentFromMonitorProcessing',
  'Clipboard Viewer Ignore',
  'org.nspasteboard.ConcealedType'
])

/** What macOS and Windows call formats that have a MIME type. */
const mimeTypes: Record<string, string> = {
  'public.png': 'image/png',
  PNG: 'image/png',
  'public.jpeg': 'image/jpeg',
  JFIF: 'image/jpeg',
  'com.compuserve.gif': 'image/gif',
  GIF: 'image/gif',
  'org.webmproject.webp': 'image/webp',
  'com.microsoft.bmp': 'image/bmp',
  'public.tiff': 'image/tiff',
  'public.svg-image': 'image/svg+xml',
  'public.utf8-plain-text': 'text/plain',
  'public.html': 'text/html',
  'public.rtf': 'text/rtf',
  'public.file-url': 'text/uri-list'
}

/** The MIME type of a format that the system names in its own way; any other name as it is. */
export function mimeOfSystemFormat(name: string): string {
  return mimeTypes[name] ?? name
}

/** How file managers offer copied files, best first. */
export const fileFormats = ['text/uri-list', 'x-special/gnome-copied-files']

/**
 * The paths in a list of addresses, one per line. A file on a server, whatever the protocol, becomes `//server/path`, so
 * that it is not mistaken for a local one; web addresses and lines that are not addresses are left out.
 */
export function copiedFiles(list: string, platform: NodeJS.Platform): string[] {
  // GNOME's list begins with "copy" or "cut"; the standard one may contain comments.
  return list
    .split(/[\r\n\0]+/u)
    .map((line) => pathOf(line.trim(), platform))
    .filter((path) => path !== null)
}

function pathOf(line: string, platform: NodeJS.Platform): string | null {
  if (line.startsWith('/')) return line
  const address = URL.parse(line)
  if (!address || /^https?:$/u.test(address.protocol)) return null
  try {
    if (address.host !== '') return `//${address.host}${decodeURIComponent(address.pathname)}`
    return address.protocol === 'file:' ? fileURLToPath(address, { windows: platform === 'win32' }) : null
  } catch {
    return null
  }
}

/** Firefox uses UTF-16, everyone else UTF-8. */
function decode(bytes: Uint8Array): string {
  return new TextDecoder(bytes.subarray(0, 200).includes(0) ? 'utf-16le' : 'utf-8').decode(bytes)
}

/** An <img> on its own. */
export interface SingleImage {
  /** The address of its picture, if it is a data: or http(s) address. */
  address: string | null
}

/**
 * The <img> of HTML that contains one <img> and no words, as a browser puts next to a copied picture; null otherwise. Tags
 * around it do not matter. Runs in linear time, since the HTML comes from strangers.
 */
export function singleImage(bytes: Uint8Array): SingleImage | null {
  const html = decode(bytes)
  let words = ''
  const images: string[] = []
  let position = 0
  while (position < html.length) {
    const start = html.indexOf('<', position)
    if (start === -1) {
      words += html.slice(position)
      break
    }
    words += html.slice(position, start)
    position = tagEnd(html, start)
    if (/^<img\b/iu.test(html.slice(start, start + 5))) images.push(html.slice(start + 4, position))
    // Style sheets and the like, which office programs add, are not visible text.
    const unseen = /^<(style|title|script)\b/iu.exec(html.slice(start, start + 8))?.[1]
    if (unseen) position = elementEnd(html, position, unseen)
  }
  const [image] = images
  if (image === undefined || images.length > 1 || !/^(?:\s|&nbsp;|\0)*$/u.test(words)) return null
  const address = source(image)
  return { address: address !== null && /^(?:data:image\/|https?:\/\/)/iu.test(address) ? address : null }
}

/** Where the closing tag begins, for an element that contains text and no other tags. */
function elementEnd(html: string, start: number, name: string): number {
  const closing = new RegExp(`</${name}`, 'giu')
  closing.lastIndex = start
  return closing.exec(html)?.index ?? html.length
}

/** Where the text after a tag or comment begins; a `>` inside quotes does not end a tag. */
function tagEnd(html: string, start: number): number {
  if (html.startsWith('<!--', start)) {
    const end = html.indexOf('-->', start)
    return end === -1 ? html.length : end + 3
  }
  let quote = ''
  for (let index = start + 1; index < html.length; index += 1) {
    const character = html.charAt(index)
    if (quote !== '') quote = character === quote ? '' : quote
    else if (character === '"' || character === "'") quote = character
    else if (character === '>') return index + 1
  }
  return html.length
}

const entities: Record<string, string> = { amp: '&', quot: '"', '#39': "'", apos: "'", lt: '<', gt: '>' }

/** The `src` among a tag's attributes. */
function source(attributes: string): string | null {
  for (const [, name, ...values] of attributes.matchAll(
    /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?/gu
  )) {
    if (name?.toLowerCase() !== 'src') continue
    const value = values.find((one) => one !== undefined)
    return value?.trim().replace(/&(amp|quot|#39|apos|lt|gt);/gu, (_, entity: string) => entities[entity] ?? '') ?? null
  }
  return null
}
