import { expect, it } from 'vitest'
import { isReadInOrder, orderPictures } from '../../reading-set/orders.ts'
import { readingPictures } from '../../reading-set/pictures.ts'
import { scoreReading } from '../../reading-set/score.ts'
import { readingLanguages } from '../../reading-set/sentences.ts'

/** `npm run reading` measures more. Nothing was tuned on this seed. */
const pictures = readingPictures(6)
const picturesPerLanguage = 2
/** Of the words, in the mean of the pictures. */
const least = { en: 0.95, de: 0.95, fr: 0.95, es: 0.95, uk: 0.95, ar: 0.9 }

it.each(readingLanguages)('reads the words of a page and a dark screen, and no others: %s', async (language) => {
  const scores = []
  for (const picture of pictures.filter((one) => one.language === language).slice(0, picturesPerLanguage))
    scores.push(await scoreReading(picture))
  expect(scores).toHaveLength(picturesPerLanguage)
  for (const measure of ['recall', 'precision'] as const) {
    const mean = scores.reduce((sum, score) => sum + score[measure], 0) / scores.length
    expect(mean, JSON.stringify(scores)).toBeGreaterThanOrEqual(least[language])
  }
})

it.each(orderPictures(6, 6).map((picture, index) => ({ picture, name: `${picture.layout} ${index + 1}` })))(
  'reads in order: $name',
  async ({ picture }) => {
    const { isRight, text } = await isReadInOrder(picture)
    expect(isRight, `${picture.words.join(' ')} > ${text}`).toBe(true)
  }
)
