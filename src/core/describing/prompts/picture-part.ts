import type { Area } from '#shared/caption.ts'

/** A part of a picture that a question asks to see closer. */
export interface PicturePart {
  /** English: "top left", "left half", "middle". */
  name: string
  /** Fractions of the picture's width and height, 0 to 1. */
  fraction: Area
}

/** What lies on a border between two thirds is in both. */
const overlap = 1 / 12
const third = {
  low: [0, 1 / 3 + overlap],
  middle: [1 / 3 - overlap, 2 / 3 + overlap],
  high: [2 / 3 - overlap, 1]
} as const
const half = { low: [0, 1 / 2 + overlap], high: [1 / 2 - overlap, 1] } as const
const all = [0, 1] as const

/** English and German words for places. */
const words = {
  top: /^(?:top|upper|oben|obere[nrs]?)$/u,
  bottom: /^(?:bottom|lower|unten|untere[nrs]?)$/u,
  left: /^(?:left|links|linke[nrs]?)$/u,
  right: /^(?:right|rechts|rechte[nrs]?)$/u,
  middle: /^(?:middle|cent(?:er|re)|central|mitte|mittlere[nrs]?)$/u,
  half: /^(?:half|hälfte)$/u
}
type Place = keyof typeof words

const zoomOrder =
  /\b(?:closer|close[- ]?up|zoom|enlarge|magnify|blow up|näher|genauer|zoome|vergrößere?)\b|\bfocus on\b/u
/** Two-way corners are places whatever is asked about them; "left" alone may belong to a person's left hand. */
const corner = /\b(?:corner|ecke)\b/u
const filler =
  /^(?:a|ab|at|aus|bereich|bild|bitte|corner|das|dem|den|der|die|ecke|edge|ganz|go|i|im|in|into|it|look|me|now|of|on|part|picture|image|please|screen|section|show|side|seite|teil|the|third|to|towards?|und|and|very|zeig|mir|what|is|what's|was|ist)$/u

/**
 * The part that a question asks to see closer ("look closer at the top left", "bottom right corner", "the middle"), or
 * null when it asks about the whole picture or about several places.
 */
export function findPart(question: string): PicturePart | null {
  const text = question.toLowerCase().replace(/right (?:now|away)|all right/gu, ' ')
  const tokens = text.match(/[\p{L}']+/gu) ?? []
  const found = tokens.map((token) => placeOf(token))
  const places = found.filter((place) => place !== null)
  if (places.length === 0 || places.length > 2 || new Set(places).size < places.length) return null
  const isNothingElse = tokens.every((token, index) => found[index] !== null || filler.test(token))
  const isCorner = corner.test(text) && places.length === 2
  if (!isNothingElse && !isCorner && !zoomOrder.test(text)) return null
  // "The left shoe of the man on the right" names two places that are not one.
  if (places.length === 2 && !areNeighbours(found)) return null
  return partOf(new Set(places))
}

function placeOf(token: string): Place | null {
  return (Object.keys(words) as Place[]).find((place) => words[place].test(token)) ?? null
}

/** Nothing stands between the two but a word such as "of" or "and". */
function areNeighbours(found: (Place | null)[]): boolean {
  const first = found.findIndex((place) => place !== null)
  return found.findLastIndex((place) => place !== null) - first <= 2
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
  // Sums of fractions are a hair off.
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
