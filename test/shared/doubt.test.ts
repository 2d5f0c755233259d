import { expect, it } from 'vitest'
import { unconfirmedSentence } from '#shared/doubt.ts'

it.each([
  [[], false, null],
  [[], true, 'Text not checked.'],
  [['49.90', 'Müller'], true, 'Unchecked: 49.90, Müller.'],
  [['1', '2', '3', '1'], false, 'Unchecked: 1, 2, 3.'],
  [['1', '2', '3', '4', '5'], false, 'Unchecked: 1, 2, 3, and 2 more.']
])('says for %j, unchecked %s: %s', (texts, isTextUnchecked, sentence) => {
  expect(unconfirmedSentence({ unconfirmed: texts.map((text) => ({ text })), isTextUnchecked })).toBe(sentence)
})
