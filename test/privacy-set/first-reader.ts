import { languagesToRead } from '#adapters/ocr/language-data.ts'
import { readText } from '#adapters/ocr/text-engine.ts'
import type { DecodedPicture, ReadText } from '#core/ports/pictures.ts'
import type { Language } from './languages.ts'

/** Reads a picture as Descry does for someone who reads its language, but in this process: a helper gives way to all others. */
export function readPicture(picture: DecodedPicture, language: Language): Promise<ReadText> {
  return readText({
    picture: picture.pixels({ maxWidthPx: 3840, maxHeightPx: 3840 }),
    sourceWidth: picture.width,
    languages: languagesToRead([language])
  })
}
