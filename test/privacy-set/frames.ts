import * as harmless from './harmless-values.ts'
import { looks, type Look } from './looks.ts'
import { Page } from './page.ts'
import { inLanguage, type Language, type Words } from './languages.ts'
import type { SetName } from './values.ts'
import type { Chance } from '../grounding-sets/random.ts'

/** What a layout draws with. */
export interface Make {
  chance: Chance
  set: SetName
  language: Language
  theme: Look['name']
  /** Of the words in four languages, those of the picture. */
  say: (...words: Words) => string
}
export type Layout = (make: Make) => Page
/** Layouts by name, and how many pictures of each a set has. */
export type LayoutCounts = Record<string, { layout: Layout; count: number }>

export function makeOf(chance: Chance, set: SetName, language: Language, theme: Look['name']): Make {
  return { chance, set, language, theme, say: (...words) => inLanguage(language, words) }
}

/** A look of the picture's theme; the two sets share none. */
export const lookOf = ({ chance, set, theme }: Make): Look =>
  chance.pick<Look>(looks[theme].slice(set === 'tune' ? 0 : 2, set === 'tune' ? 2 : 4))

const screens = [
  { width: 1366, height: 768, scale: 1 },
  { width: 1920, height: 1080, scale: 1 },
  { width: 1280, height: 720, scale: 1 },
  // Parts of a 4K screen at 200 %.
  { width: 1100, height: 620, scale: 2 }
]

/** What stands around on a screen beside what it is about. */
function surroundings(page: Page, make: Make, x: number): void {
  const { chance, set, language, say } = make
  const { width, height, look } = page
  const style = { sizePx: 13, color: look.soft }
  const people = chance.some([0, 1, 2, 3], 3).map(() => harmless.person(chance, set, language))
  if (height >= 1000) {
    page.text(say('Recent activity', 'Letzte Aktivität', 'Activité récente', 'Actividad reciente'), x, 740, {
      bold: true
    })
    for (const [index, { name, email }] of people.entries()) {
      page.line(x, 762 + index * 44, Math.min(760, width - x - 40))
      page.text(`${harmless.date(chance, language)} ${harmless.time(chance)}`, x, 788 + index * 44, style)
      page.text(`${name}, ${email}`, x + 180, 788 + index * 44, style)
      page.text(`#${chance.whole(10_000, 99_999)}`, x + 560, 788 + index * 44, style)
    }
  }
  if (height >= 700) {
    page.line(x, height - 40, width - x - 40)
    page.text(
      `© 2026 Example · ${harmless.phone(chance, language)} · v${harmless.version(chance)}`,
      x,
      height - 16,
      style
    )
    page.text(harmless.time(chance), width - 40, height - 16, { ...style, align: 'right' })
  }
}

export const screenSize = ({ chance }: Make): (typeof screens)[number] => chance.pick(screens)

/** A program's window that fills the picture: bars at the top (A) or a bar of its own at the left (B). Returns where its contents begin. */
export function windowPage(
  make: Make,
  title: string,
  entries: string[],
  {
    size = screenSize(make),
    style = {}
  }: {
    size?: { width: number; height: number; scale?: number }
    style?: { sizePx?: number; family?: 'Sans' | 'Sans Mono' | 'Serif' }
  } = {}
): { page: Page; x: number; y: number; width: number } {
  const page = new Page(lookOf(make), size, style)
  const { look, width, height } = page
  if (make.set === 'tune') {
    page.box(0, 0, width, 36, { fill: look.panel })
    page.text(title, 14, 24, { sizePx: 14 })
    for (const [index, sign] of ['–', '□', '×'].entries()) page.text(sign, width - 120 + index * 40, 24, { sizePx: 15 })
    let at = 14
    for (const entry of entries) at += page.text(entry, at, 60, { sizePx: 13, color: look.soft }) + 26
    page.line(0, 74, width)
    surroundings(page, make, 48)
    return { page, x: 48, y: 124, width: width - 96 }
  }
  const side = Math.min(230, width * 0.24)
  page.box(0, 0, side, height, { fill: look.panel })
  for (const [index, fill] of ['#ff5f57', '#febc2e', '#28c840'].entries()) page.dot(22 + index * 20, 22, 6, fill)
  for (const [index, entry] of entries.entries()) {
    if (index === 1) page.box(10, 50 + index * 36, side - 20, 30, { fill: look.accent, radius: 6 })
    page.text(entry, 24, 70 + index * 36, { sizePx: 14, color: index === 1 ? look.onAccent : look.ink })
  }
  page.text(title, side + 36, 46, { sizePx: 20, bold: true })
  page.line(side, 66, width - side)
  surroundings(page, make, side + 36)
  return { page, x: side + 36, y: 112, width: width - side - 72 }
}

/** A page in a browser. Returns where its contents begin. */
export function browserPage(
  make: Make,
  title: string,
  address: string,
  size = screenSize(make)
): { page: Page; x: number; y: number; width: number } {
  const page = new Page(lookOf(make), size)
  const { look, width } = page
  page.box(0, 0, width, 76, { fill: look.panel })
  const isB = make.set === 'report'
  if (isB)
    for (const [index, fill] of ['#ff5f57', '#febc2e', '#28c840'].entries()) page.dot(22 + index * 20, 18, 6, fill)
  page.box(isB ? 90 : 10, 6, 240, 30, { fill: look.paper, radius: 8 })
  page.text(title, isB ? 106 : 24, 26, { sizePx: 13 })
  page.box(110, 42, Math.min(width - 220, 900), 28, { fill: look.paper, radius: 14 })
  page.text(address, 128, 61, { sizePx: 13, color: look.soft })
  for (const [index, sign] of ['←', '→', '↻'].entries())
    page.text(sign, 16 + index * 30, 62, { sizePx: 16, color: look.soft })
  const column = Math.min(isB ? 620 : 760, width - 80)
  const x = isB ? (width - column) / 2 : 60
  surroundings(page, make, x)
  return { page, x, y: 130, width: column }
}

/** A phone's screen, two or three pixels to a unit, with the time at the top. */
export function phonePage(
  make: Make,
  title: string,
  time: string
): { page: Page; x: number; y: number; width: number } {
  const isB = make.set === 'report'
  const page = new Page(lookOf(make), isB ? { width: 412, height: 800, scale: 2 } : { width: 390, height: 720, scale: make.chance.pick([2, 3]) }) // prettier-ignore
  const { look, width } = page
  page.text(time, 24, 28, { sizePx: 14, bold: true })
  page.box(width - 52, 16, 28, 13, { stroke: look.soft, radius: 3 })
  page.box(width - 50, 18, make.chance.whole(6, 24), 9, { fill: look.soft, radius: 2 })
  if (title !== '') {
    if (isB) page.text(title, 24, 84, { sizePx: 26, bold: true })
    else {
      page.box(0, 42, width, 50, { fill: look.panel })
      page.text('‹', 14, 76, { sizePx: 26, color: look.accent })
      page.text(title, width / 2, 73, { sizePx: 17, bold: true, align: 'center' })
    }
  }
  return { page, x: 24, y: title === '' ? 80 : isB ? 124 : 130, width: width - 48 }
}

/** A sheet of paper, white unless a viewer turns its colors around. */
export function paperPage(make: Make, { width = 1000, height = 1200, scale = make.chance.pick([1, 1.24]) } = {}): Page {
  const { chance, set } = make
  const isDark = make.theme === 'dark' && chance.happens(0.3)
  const look = lookOf({ ...make, theme: isDark ? 'dark' : 'light' })
  const family = chance.pick(set === 'tune' ? (['Sans', 'Serif'] as const) : (['Serif', 'Serif', 'Sans'] as const))
  return new Page(
    isDark ? look : { ...look, paper: '#ffffff' },
    { width, height, scale },
    { sizePx: chance.whole(16, 20), family }
  )
}

/** A dialog in the middle of its screen. Returns where its contents begin. */
export function dialogPage(
  make: Make,
  title: string,
  { width = 560, height = 300 } = {}
): { page: Page; x: number; y: number; width: number; bottom: number } {
  const isSmall = make.chance.happens(0.5)
  const size = isSmall ? { width: width + 40, height: height + 40, scale: make.chance.pick([1, 1.5]) } : { width: 1280, height: 720 } // prettier-ignore
  const page = new Page(lookOf(make), size)
  const { look } = page
  const [x, y] = [(size.width - width) / 2, (size.height - height) / 2]
  if (!isSmall) surroundings(page, make, 40)
  page.box(x, y, width, height, { fill: look.panel, stroke: look.line, radius: make.set === 'tune' ? 4 : 14 })
  if (make.set === 'tune') page.text(title, x + 20, y + 32, { sizePx: 16, bold: true })
  else page.text(title, x + width / 2, y + 38, { sizePx: 18, bold: true, align: 'center' })
  return { page, x: x + 24, y: y + 76, width: width - 48, bottom: y + height }
}
