import { DescryError } from '#shared/errors.ts'
import type { ClipboardContent } from '../ports/intake.ts'

/** Pictures that lie on the clipboard, or that it names. */
export type ClipboardOffer =
  | { kind: 'picture'; bytes: Uint8Array }
  /** Paths, or file: addresses, on this computer. */
  | { kind: 'files'; places: string[] }
  /** An http(s) address. */
  | { kind: 'address'; url: string }

const pictureName = /\.(?:png|jpe?g|webp|gif|bmp|tiff?|avif|hei[cf])$/iu
/** What a user may mean as well; a watcher leaves documents and drawings alone. */
const openableName = /\.(?:png|jpe?g|webp|gif|bmp|tiff?|avif|hei[cf]|svgz?|pdf)$/iu
const maxPathCharacters = 4096

/**
 * True for a place on a server: `\\server\share`, `//server/share`, `\\?\UNC\…`, file://server/…. Windows shows its
 * user's credentials to any server that such a path names, so that nothing opens one that came from the clipboard.
 */
export function isNetworkPlace(place: string): boolean {
  if (/^file:/iu.test(place)) {
    const address = URL.parse(place)
    return address === null || address.host !== '' || /^\/(?:\/|\\|%2f|%5c)/iu.test(address.pathname)
  }
  // "\\?\C:\…" is this computer in a longer spelling; other names after "\\?\", "\\.\" and "\??\" may lead anywhere.
  return /^[\\/](?:[\\/](?!\?[\\/][a-z]:[\\/])|\?\?[\\/])/iu.test(place)
}

/**
 * What a watcher may take by itself: picture bytes without text beside them (behavior B5), a data: image, and copied
 * picture files on this computer. Never an address: opening one tells somebody else that it was copied.
 */
export function offerToWatcher(content: ClipboardContent): ClipboardOffer | null {
  const { picture, hasText, isConcealed, files, imageAddress } = content
  if (isConcealed) return null
  if (picture && !hasText) return { kind: 'picture', bytes: picture }
  const places = files.filter((path) => pictureName.test(path) && !isNetworkPlace(path))
  if (places.length > 0) return { kind: 'files', places }
  const bytes = imageAddress === null ? null : dataImage(imageAddress)
  return bytes && { kind: 'picture', bytes }
}

/**
 * What the user means who asks for the clipboard: the first of picture bytes, copied files, a data: image, SVG source,
 * a copied path or address of a picture, and the address of a picture copied in a browser if the user `mayFetch` such.
 * Files come before picture bytes that have text beside them: file managers put an icon and the names there.
 * Errors: no-picture (nothing, or marked private), no-permission (on a server; not allowed to fetch).
 */
export function offerOnCommand(content: ClipboardContent, { mayFetch }: { mayFetch: boolean }): ClipboardOffer {
  const { picture, hasText, isConcealed, files, imageAddress } = content
  if (isConcealed) throw new DescryError('no-picture', { message: 'The clipboard is marked private.' })

  const pictureFiles = files.filter((path) => openableName.test(path))
  const places = pictureFiles.filter((path) => !isNetworkPlace(path))
  if (picture && !(hasText && places.length > 0)) return { kind: 'picture', bytes: picture }
  if (places.length > 0) return { kind: 'files', places }
  if (pictureFiles.length > 0) throw onServer()
  const bytes = imageAddress === null ? null : dataImage(imageAddress)
  if (bytes) return { kind: 'picture', bytes }
  const named = content.text === null ? null : offerInText(content.text)
  if (named) return named
  if (imageAddress !== null && !imageAddress.startsWith('data:')) {
    if (mayFetch) return { kind: 'address', url: imageAddress }
    throw new DescryError('no-permission', {
      message: 'Only the address of the picture was copied.',
      next: 'Allow fetching copied pictures in settings.'
    })
  }
  throw new DescryError('no-picture', { message: 'There is no picture on the clipboard.' })
}

/** Text that is exactly one path or address of a picture, or a picture's SVG source. */
function offerInText(text: string): ClipboardOffer | null {
  if (/^\s*(?:<\?xml|<!--|<!DOCTYPE\s+svg|<svg)/iu.test(text) && /<svg[\s>]/iu.test(text))
    return { kind: 'picture', bytes: new TextEncoder().encode(text) }
  const trimmed = text.trim()
  if (/^data:image\//iu.test(trimmed)) {
    const bytes = dataImage(trimmed)
    return bytes && { kind: 'picture', bytes }
  }
  // Windows' "Copy as path" puts quotes round it.
  const place = trimmed.replace(/^(["'])(.*)\1$/u, '$2')
  if (place.length > maxPathCharacters || /[\r\n\0]/u.test(place)) return null
  if (/^https?:\/\/\S+$/iu.test(place)) return { kind: 'address', url: place }
  const isPlace = /^(?:file:|~?[\\/]|[a-z]:[\\/])/iu.test(place)
  if (!isPlace || !openableName.test(place)) return null
  if (isNetworkPlace(place)) throw onServer()
  return { kind: 'files', places: [place] }
}

function onServer(): DescryError {
  return new DescryError('no-permission', {
    message: 'This picture lies on a server.',
    next: 'Save it on this computer, and copy that file.'
  })
}

/** The bytes of a data: address of an image; null when it is none, or damaged. */
export function dataImage(address: string): Uint8Array | null {
  const comma = address.indexOf(',')
  const head = address.slice(0, Math.min(comma, 200))
  if (comma < 0 || !/^data:image\//iu.test(head)) return null
  try {
    const text = decodeURIComponent(address.slice(comma + 1))
    if (!/;base64$/iu.test(head.trimEnd())) return new TextEncoder().encode(text)
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  } catch {
    return null
  }
}
