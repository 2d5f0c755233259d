import { describe, expect, test } from 'vitest'
import { captionPairs } from './caption-pairs.ts'
import { agreement, compareCaptions, comparisonText } from '#core/opinions/compare-captions.ts'

const compare = (first: string, second: string, language = 'en') => compareCaptions(first, second, language)

describe('pairs of captions as models write them', () => {
  const results = captionPairs.map(({ first, second, language, agreed }) => ({
    first,
    agreed,
    found: compareCaptions(first, second, language),
    turned: compareCaptions(second, first, language)
  }))

  test('nothing counts as said by both unless it is', () => {
    const wrong = results.filter(({ found, agreed }) => found.both.some((sentence) => !agreed.includes(sentence)))
    expect(wrong).toEqual([])
  })

  test('the order of the two makes no difference', () => {
    const uneven = results.filter(({ found, turned }) => found.both.length !== turned.both.length)
    expect(uneven).toEqual([])
  })

  test.each(['en', 'de'])('the same holds when all captions are expected in %s', (expected) => {
    const wrong = captionPairs.filter(({ first, second, agreed }) =>
      compareCaptions(first, second, expected).both.some((sentence) => !agreed.includes(sentence))
    )
    expect(wrong).toEqual([])
  })

  test('at least four of five agreements are found', () => {
    const all = results.flatMap(({ agreed }) => agreed)
    const found = results.flatMap(({ found }) => found.both)
    expect(found.length / all.length, `${found.length} of ${all.length}`).toBeGreaterThanOrEqual(0.8)
  })

  test('nearly all contradictions are set side by side', () => {
    const contradictions = results.slice(results.findIndex(({ first }) => first === 'Two dogs run on a beach.'))
    const sideBySide = contradictions.filter(({ found }) => found.different.length > 0)
    expect(sideBySide.length / contradictions.length).toBeGreaterThanOrEqual(0.9)
  })
})

test('what one caption adds counts as its own', () => {
  expect(compare('A brown dog runs on a beach.', 'A dog is running on a beach.')).toEqual({
    both: ['A dog is running on a beach.'],
    different: [],
    onlyFirst: ['A brown dog runs on a beach.'],
    onlySecond: []
  })
})

test('what only one says is kept apart', () => {
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

test('what both say comes first, then what they word differently, then what only one says', () => {
  const text = comparisonText(
    compare('A dog runs. The ball is red. It rains.', 'A dog runs. The ball is blue. A boat sails by.'),
    { first: 'gpt-4o-mini', second: 'gemma3' }
  )
  expect(text.split('\n')).toEqual([
    'Both say:',
    'A dog runs.',
    'Worded differently:',
    'gpt-4o-mini: The ball is red.',
    'gemma3: The ball is blue.',
    'Only gpt-4o-mini:',
    'It rains.',
    'Only gemma3:',
    'A boat sails by.'
  ])
})

test('captions that word everything differently are not said to agree on nothing', () => {
  const text = comparisonText(compare('The ball is red.', 'The ball is blue.'), { first: 'one', second: 'two' })
  expect(text).toBe('Worded differently:\none: The ball is red.\ntwo: The ball is blue.')
})

test('captions with nothing in common, or empty, agree on nothing', () => {
  expect(agreement(compare('A dog runs.', 'The invoice is overdue.'))).toBe(0)
  expect(agreement(compare('', ''))).toBe(0)
  expect(comparisonText(compare('A dog runs.', ''), { first: 'one', second: 'two' })).toContain(
    'They agree on nothing.'
  )
})

test('in languages whose function words are unknown, only equal sentences agree', () => {
  expect(compare('Un cane corre.', 'Un cane corre.', 'it').both).toEqual(['Un cane corre.'])
  expect(compare('Un cane corre.', 'Un cane bruno corre.', 'it').both).toEqual([])
})
