import { describe, expect, test } from 'vitest'
import { agreement, compareCaptions, comparisonText } from '#core/opinions/compare-captions.ts'

const compare = (first: string, second: string, language = 'en') => compareCaptions(first, second, language)

describe('both say', () => {
  test.each([
    ['the same words', 'A dog runs on a beach.', 'A dog runs on a beach.'],
    ['another order and other endings', 'A dog is running on a beach.', 'On the beach a dog runs.'],
    ['more, and the same', 'A brown dog runs on a beach.', 'A dog runs on a beach.'],
    ['the same figure, written otherwise', 'The total is 1,299 dollars.', 'Total: 1299 dollars.']
  ])('%s', (_what, first, second) => {
    expect(compare(first, second)).toMatchObject({ both: [first], different: [], onlyFirst: [], onlySecond: [] })
  })

  test('German, too', () => {
    expect(compare('Ein Hund läuft am Strand.', 'Am Strand läuft ein brauner Hund.', 'de').both).toHaveLength(1)
  })
})

describe('they differ', () => {
  test.each([
    ['in a thing', 'A brown dog lies on a sofa.', 'A brown cat lies on a sofa.'],
    ['in a figure', 'The total is 49.90 euros.', 'The total is 49.80 euros.'],
    ['in a figure that one leaves out', 'The total is 49.90 euros.', 'The total is in euros.'],
    ['in a negation', 'The box is checked.', 'The box is not checked.'],
    ['in a colour', 'The traffic light is red.', 'The traffic light is green.'],
    ['in German', 'Die Ampel ist rot.', 'Die Ampel ist nicht rot.']
  ])('%s', (_what, first, second) => {
    const found = compare(first, second)
    expect(found.both).toEqual([])
    expect(found.different).toEqual([{ first, second }])
  })
})

test('what only one says is told apart', () => {
  const found = compare(
    'A dog runs on a beach. A kite flies above it.',
    'A dog runs on a beach. Two ships lie at anchor.'
  )
  expect(found).toEqual({
    both: ['A dog runs on a beach.'],
    different: [],
    onlyFirst: ['A kite flies above it.'],
    onlySecond: ['Two ships lie at anchor.']
  })
  expect(agreement(found)).toBe(0.5)
})

test('what both say comes first, then where they differ, then what only one says', () => {
  const text = comparisonText(
    compare('A dog runs. The ball is red. It rains.', 'A dog runs. The ball is blue. A boat sails by.'),
    { first: 'gpt-4o-mini', second: 'gemma3' }
  )
  expect(text.split('\n')).toEqual([
    'Both say:',
    'A dog runs.',
    'They differ.',
    'gpt-4o-mini: The ball is red.',
    'gemma3: The ball is blue.',
    'Only gpt-4o-mini:',
    'It rains.',
    'Only gemma3:',
    'A boat sails by.'
  ])
})

test('captions with nothing in common, or empty, agree on nothing', () => {
  expect(agreement(compare('A dog runs.', 'The invoice is overdue.'))).toBe(0)
  expect(agreement(compare('', ''))).toBe(0)
  expect(comparisonText(compare('A dog runs.', ''), { first: 'one', second: 'two' })).toContain(
    'They agree on nothing.'
  )
})
