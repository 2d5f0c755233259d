/**
 * `npm run kinds [-- --seeds 1,3,5] [-- --misses]`: how often the kind of a picture is guessed right, on the generated pictures
 * of test/kind-set. Odd seeds are for tuning; even ones, the default, for reporting. Rows: actual kind; columns: guessed kind.
 */
import { parseArgs } from 'node:util'
import { createCanvasDecoder } from '#adapters/pictures/canvas.ts'
import { pictureKind } from '#core/facts/kind.ts'
import { pictureKinds, type PictureKind } from '#shared/caption.ts'
import { kindPictures } from '../test/kind-set/pictures.ts'

const { values: options } = parseArgs({
  options: { seeds: { type: 'string', default: '2,4,6,8,10,12' }, misses: { type: 'boolean' } }
})
const decoder = createCanvasDecoder()
const counts = new Map<string, number>()
const misses = new Map<string, number>()
const add = (to: Map<string, number>, key: string): void => void to.set(key, (to.get(key) ?? 0) + 1)

let measureMs = 0
let [right, all] = [0, 0]
for (const seed of options.seeds.split(',').map(Number))
  for (const { kind, name, render } of kindPictures(seed)) {
    const image = (await decoder.decode(await render())).pixels({ maxWidthPx: 2048, maxHeightPx: 2048 })
    const startedAt = performance.now()
    const guess = pictureKind(image)
    measureMs += performance.now() - startedAt
    add(counts, `${kind} ${guess}`)
    all += 1
    if (guess === kind) right += 1
    else add(misses, `${kind} (${name}) taken for ${guess}`)
  }

const cell = (value: number | string): string => String(value).padStart(10)
console.log(`${'is'.padEnd(10)}${pictureKinds.map(cell).join('')}${cell('right')}`)
for (const kind of pictureKinds) {
  const row = pictureKinds.map((guess: PictureKind) => counts.get(`${kind} ${guess}`) ?? 0)
  const total = row.reduce((sum, count) => sum + count, 0)
  const share = (100 * (counts.get(`${kind} ${kind}`) ?? 0)) / total
  console.log(`${kind.padEnd(10)}${row.map(cell).join('')}${cell(`${share.toFixed(0)} %`)}`)
}
console.log(`${right} of ${all} (${((100 * right) / all).toFixed(0)} %), ${(measureMs / all).toFixed(1)} ms each`)
if (options.misses)
  for (const [miss, count] of [...misses].toSorted(([, one], [, other]) => other - one))
    console.log(`${cell(count)}  ${miss}`)
