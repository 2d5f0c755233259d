import { expect, test } from 'vitest'
import { splitSentences } from '#core/text/sentences.ts'
import { sectionsOf, type Piece } from '#renderer/caption/caption-layout.ts'

const caption = 'Müller owes 49.90. Pay now!\n\nTotal 49.90'
const sentences = [...splitSentences(caption)]
const marked = (text: string, from = 0): { text: string; start: number; end: number; nearest: null } => {
  const start = caption.indexOf(text, from)
  return { text, start, end: start + text.length, nearest: null }
}

const textOf = (pieces: Piece[]): string => pieces.map(({ text }) => text).join('')

test('a caption without parts is all summary, sentence by sentence', () => {
  const sections = sectionsOf({ caption, sentences, steps: [], unconfirmed: [] })
  expect(sections.map((section) => [section.step, section.sentences.map(({ pieces }) => textOf(pieces))])).toEqual([
    ['summary', ['Müller owes 49.90.', 'Pay now!', 'Total 49.90']]
  ])
})

test('marks stand where they are said, in any order, and each sentence stays whole', () => {
  const second = caption.indexOf('Total')
  const [first, text] = sectionsOf({
    caption,
    sentences,
    steps: [
      { step: 'summary', start: 0, end: second - 2 },
      { step: 'text', start: second, end: caption.length }
    ],
    // The last one reaches over the end of a sentence.
    unconfirmed: [marked('49.90', second), marked('49.90'), marked('Müller'), marked('now!\n\nTotal')]
  })
  const unverified = (section: typeof first): string[][] =>
    section?.sentences.map(({ pieces }) => pieces.filter((one) => one.isUnverified).map((one) => one.text)) ?? []
  expect(unverified(first)).toEqual([['Müller', '49.90'], ['now!']])
  expect(text?.step).toBe('text')
  expect(unverified(text)).toEqual([['Total', '49.90']])
  expect([...(first?.sentences ?? []), ...(text?.sentences ?? [])].map(({ pieces }) => textOf(pieces))).toEqual(
    sentences.map(({ start, end }) => caption.slice(start, end))
  )
})
