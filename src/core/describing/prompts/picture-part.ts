import type { Area } from '#shared/caption.ts'
import {
  bodyPart,
  cornerWord,
  cornerWords,
  fillers,
  placeWords,
  zoomPhrases,
  zoomWord,
  type Place
} from './place-words.ts'

/** A part of a picture that a question asks to look at more closely. */
export interface PicturePart {
  /** English: "top left", "left half", "middle". */
  name: string
  /** Fractions of the picture's width and height, 0 to 1. */
  fraction: Area
}

/** Thirds overlap, so that something on a border is in both. */
const overlap = 1 / 12
const third = {
  low: [0, 1 / 3 + overlap],
  middle: [1 / 3 - overlap, 2 / 3 + overlap],
  high: [2 / 3 - overlap, 1]
} as const
const half = { low: [0, 1 / 2 + overlap], high: [1 / 2 - overlap, 1] } as const
const all = [0, 1] as const

/**
 * The part that a question asks to look at more closely ("look closer at the top left", "bottom right corner", "the
 * middle"), or null if it asks about the whole picture or about several places.
 */
export function findPart(question: string): PicturePart | null {
  const tokens = tokensOf(question)
  const found = tokens.map((token) => placeOf(token))
  const places = found.filter((place) => place !== null)
  if (places.length === 0 || places.length > 2 || new Set(places).size < places.length) return null
  const isOrder =
    tokens.some((token) => zoomWord.test(token)) ||
    zoomPhrases.some((phrase) => question.toLowerCase().includes(phrase))
  const isCorner = tokens.some((token) => cornerWord.test(token)) && places.length === 2
  if (!isOrder && !isCorner && !isPlaceAlone(tokens, found)) return null
  // A person's left hand may be anywhere in the picture.
  if (tokens.some((token) => bodyPart.test(token))) return null
  // "The left shoe of the man on the right" names two different places.
  if (places.length === 2 && !areNeighbours(tokens, found)) return null
  return partOf(new Set(places))
}

function tokensOf(question: string): string[] {
  const plain = question
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/right (?:now|away)|all right|(?<=left|right)[- ]hand(?= side)/gu, ' ')
  const spelled = cornerWords.reduce((text, [word, words]) => text.replace(word, words), plain)
  return spelled.match(/[\p{L}\p{N}']+/gu) ?? []
}

/** "What is left?" and "Is it right?" don't ask about a place. */
function isPlaceAlone(tokens: string[], found: (Place | null)[]): boolean {
  if (!tokens.every((token, index) => found[index] !== null || fillers.has(token))) return false
  if (/^(?:is|are|ist|est|está|è)$/u.test(tokens[0] ?? '')) return false
  const at = tokens.findIndex((token) => token === 'left' || token === 'right')
  return at === -1 || tokens.length === 1 || !/^(?:is|what's|whats|it|that)$/u.test(tokens[at - 1] ?? '')
}

function placeOf(token: string): Place | null {
  return (Object.keys(placeWords) as Place[]).find((place) => placeWords[place].test(token)) ?? null
}

/** Whether only words such as "of", "and" or "a la" separate the two. */
function areNeighbours(tokens: string[], found: (Place | null)[]): boolean {
  const first = found.findIndex((place) => place !== null)
  const between = tokens.slice(
    first + 1,
    found.findLastIndex((place) => place !== null)
  )
  return between.length <= 2 && between.every((token) => fillers.has(token) || cornerWord.test(token))
}

function partOf(places: Set<Place>): PicturePart | null {
  const vertical = places.has('top') ? 'low' : places.has('bottom') ? 'high' : null
  const horizontal = places.has('left') ? 'low' : places.has('right') ? 'high' : null
  if ((places.has('top') && places.has('bottom')) || (places.has('left') && places.has('right'))) return null
  const name = [
    places.has('top') && 'top',
    places.has('bottom') && 'bottom',
    places.has('middle') && 'middle',
    places.has('left') && 'left',
    places.has('right') && 'right',
    places.has('half') && 'half'
  ]
    .filter((word) => word !== false)
    .join(' ')
  if (places.has('half')) {
    if (vertical === null && horizontal === null) return null
    return part(name, horizontal === null ? all : half[horizontal], vertical === null ? all : half[vertical])
  }
  if (places.has('middle')) return part(name, third[horizontal ?? 'middle'], third[vertical ?? 'middle'])
  return part(name, horizontal === null ? all : third[horizontal], vertical === null ? all : third[vertical])
}

type Span = readonly [from: number, to: number]

function part(name: string, [left, right]: Span, [top, bottom]: Span): PicturePart {
  return { name, fraction: { x: left, y: top, width: right - left, height: bottom - top } }
}

/** The part in pixels of a picture of this size, for DecodedPicture.crop. */
export function partArea({ fraction }: PicturePart, size: { width: number; height: number }): Area {
  // Sums of fractions have rounding errors.
  const tiny = 1e-6
  const x = Math.floor(fraction.x * size.width + tiny)
  const y = Math.floor(fraction.y * size.height + tiny)
  return {
    x,
    y,
    width: Math.ceil((fraction.x + fraction.width) * size.width - tiny) - x,
    height: Math.ceil((fraction.y + fraction.height) * size.height - tiny) - y
  }
}
