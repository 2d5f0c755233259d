import { expect, it } from 'vitest'
import { doubtSentences, unconfirmedSentence } from '#shared/doubt.ts'

it.each([
  [[], false, null],
  [[], true, 'Text not checked.'],
  [['49.90', 'Müller'], true, 'Unchecked: 49.90, Müller.'],
  [['1', '2', '3', '1'], false, 'Unchecked: 1, 2, 3.'],
  [['1', '2', '3', '4', '5'], false, 'Unchecked: 1, 2, 3, and 2 more.']
])('says for %j, unchecked %s: %s', (texts, isTextUnchecked, sentence) => {
  expect(unconfirmedSentence({ unconfirmed: texts.map((text) => ({ text })), isTextUnchecked })).toBe(sentence)
})

it('tells on demand what the picture may say, and that there is more than it tells', () => {
  const doubt = (text: string, nearest: string | null = null) => ({ text, start: 0, end: text.length, nearest })
  expect(doubtSentences([doubt('49.90', '49.80'), doubt('Rosa'), doubt('Rosa')])).toBe(
    '49.90 was not found; the picture may say 49.80. Rosa was not found.'
  )
  const seven = ['1a', '2a', '3a', '4a', '5a', '6a', '7a'].map((text) => doubt(text))
  expect(doubtSentences(seven)).toMatch(/5a was not found\. And 2 more\.$/u)
})
