import type { PartChoice } from './options.ts'
import { isPdf, isPictureHead, readPictureHeader } from '#adapters/pictures/picture-header.ts'
import type { FileOpener, PicturePart } from '#core/ports/pictures.ts'
import { DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'

/** Every page costs money, so only this many pages of a long document are described unless the user asks for more. */
const firstPages = 3

/** The parts of a file to describe. */
export interface ChosenParts {
  chosen: PicturePart[]
  /** Pages that were left out because nobody asked for them. */
  left: number
  close(): Promise<void>
}

/**
 * Without a request: the first pages of a document, or any other file as a whole, since its frames and parts are
 * described only if the user asks for them. Errors: as FileOpener; not-found when there is no such part.
 */
export async function openChosen(
  opener: FileOpener,
  bytes: Uint8Array,
  wanted: PartChoice | null
): Promise<ChosenParts> {
  if (wanted === null && !isDocument(bytes)) {
    const whole = { label: null, fragment: '', load: async () => bytes, text: async () => null }
    return { chosen: [whole], left: 0, close: async () => undefined }
  }
  const file = await opener.open(bytes)
  const count = file.parts.length
  const isWanted = (number: number): boolean => {
    if (wanted === null) return number <= firstPages
    return wanted === 'all' || wanted.some(({ from, to }) => number >= from && number <= to)
  }
  const chosen = file.parts.filter((_, index) => isWanted(index + 1))
  if (chosen.length === 0) {
    await file.close()
    throw new DescryError('not-found', {
      message: t('pictures.no-such-part'),
      next: t('pictures.no-such-part.next', { count })
    })
  }
  return { chosen, left: wanted === null ? count - chosen.length : 0, close: () => file.close() }
}

/** Whether the file has pages. The decoder rejects unsupported types. */
function isDocument(bytes: Uint8Array): boolean {
  return isPdf(bytes) || (isPictureHead(bytes) && readPictureHeader(bytes).mime === 'image/tiff')
}
