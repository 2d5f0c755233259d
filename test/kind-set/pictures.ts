import { createCanvas, type Canvas, type SKRSContext2D } from '@napi-rs/canvas'
import { charts, drawings, ownPhotos } from './painted.ts'
import { desktop, phone } from './screens.ts'
import type { PictureKind } from '#shared/caption.ts'
import { systemFont } from '#test/fonts.ts'
import { paperLayouts } from '../grounding-sets/layouts-paper.ts'
import { screenLayouts } from '../grounding-sets/layouts-screen.ts'
import type { Layout } from '../grounding-sets/layouts-paper.ts'
import { photo } from '../grounding-sets/photo.ts'
import { chanceFrom, type Chance } from '../grounding-sets/random.ts'
import { addNoise, someWear, worn } from '../grounding-sets/sheet.ts'
import { bodies, headlines } from '../grounding-sets/words.ts'

/** A picture whose kind is known. */
export interface KindPicture {
  kind: PictureKind
  /** What it shows: "invoice", "pie chart". */
  name: string
  /** PNG or JPEG; the same bytes each time. */
  render: () => Promise<Uint8Array>
}

type Painter = (chance: Chance) => Canvas

/** Ten pictures of each kind, generated from the seed. */
export function kindPictures(seed: number): KindPicture[] {
  const chance = chanceFrom(seed * 104_729)
  const { chart, ...screens } = screenLayouts as Record<string, Layout> & { chart: Layout }
  const of = (kind: PictureKind, painters: Record<string, Painter>, count: number): KindPicture[] => {
    const names = Object.keys(painters)
    return Array.from({ length: count }, (_, index) => {
      const name = names[(index + seed) % names.length] as string
      const own = chance.whole(1, 2 ** 31)
      return { kind, name, render: () => encoded((painters[name] as Painter)(chanceFrom(own)), kind, chanceFrom(own)) }
    })
  }
  const sheets = (kind: PictureKind, layouts: Record<string, Layout>, count: number): KindPicture[] =>
    chance.some(Object.keys(layouts), count).map((name) => {
      const own = chanceFrom(chance.whole(1, 2 ** 31))
      return { kind, name, render: () => drawnSheet(layouts[name] as Layout, own) }
    })
  return [
    ...sheets('document', paperLayouts, 6),
    ...of('document', { page, scan }, 4),
    ...sheets('screen', screens, 5),
    ...of('screen', { desktop, phone }, 5),
    ...sheets('chart', { chart }, 1),
    ...of('chart', charts, 9),
    ...of('photo', { ...ownPhotos, landscape: (own) => photo(own, own.happens(0.5)).paint(own) }, 10),
    ...of('drawing', drawings, 10)
  ]
}

async function drawnSheet(layout: Layout, chance: Chance): Promise<Uint8Array> {
  const { sheet } = layout(chance)
  return (await worn(sheet.paint(30), someWear(chance, sheet.sizePx), chance, sheet.theme.paper)).encode('png')
}

/** Photos are JPEG; other kinds half of the time. */
function encoded(canvas: Canvas, kind: PictureKind, chance: Chance): Promise<Uint8Array> {
  if (kind === 'photo' ? chance.happens(0.9) : chance.happens(0.4)) return canvas.encode('jpeg', chance.whole(60, 92))
  return canvas.encode('png')
}

function paragraphs(context: SKRSContext2D, chance: Chance, left: number, right: number, bottom: number): void {
  const sizePx = chance.whole(15, 26)
  const family = chance.pick(['DejaVu Serif', 'Liberation Serif', 'Liberation Sans', 'DejaVu Sans'])
  context.font = systemFont(`bold ${sizePx * 1.6}px "${family}"`)
  context.fillText(chance.pick(headlines), left, 100)
  context.font = systemFont(`${sizePx}px "${family}"`)
  let x = left
  for (let y = 100 + sizePx * 3; y < bottom; y += sizePx * 1.45) {
    const isLast = chance.happens(0.15)
    const end = isLast ? left + (right - left) * chance.next() : right
    for (x = left; x < end;) {
      const word = `${chance.pick(chance.pick(bodies).split(' '))} `
      if (x + context.measureText(word).width > right) break
      context.fillText(word, x, y)
      x += context.measureText(word).width
    }
    if (isLast) y += sizePx
  }
}

/** Text in paragraphs, black on white. */
function page(chance: Chance): Canvas {
  const [width, height] = chance.pick<[number, number]>([
    [1000, 1414],
    [1240, 1754],
    [1400, 900]
  ])
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, width, height)
  context.fillStyle = '#101010'
  paragraphs(context, chance, width * 0.1, width * 0.9, height * (0.4 + 0.5 * chance.next()))
  return canvas
}

/** The same on paper: not quite white, darker toward one side, slightly rotated, and with camera noise. */
function scan(chance: Chance): Canvas {
  const flat = page(chance)
  const canvas = createCanvas(flat.width, flat.height)
  const context = canvas.getContext('2d')
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.rotate((chance.next() - 0.5) * 0.04)
  context.drawImage(flat, 0, 0)
  context.resetTransform()
  context.globalCompositeOperation = 'multiply'
  const light = context.createLinearGradient(0, 0, canvas.width * chance.next(), canvas.height)
  light.addColorStop(0, chance.pick(['#f6f1e6', '#eceff2', '#ffffff']))
  light.addColorStop(1, chance.pick(['#cfc6b4', '#d5d5d8', '#b9b6b0']))
  context.fillStyle = light
  context.fillRect(0, 0, canvas.width, canvas.height)
  addNoise(canvas, chance.whole(4, 16), chance)
  return canvas
}
