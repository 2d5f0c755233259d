import { describe, expect, it } from 'vitest'
import { inReadingOrder } from '#core/pictures/reading-order.ts'
import { turned, type RotatedBox } from '#core/pictures/rotated-box.ts'

interface Piece {
  text: string
  words: string[]
  box: RotatedBox
}

/** A piece of text by its left end and the middle of its line; letters are 10 wide, lines 20 high. */
function piece(text: string, left: number, middle: number): Piece {
  const width = text.length * 10
  return {
    text,
    words: text.split(' '),
    box: { centerX: left + width / 2, centerY: middle, width, height: 20, angle: 0 }
  }
}

const orderOf = (pieces: Piece[]): string[] =>
  inReadingOrder(pieces.toReversed()).map((row) => row.map(({ text }) => text).join(' | '))

const left = ['The first line on the left', 'and the second one there', 'goes on, a third line long', 'until the last']
const right = [
  'Then the right column starts',
  'with lines of its own that',
  'are read after all others',
  'and end here'
]
const columns = [
  piece('A headline above both columns of the page', 40, 20),
  ...left.map((text, index) => piece(text, 0, 80 + index * 30)),
  ...right.map((text, index) => piece(text, 320, 80 + index * 30)),
  piece('Page 3', 250, 260)
]

describe('reading order', () => {
  it('reads columns one after the other, between what is above and below them', () => {
    expect(orderOf(columns)).toEqual(columns.map(({ text }) => text))
  })

  it('reads a table row by row', () => {
    const rows = [
      ['Region', 'Units', 'Revenue'],
      ['North', '1,204', '48,160.00'],
      ['South', '987', '39,480.00'],
      ['East', '2,310', '92,400.50']
    ]
    const cells = rows.flatMap((row, y) => row.map((text, x) => piece(text, x * 200, 20 + y * 30)))
    expect(orderOf(cells)).toEqual(rows.map((row) => row.join(' | ')))
  })

  it('reads a receipt row by row, its prices beside their items', () => {
    const pieces = [
      piece('CORNER GROCERY', 100, 20),
      piece('Semi-skimmed milk 2L', 0, 80),
      piece('1.85', 400, 82),
      piece('Wholemeal bread', 0, 110),
      piece('1.40', 400, 112),
      piece('Bananas 0.842 kg', 0, 140),
      piece('0.93', 400, 142),
      piece('TOTAL', 0, 200),
      piece('4.18', 400, 202)
    ]
    expect(orderOf(pieces)).toEqual([
      'CORNER GROCERY',
      'Semi-skimmed milk 2L | 1.85',
      'Wholemeal bread | 1.40',
      'Bananas 0.842 kg | 0.93',
      'TOTAL | 4.18'
    ])
  })

  it('reads a chat from top to bottom, on both sides', () => {
    const chat = [
      piece('Did you get it?', 0, 20),
      piece('10:14', 0, 50),
      piece('Yes, thank you', 400, 100),
      piece('10:17', 400, 130),
      piece('See you at noon', 0, 180),
      piece('10:19', 0, 210),
      piece('I bring cake', 400, 260),
      piece('10:21', 400, 290)
    ]
    expect(orderOf(chat)).toEqual(chat.map(({ text }) => text))
  })

  it('reads the buttons of a dialog in one row, after the question', () => {
    const dialog = [
      piece('Delete message?', 40, 20),
      piece('This message will be deleted.', 40, 60),
      piece('Delete', 150, 110),
      piece('Cancel', 260, 111)
    ]
    expect(orderOf(dialog)).toEqual(['Delete message?', 'This message will be deleted.', 'Delete | Cancel'])
  })

  it('reads a sidebar before what is beside it, where their lines are not level', () => {
    const sidebar = ['Inbox', 'Drafts', 'Sent', 'Archive'].map((text, index) => piece(text, 0, 40 + index * 47))
    const lines = ['Dear Ada,', 'thank you for the letter.', 'It came on Monday.', 'Yours, Tom', 'P.S. Write soon.']
    const letter = lines.map((text, index) => piece(text, 200, 30 + index * 33))
    expect(orderOf([...sidebar, ...letter])).toEqual([...sidebar, ...letter].map(({ text }) => text))
  })

  it.each([7, -15, 90, 180])('reads the same on a page turned by %d degrees', (degrees) => {
    const page = columns.map((one) => ({ ...one, box: turned(one.box, (degrees * Math.PI) / 180) }))
    expect(orderOf(page)).toEqual(columns.map(({ text }) => text))
  })

  it('gives nothing for nothing', () => {
    expect(inReadingOrder([])).toEqual([])
  })
})
