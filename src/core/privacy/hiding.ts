import { holdsMiddle } from '#core/areas.ts'
import type { CodeReader, DecodedPicture, ReadText, TextReader } from '#core/ports/pictures.ts'
import type { Area } from '#shared/caption.ts'
import type { Found } from './found.ts'

/** Boxes reach this far beyond what was read, in heights of the text: OCR places words only roughly. */
const margin = { across: 0.6, down: 0.35 }
/** After each look at the hidden picture, boxes over something still legible grow by this many heights. */
const growth = 0.6
const maxLooks = 3
/** How much around a box is read again, in heights of the text. */
const surroundings = { across: 6, down: 2.5 }
/** So many characters of a value in a row are worth something to a stranger; of a short value, half of it. */
const legibleCharacters = 4

interface Readers {
  reader: TextReader
  codes: CodeReader
}

/**
 * The picture with opaque boxes over what was found, read again to prove that nothing legible is left; null when it still
 * is after larger and larger boxes. Errors: those of the readers.
 *
 * @param languages BCP 47 tags, for the reader.
 */
export async function hide(
  picture: DecodedPicture,
  found: readonly Found[],
  { reader, codes }: Readers,
  languages: readonly string[],
  signal: AbortSignal
): Promise<DecodedPicture | null> {
  const boxes = found.map((one) => ({ found: one, areas: one.areas.map((area) => grown(area, margin, picture)) }))
  for (let look = 1; look <= maxLooks; look += 1) {
    const hidden = picture.withBoxes(boxes.flatMap(({ areas }) => areas))
    const legible: typeof boxes = []
    if (found.some(({ isCode }) => isCode)) {
      const left = new Set((await codes.read(hidden)).map(({ text }) => text))
      legible.push(...boxes.filter((box) => box.found.isCode && left.has(box.found.text)))
    }
    for (const box of boxes.filter(({ found: { isCode, text } }) => !isCode && plain(text) !== '')) {
      if (await isLegible(hidden, box, reader, languages, signal)) legible.push(box)
    }
    if (legible.length === 0) return hidden
    for (const box of legible)
      box.areas = box.areas.map((area) => grown(area, { across: growth, down: growth }, picture))
  }
  return null
}

/** Whether the text of a box can still be read beside or through it. */
async function isLegible(
  hidden: DecodedPicture,
  { found, areas }: { found: Found; areas: Area[] },
  reader: TextReader,
  languages: readonly string[],
  signal: AbortSignal
): Promise<boolean> {
  for (const area of areas) {
    const region = grown(area, surroundings, hidden)
    const read = await reader.read(await hidden.part(region), signal, languages)
    const close = grown(area, { across: 1, down: 0.5 }, hidden)
    if (isGivenAway(found.text, textAt(read, region, close))) return true
  }
  return false
}

/** What was read of `region` that lies in `place`; both in pixels of the whole picture. */
function textAt({ words }: ReadText, region: Area, place: Area): string {
  const inPlace = words.filter(({ box }) => holdsMiddle(place, { ...box, x: box.x + region.x, y: box.y + region.y }))
  return inPlace.map(({ text }) => text).join('')
}

/** Whether `read` has enough of a value to be worth something to a stranger, whatever OCR confuses. */
export function isGivenAway(value: string, read: string): boolean {
  const [whole, seen] = [plain(value), plain(read)]
  const length = Math.min(legibleCharacters, Math.ceil(whole.length / 2))
  if (length === 0) return false
  for (let start = 0; start + length <= whole.length; start += 1)
    if (seen.includes(whole.slice(start, start + length))) return true
  return false
}

/** Letters and digits, with those that OCR confuses made equal. */
function plain(text: string): string {
  return text
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/[OQD]/gu, '0')
    .replace(/[IL|]/gu, '1')
    .replace(/S/gu, '5')
    .replace(/B/gu, '8')
    .replace(/Z/gu, '2')
}

/** An area and some of what is around it, by heights of a line of text in it, within the picture. */
function grown(area: Area, { across, down }: { across: number; down: number }, picture: DecodedPicture): Area {
  const height = Math.max(8, Math.min(area.height, area.width))
  const left = Math.max(0, area.x - across * height)
  const top = Math.max(0, area.y - down * height)
  return {
    x: left,
    y: top,
    width: Math.min(picture.width, area.x + area.width + across * height) - left,
    height: Math.min(picture.height, area.y + area.height + down * height) - top
  }
}
