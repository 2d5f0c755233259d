import { homedir } from 'node:os'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fetchPicture } from '#adapters/pictures/picture-address.ts'
import { readPictureFile } from '#adapters/pictures/picture-file.ts'
import { isNetworkPlace, offerOnCommand, type ClipboardOffer } from '#core/intake/clipboard-offer.ts'
import type { Clipboard } from '#core/ports/intake.ts'
import type { Settings } from '#shared/settings.ts'
import { DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'

/** A picture that the clipboard holds or names. Its bytes are read when they are needed, since there may be hundreds. */
export interface OfferedPicture {
  label: string
  /** The path of a copied file, which may be a document with pages; null for everything else. */
  path: string | null
  /** Errors: those of reading a file or an address; an AbortError when the signal fired. */
  read(signal?: AbortSignal): Promise<Uint8Array>
}

export const clipboardLabel = (): string => t('capture.clipboard-picture')

/** The pictures of an offer, at least one. */
export function picturesOf(offer: ClipboardOffer): OfferedPicture[] {
  if (offer.kind === 'picture')
    return [{ label: clipboardLabel(), path: null, read: () => Promise.resolve(offer.bytes) }]
  if (offer.kind === 'address')
    return [{ label: addressLabel(offer.url), path: null, read: (signal) => fetchPicture(offer.url, { signal }) }]
  return offer.places.map((place) => {
    const path = localPath(place)
    return { label: basename(path), path, read: () => readPictureFile(path) }
  })
}

/**
 * What the user means by "the clipboard": one picture or many. Waits for a program that is slow to hand over what was
 * copied from it. Errors: no-picture, no-permission, timed-out, too-large.
 */
export async function readClipboardPictures(
  clipboard: Clipboard,
  settings: Pick<Settings, 'fetchCopiedPictures'>
): Promise<OfferedPicture[]> {
  const content = await clipboard.read()
  return picturesOf(offerOnCommand(content, { mayFetch: settings.fetchCopiedPictures }))
}

function localPath(place: string): string {
  let path = place.replace(/^~(?=[\\/])/u, () => homedir())
  try {
    if (/^file:/iu.test(place)) path = fileURLToPath(place)
  } catch (cause) {
    throw new DescryError('not-found', { cause })
  }
  // Checked again in the form in which it will be opened.
  if (isNetworkPlace(path)) throw new DescryError('no-permission')
  return path
}

/** The file's name, or the server's. */
function addressLabel(url: string): string {
  const { host, pathname } = new URL(url)
  const name = basename(pathname)
  try {
    return decodeURIComponent(name) || host
  } catch {
    return name
  }
}
