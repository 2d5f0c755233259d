import { expect, it } from 'vitest'
import { explainUnverified, shownUnverified, unverifiedSentence } from '#shared/unverified.ts'

it.each([
  [[], null],
  [['49.90', 'Müller'], 'Unverified: 49.90, Müller.'],
  [['1', '2', '3', '1'], 'Unverified: 1, 2, 3.'],
  [['1', '2', '3', '4', '5'], 'Unverified: 1, 2, 3, and 2 more.']
])('says for %j: %s', (texts, sentence) => {
  const unconfirmed = texts.map((text) => ({ text }))
  expect(unverifiedSentence(unconfirmed)).toBe(sentence)
  expect(shownUnverified({ unconfirmed, isTextUnchecked: false })).toBe(sentence)
})

it('shows that the text was not checked, and does not say it', () => {
  expect(shownUnverified({ unconfirmed: [], isTextUnchecked: true })).toBe('Text not checked.')
  expect(unverifiedSentence([])).toBe(null)
  expect(shownUnverified({ unconfirmed: [{ text: '49.90' }], isTextUnchecked: true })).toBe('Unverified: 49.90.')
})

it('explains on request what the picture may say, and that there is more', () => {
  const doubt = (text: string, nearest: string | null = null) => ({ text, start: 0, end: text.length, nearest })
  expect(explainUnverified([doubt('49.90', '49.80'), doubt('Rosa'), doubt('Rosa')])).toBe(
    '49.90 was not found. The picture may say 49.80. Rosa was not found in the picture.'
  )
  const seven = ['1a', '2a', '3a', '4a', '5a', '6a', '7a'].map((text) => doubt(text))
  expect(explainUnverified(seven)).toMatch(/5a was not found in the picture\. And 2 more\.$/u)
})
