import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas'
import { chanceFrom, type Chance } from '../grounding-sets/random.ts'
import { font } from '../support/fonts.ts'
import { languagesToRead } from '#adapters/ocr/language-data.ts'
import { readText } from '#adapters/ocr/text-engine.ts'
import type { RgbaImage } from '#core/ports/pictures.ts'

/** A picture whose words, each in it once, have one order in which a person reads them. */
export interface OrderPicture {
  layout: 'columns' | 'table' | 'dialog'
  words: string[]
  render(): RgbaImage
}

const vocabulary =
  `harbor window planet candle forest market bridge garden silver thunder pocket ladder castle winter dragon
engine basket cotton island hammer velvet mirror pepper rocket saddle tunnel walnut anchor button circle danger
fabric galaxy hockey jacket kitten lemon magnet needle orange pencil rabbit salmon temple umbrella violin wagon
yellow zebra acorn bottle camera desert elbow falcon ginger helmet insect jungle kettle lantern marble napkin
oyster parrot quartz ribbon spider turkey vanilla whistle blanket chimney diamond eagle feather glacier hamster
iceberg jasmine kingdom leopard monkey nutmeg octopus penguin raisin shadow trumpet valley wizard apricot beetle
compass dolphin emerald fountain grape harvest ivory jewel koala lobster mustard nephew olive panther raven
sailor tomato unicorn volcano willow`.split(/\s+/u)

const looks = [
  { paper: '#ffffff', ink: '#202020' },
  { paper: '#23252e', ink: '#dcdcdc' },
  { paper: '#f3ead7', ink: '#3a3024' }
] as const

interface Placed {
  text: string
  x: number
  y: number
}

/** As many pictures as asked for: columns, tables, and dialogs in turn. Odd and even seeds are set in different fonts. */
export function orderPictures(seed: number, count: number): OrderPicture[] {
  const layouts = ['columns', 'table', 'dialog'] as const
  return Array.from({ length: count }, (_, index) =>
    orderPicture(layouts[index % 3] ?? 'columns', seed, chanceFrom(seed * 1000 + index))
  )
}

function orderPicture(layout: OrderPicture['layout'], seed: number, chance: Chance): OrderPicture {
  const sizePx = chance.whole(18, 26)
  const look = chance.pick(looks)
  const words = chance.some(vocabulary, vocabulary.length)
  const placed = place[layout](chance, sizePx, (count) => words.splice(0, count).join(' '))
  const family = seed % 2 === 1 ? 'Sans' : 'Serif'
  return {
    layout,
    words: placed.flatMap(({ text }) => text.split(' ')),
    render() {
      const [width, height] = [1300, 200 + Math.max(...placed.map(({ y }) => y))]
      const canvas = createCanvas(width, height)
      const context: SKRSContext2D = canvas.getContext('2d')
      context.fillStyle = look.paper
      context.fillRect(0, 0, width, height)
      context.fillStyle = look.ink
      context.font = font(sizePx, { family })
      for (const { text, x, y } of placed) context.fillText(text, x, y)
      return context.getImageData(0, 0, width, height)
    }
  }
}

type Place = (chance: Chance, sizePx: number, next: (words: number) => string) => Placed[]

/** In reading order. */
const place: Record<OrderPicture['layout'], Place> = {
  columns(chance, sizePx, next) {
    const columns = chance.whole(2, 3)
    const lines = chance.whole(5, 8)
    const step = 1220 / columns
    const leading = sizePx * 1.5
    const heading = { text: next(3), x: 40, y: 60 }
    const body = Array.from({ length: columns }, (_, column) =>
      Array.from({ length: lines }, (__, row) => ({
        text: next(columns === 2 ? 4 : 3),
        x: 40 + column * step,
        y: 150 + row * leading
      }))
    )
    return [heading, ...body.flat()]
  },
  table(chance, sizePx, next) {
    const [columns, rows] = [chance.whole(3, 5), chance.whole(4, 8)]
    return Array.from({ length: rows }, (_, row) =>
      Array.from({ length: columns }, (__, column) => ({
        text: next(1),
        x: 60 + column * (1200 / columns),
        y: 80 + row * sizePx * 2.2
      }))
    ).flat()
  },
  dialog(chance, sizePx, next) {
    const left = chance.whole(60, 200)
    const lines = chance.whole(1, 3)
    const message = Array.from({ length: lines }, (_, row) => ({
      text: next(5),
      x: left + 60,
      y: 180 + row * sizePx * 1.5
    }))
    const buttonsY = 180 + lines * sizePx * 1.5 + 70
    const buttons = Array.from({ length: chance.whole(2, 3) }, (_, index) => ({
      text: next(1),
      x: left + 350 + index * 200,
      y: buttonsY
    }))
    return [{ text: next(2), x: left, y: 80 }, ...message, ...buttons]
  }
}

/** Of the words, so many must be read before their order counts as right. */
const leastRead = 0.9

/** Whether the words come in the order in which a person reads them; a misread word is left out. */
export async function isReadInOrder(picture: OrderPicture): Promise<{ isRight: boolean; text: string }> {
  const image = picture.render()
  const { text } = await readText({ picture: image, sourceWidth: image.width, languages: languagesToRead(['en']) })
  const places = text
    .split(/\s+/u)
    .map((word) => picture.words.indexOf(word))
    .filter((at) => at >= 0)
  const isSorted = places.every((at, index) => index === 0 || at > (places[index - 1] ?? 0))
  return { isRight: isSorted && places.length >= leastRead * picture.words.length, text }
}
