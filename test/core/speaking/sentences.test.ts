import { describe, expect, test } from 'vitest'
import { createSentenceSplitter, splitSentences } from '#core/speaking/sentences.ts'

describe('sentences', () => {
  test.each<[string, string[]]>([
    ['One. Two! Three? Four', ['One.', 'Two!', 'Three?', 'Four']],
    ['Dr. Smith met Mrs. Jones, e.g. at No. 5. They left.', ['Dr. Smith met Mrs. Jones, e.g. at No. 5.', 'They left.']],
    ['It costs 49.90. Buy it.', ['It costs 49.90.', 'Buy it.']],
    ['It costs 49. Buy it.', ['It costs 49.', 'Buy it.']],
    ['J. R. R. Tolkien wrote it. Read it.', ['J. R. R. Tolkien wrote it.', 'Read it.']],
    ['The U.S. Army came at 5 p.m. It rained.', ['The U.S. Army came at 5 p.m.', 'It rained.']],
    ['Open at 5 p.m. on weekdays. Closed else.', ['Open at 5 p.m. on weekdays.', 'Closed else.']],
    ['Loading... please wait. Wait... Done.', ['Loading... please wait.', 'Wait...', 'Done.']],
    ['Loading… please wait. Wait… Done.', ['Loading… please wait.', 'Wait…', 'Done.']],
    ['It asks "Save changes?" with two buttons. End.', ['It asks "Save changes?" with two buttons.', 'End.']],
    ['It says "Saved." Nothing else.', ['It says "Saved."', 'Nothing else.']],
    ['What?! Really.', ['What?!', 'Really.']],
    ['A heading\nA paragraph\n\n\nAnother', ['A heading', 'A paragraph', 'Another']],
    ['1. Open it.\n2. Close it.', ['1. Open it.', '2. Close it.']],
    ['See example.com/a.b?c=d for more. Bye.', ['See example.com/a.b?c=d for more.', 'Bye.']],
    ['你好。再见！“好吗？”好', ['你好。', '再见！', '“好吗？”', '好']],
    ['यह है। वह है।', ['यह है।', 'वह है।']],
    ['هل هذا؟ نعم.', ['هل هذا؟', 'نعم.']],
    ['Das ist z.B. am 3. mai so. Ende.', ['Das ist z.B. am 3. mai so.', 'Ende.']],
    ['So do I. You too.', ['So do I.', 'You too.']],
    ['  \n ', []],
    ['', []]
  ])('%j', (text, sentences) => expect(splitSentences(text)).toEqual(sentences))

  test('a sentence is given as soon as its end is sure, and no sooner', () => {
    const splitter = createSentenceSplitter()
    expect(splitter.push('A red car')).toEqual([])
    expect(splitter.push('.')).toEqual([])
    expect(splitter.push(' ')).toEqual(['A red car.'])
    expect(splitter.push('It costs 49.')).toEqual([])
    expect(splitter.push('90 with Dr. ')).toEqual([])
    expect(splitter.push('Who.\n')).toEqual(['It costs 49.90 with Dr. Who.'])
    expect(splitter.push('你好。')).toEqual(['你好。'])
    expect(splitter.push('The rest')).toEqual([])
    expect(splitter.end()).toEqual(['The rest'])
    expect(splitter.end()).toEqual([])
  })

  test('the way a text is cut into pieces makes no difference', () => {
    const text =
      'A dialog, e.g. "Save?" with 2 buttons. Price: 49.90 €… or not.\nNext line! 你好。再见！ The U.S. team met Dr. No. 7 at 5 p.m. It ended...'
    const whole = splitSentences(text)
    for (let size = 1; size < 12; size += 1) {
      const splitter = createSentenceSplitter()
      const pieces = text.match(new RegExp(`[^]{1,${size}}`, 'gu')) ?? []
      expect([...pieces.flatMap((piece) => splitter.push(piece)), ...splitter.end()]).toEqual(whole)
    }
  })

  test('a run without an end is cut at a clause, else at a word, else between characters', () => {
    const clauses = `${'many words in a clause, '.repeat(20)}end`
    const cut = splitSentences(clauses)
    expect(cut.every((part) => part.length <= 250)).toBe(true)
    expect(cut[0]?.endsWith(',')).toBe(true)
    expect(cut.join(' ')).toBe(clauses)
    const words = splitSentences('word '.repeat(100))
    expect(words.every((part) => /^(?:word ?)+$/u.test(part) && part.length <= 250)).toBe(true)
    const solid = splitSentences('😀'.repeat(300))
    expect(solid.join('')).toBe('😀'.repeat(300))
    expect(solid.every((part) => part.isWellFormed())).toBe(true)
  })
})
