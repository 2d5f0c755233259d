import { expect, test } from 'vitest'
import { sectionsOf } from '#renderer/caption-layout.ts'

const caption = 'Müller owes 49.90. Pay now!\n\nTotal 49.90'
const marked = (text: string, from = 0): { text: string; start: number; end: number; nearest: null } => {
  const start = caption.indexOf(text, from)
  return { text, start, end: start + text.length, nearest: null }
}

test('without steps all is the summary, sentence by sentence', () => {
  const sections = sectionsOf({ caption, steps: [], unconfirmed: [] }, 'en')
  expect(sections.map(({ step, sentences }) => [step, sentences.map(({ text }) => text)])).toEqual([
    ['summary', ['Müller owes 49.90.', 'Pay now!', 'Total 49.90']]
  ])
})

test('marks lie where they are said, whatever their order, and the sentence stays whole', () => {
  const second = caption.indexOf('Total')
  const [first, text] = sectionsOf(
    {
      caption,
      steps: [
        { step: 'summary', start: 0, end: second - 2 },
        { step: 'text', start: second, end: caption.length }
      ],
      // The last one reaches over the end of a sentence.
      unconfirmed: [marked('49.90', second), marked('49.90'), marked('Müller'), marked('now!\n\nTotal')]
    },
    'en'
  )
  const unchecked = (section: typeof first): string[][] =>
    section?.sentences.map(({ pieces }) => pieces.filter((one) => one.isUnchecked).map((one) => one.text)) ?? []
  expect(unchecked(first)).toEqual([['Müller', '49.90'], ['now!']])
  expect(text?.step).toBe('text')
  expect(unchecked(text)).toEqual([['Total', '49.90']])
  for (const { text: whole, pieces } of [...(first?.sentences ?? []), ...(text?.sentences ?? [])])
    expect(pieces.map((piece) => piece.text).join('')).toBe(whole)
})
