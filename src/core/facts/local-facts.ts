import type { Code, LocalFacts } from '#shared/caption.ts'
import type { CodeReader, DecodedPicture, PlacedCode } from '#core/ports/pictures.ts'
import { blankColor } from './blank.ts'
import { pictureKind } from './kind.ts'

/** At this size, faint small text on a 4K screen still differs from its background. */
const limit = { maxWidthPx: 2048, maxHeightPx: 2048 }

/** The color of a blank picture, as a plain word; null if the picture isn't blank. */
export function blankColorOf(picture: DecodedPicture): string | null {
  return blankColor(picture.pixels(limit))
}

/** The facts this computer can find out right away. `text` stays null, because reading text takes seconds. */
export async function readLocalFacts(picture: DecodedPicture, codes: CodeReader): Promise<LocalFacts> {
  const image = picture.pixels(limit)
  const color = blankColor(image)
  return {
    width: picture.width,
    height: picture.height,
    mime: picture.mime,
    kind: pictureKind(image),
    isBlank: color !== null,
    blankColor: color,
    // Codes are optional: if the reader fails, the other facts must not be lost.
    codes: color === null ? (await codes.read(picture).catch(() => [])).map(contentOf) : [],
    text: null
  }
}

/** The code without its place. */
export function contentOf({ format, text }: PlacedCode): Code {
  return { format, text }
}
