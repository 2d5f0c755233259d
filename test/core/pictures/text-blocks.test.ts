import { expect, it } from 'vitest'
import { textInBlocks } from '#core/pictures/text-blocks.ts'
import type { ReadWord } from '#core/ports/pictures.ts'

/** One line of words, with the height of its letters. */
function line(text: string, y: number, height = 20, x = 40): ReadWord[] {
  return text.split(' ').map((word, index) => ({
    text: word,
    confidence: 95,
    box: { x: x + index * 100, y, width: 90, height }
  }))
}

function page(lines: [text: string, y: number, height?: number, x?: number][]): string {
  return textInBlocks({
    text: lines.map(([text]) => text).join('\n'),
    words: lines.flatMap(([text, y, height, x]) => line(text, y, height, x))
  })
}

it('puts an empty line between paragraphs', () => {
  expect(
    page([
      ['We are closed', 100],
      ['on Monday.', 128],
      ['Your library', 180]
    ])
  ).toBe('We are closed\non Monday.\n\nYour library')
})

it('puts an empty line after a heading that is close to its text', () => {
  expect(
    page([
      ['Opening hours', 100, 40],
      ['Nine to five', 150]
    ])
  ).toBe('Opening hours\n\nNine to five')
})

it('puts an empty line before the next column', () => {
  expect(
    page([
      ['left one', 100],
      ['left two', 128],
      ['right one', 100, 20, 600],
      ['right two', 128, 20, 600]
    ])
  ).toBe('left one\nleft two\n\nright one\nright two')
})

it('leaves text alone whose words have no places', () => {
  expect(textInBlocks({ text: 'one\ntwo', words: [] })).toBe('one\ntwo')
  expect(textInBlocks({ text: '', words: [] })).toBe('')
})
