import { DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import type { ClipboardContent } from '../ports/intake.ts'

/** Pictures that the clipboard holds or names. */
export type ClipboardOffer =
  | { kind: 'picture'; bytes: Uint8Array }
  /** Paths, or file: addresses, on this computer. */
  | { kind: 'files'; places: string[] }
  /** An http(s) address. */
  | { kind: 'address'; url: string }

const pictureName = /\.(?:png|jpe?g|webp|gif|bmp|tiff?|avif|hei[cf])$/iu
/** For a command, also documents and drawings; a watcher ignores those. */
const openableName = /\.(?:png|jpe?g|webp|gif|bmp|tiff?|avif|hei[cf]|svgz?|ico|cur|pdf)$/iu
const maxPathCharacters = 4096

/**
 * True for a path on a network share: `\\server\share`, `//server/share`, `\\?\UNC\…`, file://server/…. Windows sends the
 * user's credentials to any server that such a path names, so a path from the clipboard must not be opened.
 */
export function isNetworkPlace(place: string): boolean {
  if (/^file:/iu.test(place)) {
    const address = URL.parse(place)
    return address === null || address.host !== '' || /^\/(?:\/|\\|%2f|%5c)/iu.test(address.pathname)
  }
  // "\\?\C:\…" is this computer, spelled longer; other names after "\\?\", "\\.\" and "\??\" may lead anywhere.
  return /^[\\/](?:[\\/](?!\?[\\/][a-z]:[\\/])|\?\?[\\/])/iu.test(place)
}

/**
 * What a watcher may use: picture bytes without text beside them (behavior B5), a data: image, and copied picture files on
 * this computer. Never an address: opening it would tell its server that it was copied.
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
 * What a command describes: the first of picture bytes, copied files, a data: image, SVG source, a copied path or address
 * of a picture, and, if `mayFetch`, the address of a picture copied in a browser. Files come before picture bytes that have
 * text beside them, because file managers put an icon and the file names there.
 * Errors: no-picture (nothing, or marked private), no-permission (on a network share; not allowed to fetch).
 */
export function offerOnCommand(content: ClipboardContent, { mayFetch }: { mayFetch: boolean }): ClipboardOffer {
  const { picture, hasText, isConcealed, files, imageAddress } = content
  if (isConcealed) throw new DescryError('no-picture', { message: t('capture.clipboard-private') })

  const pictureFiles = files.filter((path) => openableName.test(path))
  const places = pictureFiles.filter((path) => !isNetworkPlace(path))
  if (picture && !(hasText && places.length > 0)) return { kind: 'picture', bytes: picture }
  if (places.length > 0) return { kind: 'files', places }
  if (pictureFiles.length > 0) throw onNetwork()
  const bytes = imageAddress === null ? null : dataImage(imageAddress)
  if (bytes) return { kind: 'picture', bytes }
  const named = content.text === null ? null : offerInText(content.text)
  if (named) return named
  if (imageAddress !== null && !imageAddress.startsWith('data:')) {
    if (mayFetch) return { kind: 'address', url: imageAddress }
    throw new DescryError('no-permission', {
      message: t('capture.only-address'),
      next: t('capture.only-address.next')
    })
  }
  throw new DescryError('no-picture', { message: t('capture.clipboard-empty') })
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
  // "Copy as path" in Windows puts quotes around it.
  const place = trimmed.replace(/^(["'])(.*)\1$/u, '$2')
  if (place.length > maxPathCharacters || /[\r\n\0]/u.test(place)) return null
  if (/^https?:\/\/\S+$/iu.test(place)) return { kind: 'address', url: place }
  const isPlace = /^(?:file:|~?[\\/]|[a-z]:[\\/])/iu.test(place)
  if (!isPlace || !openableName.test(place)) return null
  if (isNetworkPlace(place)) throw onNetwork()
  return { kind: 'files', places: [place] }
}

function onNetwork(): DescryError {
  return new DescryError('no-permission', {
    message: t('capture.on-network'),
    next: t('capture.on-network.next')
  })
}

/** The bytes of a data: address of an image; null when it is something else, or damaged. */
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
