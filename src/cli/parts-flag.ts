import type { PartChoice } from './options.ts'
import { isPdf, isPictureHead, readPictureHeader } from '#adapters/pictures/picture-header.ts'
import type { FileOpener, PicturePart } from '#core/ports/pictures.ts'
import { DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'

/** Each page is paid for: of a long document only these are described unless more are asked for. */
const firstPages = 3

/** The parts of a file that are to be described. */
export interface ChosenParts {
  chosen: PicturePart[]
  /** Pages that nobody asked for and that were left off. */
  left: number
  close(): Promise<void>
}

/**
 * Without a wish: the first pages of a document, and any other file whole, since its frames and parts are only looked at
 * closer when somebody asks. Errors: as FileOpener; not-found when there is no such part.
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

/** What has pages. What is none of the kinds that are read is refused by the decoder. */
function isDocument(bytes: Uint8Array): boolean {
  return isPdf(bytes) || (isPictureHead(bytes) && readPictureHeader(bytes).mime === 'image/tiff')
}
