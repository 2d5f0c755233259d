import { describe, expect, test } from 'vitest'
import { createSpokenPieces, type SpokenPiece } from '#core/speaking/spoken-pieces.ts'
import { completeText, createArrivingText, splitSentences } from '#core/text/sentences.ts'

function piecesIn(text: string): SpokenPiece[] {
  return createSpokenPieces({ hasEarlyClause: () => true }).read(completeText(text, splitSentences(text)))
}

const textsIn = (text: string): string[] => piecesIn(text).map((piece) => piece.text)

/** Appends to a caption; gives the texts of the pieces that can be spoken then. */
function arriving(hasEarlyClause = true): { append(delta: string): string[]; end(): string[] } {
  const caption = createArrivingText('en')
  const pieces = createSpokenPieces({ hasEarlyClause: () => hasEarlyClause })
  return {
    append(delta) {
      caption.append(delta)
      return pieces.read(caption).map(({ text }) => text)
    },
    end: () => pieces.end().map(({ text }) => text)
  }
}

test('a sentence is one piece, with its id', () => {
  expect(piecesIn('A cat. It sleeps')).toEqual([
    { text: 'A cat.', sentenceId: 0 },
    { text: 'It sleeps', sentenceId: 1 }
  ])
})

describe('a long sentence', () => {
  test('is cut after a clause, otherwise after a word, otherwise between characters', () => {
    const clauses = `${'many words in a clause, '.repeat(20)}end`
    const cut = piecesIn(clauses)
    expect(cut.every(({ text, sentenceId }) => text.length <= 250 && sentenceId === 0)).toBe(true)
    expect(cut[0]?.text.endsWith(',')).toBe(true)
    expect(cut.map(({ text }) => text).join(' ')).toBe(clauses)
    const words = textsIn('word '.repeat(100))
    expect(words.every((part) => /^(?:word ?)+$/u.test(part) && part.length <= 250)).toBe(true)
    const solid = textsIn('😀'.repeat(300))
    expect(solid.join('')).toBe('😀'.repeat(300))
    expect(solid.every((part) => part.isWellFormed())).toBe(true)
  })

  test('is cut at a space or between words in Thai and Lao, which have no marks', () => {
    const thai = 'แมวนั่งอยู่บนโต๊ะสีน้ำตาลในห้อง '.repeat(8).trim()
    const cut = textsIn(thai)
    expect(cut.join(' ')).toBe(thai)
    expect(cut.every((part) => part.length <= 100)).toBe(true)
    const solid = thai.replaceAll(' ', '')
    const pieces = textsIn(solid)
    expect(pieces.join('')).toBe(solid)
    expect(pieces.length).toBeGreaterThan(2)
    // No piece begins with a mark that belongs to the letter before it.
    expect(pieces.every((piece) => piece.length <= 100 && /^\P{M}/u.test(piece))).toBe(true)
  })

  test('is cut while it arrives, too', () => {
    const caption = arriving(false)
    expect(caption.append('word '.repeat(51))).toEqual(['word '.repeat(50).trim()])
    expect(caption.end()).toEqual(['word'])
  })
})

describe('the first clause of a long beginning', () => {
  const long =
    'A dialog of the text editor, which lies over the letter, asks whether the changes shall be kept before it closes, and has three buttons. The first, which has the focus, says Save.'
  const clauses = [
    'A dialog of the text editor, which lies over the letter,',
    'asks whether the changes shall be kept before it closes, and has three buttons.',
    'The first, which has the focus, says Save.'
  ]

  test.each([1, 3, 4, 7])('is given early when it comes in pieces of %i; later sentences stay whole', (size) => {
    const caption = arriving()
    const given: string[] = []
    let arrived = 0
    let firstAfter = 0
    for (const piece of long.match(new RegExp(`[^]{1,${size}}`, 'gu')) ?? []) {
      arrived += piece.length
      given.push(...caption.append(piece))
      if (given.length > 0) firstAfter ||= arrived
    }
    expect([...given, ...caption.end()]).toEqual(clauses)
    expect(firstAfter).toBeLessThan(75)
  })

  test('is not cut from a sentence that has arrived as a whole, nor where it is not asked for', () => {
    expect(arriving().append(long)).toEqual([`${clauses[0]} ${clauses[1]}`])
    expect(arriving(false).append(long.slice(0, 130))).toEqual([])
  })

  test('is never just a few words, and waits for a boundary', () => {
    const caption = arriving()
    expect(caption.append(`Here, ${'many words '.repeat(10)}`)).toEqual([])
    expect(caption.append('in a row; ')).toEqual([`Here, ${'many words '.repeat(10)}in a row;`])
  })

  test('is short in Chinese and Thai', () => {
    expect(
      arriving().append('图片显示一只黑白相间的小猫坐在窗台上，旁边放着一盆绿色的植物和一本打开的厚厚的书本')
    ).toEqual(['图片显示一只黑白相间的小猫坐在窗台上，'])
    expect(arriving().append('แมวนั่งอยู่บนโต๊ะสีน้ำตาล ข้างหน้าต่างบานใหญ่ในห้อง')).toEqual(['แมวนั่งอยู่บนโต๊ะสีน้ำตาล'])
  })
})

describe('words after the first sentence', () => {
  test('wait until it is complete, even if its first clause is spoken early', () => {
    const caption = createArrivingText('en')
    const pieces = createSpokenPieces({ hasEarlyClause: () => true })
    expect(pieces.afterFirst('Notice: private.')).toEqual([])
    caption.append('A long letter from the bank, which lies on a desk of dark wood, and a red')
    expect(pieces.read(caption)).toEqual([
      { text: 'A long letter from the bank, which lies on a desk of dark wood,', sentenceId: 0 }
    ])
    caption.append(' pen. It')
    expect(pieces.read(caption)).toEqual([
      { text: 'and a red pen.', sentenceId: 0 },
      { text: 'Notice: private.', sentenceId: null }
    ])
  })

  test('come at once if it has been given', () => {
    const pieces = createSpokenPieces({ hasEarlyClause: () => true })
    pieces.read(completeText('One. Two.', splitSentences('One. Two.')))
    expect(pieces.afterFirst('Notice: private.')).toEqual([{ text: 'Notice: private.', sentenceId: null }])
  })
})

test('a quotation mark that arrives after its sentence is not a piece of its own', () => {
  const caption = arriving()
  expect(caption.append('“好。')).toEqual(['“好。'])
  expect(caption.append('”好')).toEqual([])
  expect(caption.end()).toEqual(['好'])
})

test('takes little time for text made to take forever', () => {
  for (const piece of ['.', '. ', '"', ', ', 'a.', '1. ', '猫', 'แ', '… ', '\u200f', 'z. B. '])
    expect(piecesIn(piece.repeat(10_000)).length).toBeLessThan(10_002)
})
