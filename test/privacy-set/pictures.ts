import { createCanvas, loadImage, type Canvas } from '@napi-rs/canvas'
import type { Area } from '#shared/caption.ts'
import { chanceFrom, type Chance } from '../grounding-sets/random.ts'
import { addNoise } from '../grounding-sets/sheet.ts'
import { makeOf, type Layout, type LayoutCounts } from './frames.ts'
import { languages, type Language } from './languages.ts'
import type { Page, PrivateTruth } from './page.ts'
import { moneyLayouts as reportMoney } from './report/money.ts'
import { accountsLayouts as reportAccounts } from './report/accounts.ts'
import { codesLayouts as reportCodes } from './report/codes.ts'
import { secretsLayouts as reportSecrets } from './report/secrets.ts'
import { keysLayouts as reportKeys } from './report/keys.ts'
import { peopleLayouts as reportPeople } from './report/people.ts'
import { harmlessTradeLayouts as reportHarmlessTrade } from './report/harmless-trade.ts'
import { harmlessScreensLayouts as reportHarmlessScreens } from './report/harmless-screens.ts'
import { moneyLayouts as tuneMoney } from './tune/money.ts'
import { codesLayouts as tuneCodes } from './tune/codes.ts'
import { secretsLayouts as tuneSecrets } from './tune/secrets.ts'
import { peopleLayouts as tunePeople } from './tune/people.ts'
import { harmlessTradeLayouts as tuneHarmlessTrade } from './tune/harmless-trade.ts'
import { harmlessScreensLayouts as tuneHarmlessScreens } from './tune/harmless-screens.ts'
import type { SetName } from './values.ts'

export interface PrivacyPicture {
  /** "tune-1-router-label-3". */
  name: string
  layout: string
  language: Language
  theme: 'light' | 'dark'
  /** In pixels. */
  width: number
  height: number
  /** The same bytes each time. */
  png: () => Promise<Uint8Array>
  /** Empty for a picture with nothing private. */
  truth: PrivateTruth[]
  /** Where hiding is neither asked for nor wrong. */
  optional: Area[]
  /** Everything written in it, and the contents of codes that are not private. Only for the test of the sets. */
  texts: string[]
}

export const seeds: Record<SetName, number> = { tune: 1, report: 2 }

const layouts: Record<SetName, LayoutCounts> = {
  report: {
    ...reportMoney,
    ...reportAccounts,
    ...reportCodes,
    ...reportSecrets,
    ...reportKeys,
    ...reportPeople,
    ...reportHarmlessTrade,
    ...reportHarmlessScreens
  },
  tune: { ...tuneMoney, ...tuneCodes, ...tuneSecrets, ...tunePeople, ...tuneHarmlessTrade, ...tuneHarmlessScreens }
}

/** The pictures of a set. Layouts and words depend on the set, contents on the seed. */
export function privacyPictures(set: SetName, seed: number = seeds[set]): PrivacyPicture[] {
  return Object.entries(layouts[set]).flatMap(([name, { layout, count }], place) =>
    Array.from({ length: count }, (_, index) => picture(set, seed, { name, layout, index, place }))
  )
}

function picture(
  set: SetName,
  seed: number,
  { name, layout, index, place }: { name: string; layout: Layout; index: number; place: number }
): PrivacyPicture {
  const id = `${set}-${seed}-${name.replaceAll(/\W+/gu, '-')}-${index + 1}`
  const chance = chanceFrom(hash(id))
  const language = languages[(index + place) % languages.length] ?? 'en'
  const theme = chance.happens(0.4) ? 'dark' : 'light'
  const page = layout(makeOf(chance, set, language, theme))
  const wear = someWear(chance, page)
  const noiseSeed = chance.whole(1, 2 ** 31)
  const scaled = ({ x, y, width, height }: Area): Area => ({ x: x * wear.scale, y: y * wear.scale, width: width * wear.scale, height: height * wear.scale }) // prettier-ignore
  return {
    name: id,
    layout: name,
    language,
    theme: page.look.name,
    width: Math.round(Math.round(page.width * page.scale) * wear.scale),
    height: Math.round(Math.round(page.height * page.scale) * wear.scale),
    truth: page.truth.map((one) => ({
      ...one,
      area: scaled(one.area),
      lines: one.lines.map(({ text, area }) => ({ text, area: scaled(area) }))
    })),
    optional: page.optional.map(scaled),
    texts: [...page.texts, ...page.harmlessCodes],
    png: async () => (await worn(await page.painted(), wear, chanceFrom(noiseSeed))).encode('png')
  }
}

/** What messengers and screenshots in documents do to a picture; half of them stay as they are. */
interface Wear {
  scale: number
  noise: number
  jpegQuality: number | null
}

function someWear(chance: Chance, { scale }: Page): Wear {
  if (chance.happens(0.5)) return { scale: 1, noise: 0, jpegQuality: null }
  // Small text that is shrunk can no longer be read by anyone.
  const leastPercent = scale >= 1.5 ? 70 : 95
  return {
    scale: chance.happens(0.5) ? chance.whole(leastPercent, 125) / 100 : 1,
    noise: chance.happens(0.5) ? chance.whole(3, 12) : 0,
    jpegQuality: chance.happens(0.6) ? chance.whole(55, 88) : null
  }
}

async function worn(clean: Canvas, { scale, noise, jpegQuality }: Wear, chance: Chance): Promise<Canvas> {
  let canvas = clean
  if (scale !== 1) {
    canvas = createCanvas(Math.round(clean.width * scale), Math.round(clean.height * scale))
    const context = canvas.getContext('2d')
    context.imageSmoothingQuality = 'high'
    context.drawImage(clean, 0, 0, clean.width * scale, clean.height * scale)
  }
  if (noise > 0) addNoise(canvas, noise, chance)
  if (jpegQuality === null) return canvas
  const image = await loadImage(await canvas.encode('jpeg', jpegQuality))
  const again = createCanvas(canvas.width, canvas.height)
  again.getContext('2d').drawImage(image, 0, 0)
  return again
}

/** FNV-1a: contents depend on the seed and the name of a picture, not on its position. */
function hash(text: string): number {
  let value = 2166136261
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 16777619) >>> 0
  return value
}
