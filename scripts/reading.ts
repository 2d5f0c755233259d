/**
 * `npm run reading [-- --seeds 1,2] [-- --misses]`: how well text is read, on the drawn pictures of test/reading-set: recall and
 * precision of words, for each picture and language; then whether 40 pictures of columns, tables and dialogs are read in
 * order. Odd seeds are set in DejaVu Sans, even ones in DejaVu Serif.
 */
import { parseArgs } from 'node:util'
import { isReadInOrder, orderPictures } from '../test/reading-set/orders.ts'
import { readingPictures } from '../test/reading-set/pictures.ts'
import { scoreReading, type ReadingScore } from '../test/reading-set/score.ts'
import { readingLanguages } from '../test/reading-set/sentences.ts'

const { values: options } = parseArgs({
  options: { seeds: { type: 'string', default: '1,2' }, misses: { type: 'boolean' } }
})
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`.padStart(11)
const row = (name: string, { recall, precision }: Pick<ReadingScore, 'recall' | 'precision'>, ms: number): string =>
  `${name.padEnd(44)}${percent(recall)}${percent(precision)}${`${ms.toFixed(0)} ms`.padStart(10)}`
const mean = (numbers: number[]): number => numbers.reduce((sum, one) => sum + one, 0) / numbers.length

const scores: (ReadingScore & { language: string; ms: number })[] = []
console.log(`${''.padEnd(44)}${'recall'.padStart(11)}${'precision'.padStart(11)}${'CPU'.padStart(10)}`)
for (const seed of options.seeds.split(',').map(Number))
  for (const picture of readingPictures(seed)) {
    const before = process.cpuUsage()
    const score = await scoreReading(picture)
    const { user, system } = process.cpuUsage(before)
    const ms = (user + system) / 1000
    scores.push({ ...score, language: picture.language, ms })
    console.log(row(`${picture.language}, seed ${seed}, ${picture.look}`, score, ms))
    const { unread, wrong } = score.misses
    if (options.misses && unread.length + wrong.length > 0) console.log(`    ${unread.join(' ')} > ${wrong.join(' ')}`)
  }
console.log()
for (const language of readingLanguages) {
  const own = scores.filter((score) => score.language === language)
  const [recall, precision] = [mean(own.map((one) => one.recall)), mean(own.map((one) => one.precision))]
  console.log(row(`${language}, mean of ${own.length}`, { recall, precision }, mean(own.map(({ ms }) => ms))))
}

const ordersPerSeed = 40
for (const seed of options.seeds.split(',').map(Number)) {
  const orders = []
  for (const picture of orderPictures(seed, ordersPerSeed)) {
    const { isRight, text } = await isReadInOrder(picture)
    orders.push({ layout: picture.layout, isRight })
    if (options.misses && !isRight) console.log(`    ${picture.layout}: ${picture.words.join(' ')} > ${text}`)
  }
  for (const layout of ['columns', 'table', 'dialog', null]) {
    const own = orders.filter((one) => layout === null || one.layout === layout)
    const right = own.filter(({ isRight }) => isRight).length
    console.log(`reading order, seed ${seed}, ${layout ?? 'all'}: ${right} of ${own.length} right`)
  }
}
// Its engines would wait for more.
process.exit()
