import { createCanvas } from '@napi-rs/canvas'
import { readingLanguages, sentences, type ReadingLanguage } from './sentences.ts'
import { chanceFrom, type Chance } from '../grounding-sets/random.ts'
import { font } from '../support/fonts.ts'
import type { RgbaImage } from '#core/ports/pictures.ts'

/** A picture with text, and what it says. */
export interface ReadingPicture {
  language: ReadingLanguage
  /** "sign, 30 px, Serif". */
  look: string
  lines: string[]
  render(): RgbaImage
}

/** Odd and even seeds are set in different fonts. Arabic letters are in only two of them. */
const families = { odd: 'Sans', even: 'Serif', evenArabic: 'Sans Mono' } as const

const looks = [
  { name: 'page', paper: '#ffffff', ink: '#202020', sizesPx: [18, 24], lines: 6, mostTilt: 0 },
  { name: 'dark screen', paper: '#1e1f26', ink: '#d8d8d8', sizesPx: [16, 20], lines: 5, mostTilt: 0 },
  { name: 'sign', paper: '#f4d03f', ink: '#1a1a40', sizesPx: [30, 40], lines: 2, mostTilt: 0 },
  { name: 'scan', paper: '#f2efe6', ink: '#4a4a4a', sizesPx: [22, 28], lines: 4, mostTilt: 5 }
] as const

/** Four pictures in each language. */
export function readingPictures(seed: number): ReadingPicture[] {
  return readingLanguages.flatMap((language, index) =>
    looks.map((look, which) => readingPicture(language, look, seed, chanceFrom(seed * 100 + index * 10 + which)))
  )
}

function readingPicture(
  language: ReadingLanguage,
  look: (typeof looks)[number],
  seed: number,
  chance: Chance
): ReadingPicture {
  const sizePx = chance.pick(look.sizesPx)
  const tilt = (chance.next() * 2 - 1) * look.mostTilt
  const lines = chance.some<string>(sentences[language], look.lines)
  const family = seed % 2 === 1 ? families.odd : language === 'ar' ? families.evenArabic : families.even
  const isFromRight = language === 'ar'
  return {
    language,
    look: `${look.name}, ${sizePx} px, ${family}`,
    lines,
    render() {
      const [width, height] = [sizePx * 42, Math.round(sizePx * (look.lines * 1.8 + 5))]
      const canvas = createCanvas(width, height)
      const context = canvas.getContext('2d')
      context.fillStyle = look.paper
      context.fillRect(0, 0, width, height)
      context.translate(width / 2, height / 2)
      context.rotate((tilt * Math.PI) / 180)
      context.translate(-width / 2, -height / 2)
      context.fillStyle = look.ink
      context.font = font(sizePx, { family })
      context.direction = isFromRight ? 'rtl' : 'ltr'
      context.textAlign = isFromRight ? 'right' : 'left'
      const edge = sizePx * 2
      for (const [index, line] of lines.entries())
        context.fillText(line, isFromRight ? width - edge : edge, sizePx * (3.5 + index * 1.8))
      return context.getImageData(0, 0, width, height)
    }
  }
}
