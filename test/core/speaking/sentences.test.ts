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

  test.each<[string, string, string[]]>([
    ['en', 'The answer is no. Press OK.', ['The answer is no.', 'Press OK.']],
    ['en', 'On Oct. 5 it was No. 7. In Oct. It rained.', ['On Oct. 5 it was No. 7.', 'In Oct.', 'It rained.']],
    ['en-GB', 'A work of art. See Fig. 2 by Mr. Fry.', ['A work of art.', 'See Fig. 2 by Mr. Fry.']],
    [
      'de',
      'Ein Tier, z. B. Hund, d. h. bzw. Katze usw. Ende.',
      ['Ein Tier, z. B. Hund, d. h. bzw. Katze usw.', 'Ende.']
    ],
    ['de-AT', 'Siehe Abb. 3 auf S. 5. Am 3. Okt. 2026.', ['Siehe Abb. 3 auf S. 5.', 'Am 3. Okt. 2026.']],
    ['fr', 'Voici M. Dupont et Mme. Roux, p. ex. ici. Fin.', ['Voici M. Dupont et Mme. Roux, p. ex. ici.', 'Fin.']],
    ['es', 'El Sr. Gil y la Sra. Paz, p. ej. hoy. ¿Sí? No.', ['El Sr. Gil y la Sra. Paz, p. ej. hoy.', '¿Sí?', 'No.']],
    [
      'it',
      'Il sig. Rossi e la dott.ssa Neri, a pag. 3. Fine.',
      ['Il sig. Rossi e la dott.ssa Neri, a pag. 3.', 'Fine.']
    ],
    ['pt', 'O Sr. Sá e a Sra. Reis, pág. 3. Fim.', ['O Sr. Sá e a Sra. Reis, pág. 3.', 'Fim.']],
    ['nl', 'Dhr. Bos, bijv. met drs. Vis, enz. Einde.', ['Dhr. Bos, bijv. met drs. Vis, enz.', 'Einde.']],
    ['pl', 'Np. dr Lis, ul. Długa 5, tj. tutaj. Koniec.', ['Np. dr Lis, ul. Długa 5, tj. tutaj.', 'Koniec.']],
    ['ar', 'هل هذا؟\u200f نعم. «لا!» انتهى.', ['هل هذا؟\u200f', 'نعم.', '«لا!»', 'انتهى.']],
    ['ur', 'یہ ہے۔ وہ ہے۔', ['یہ ہے۔', 'وہ ہے۔']],
    ['he', 'זה חתול. האם הוא ישן? כן!', ['זה חתול.', 'האם הוא ישן?', 'כן!']],
    ['hi', 'यह है।वह है। अंत', ['यह है।', 'वह है।', 'अंत']],
    ['hy', 'Սա կատու է։ Նա քնած է։', ['Սա կատու է։', 'Նա քնած է։']],
    ['am', 'ይህ ድመት ነው። ተኝቷል።', ['ይህ ድመት ነው።', 'ተኝቷል።']],
    ['km', 'នេះឆ្មា។ វាដេក', ['នេះឆ្មា។', 'វាដេក']],
    ['my', 'ကြောင်ဖြစ်သည်။ အိပ်သည်။', ['ကြောင်ဖြစ်သည်။', 'အိပ်သည်။']],
    ['ja', '猫です。寝ています', ['猫です。', '寝ています']],
    ['not a tag', 'One. Two.', ['One.', 'Two.']]
  ])('in %s: %j', (language, text, sentences) => expect(splitSentences(text, { language })).toEqual(sentences))

  test('Thai and Lao, which have no marks, are cut at a space, or between words', () => {
    const thai = 'แมวนั่งอยู่บนโต๊ะสีน้ำตาลในห้อง '.repeat(8).trim()
    const cut = splitSentences(thai)
    expect(cut.join(' ')).toBe(thai)
    expect(cut.every((part) => part.length <= 100)).toBe(true)
    const solid = thai.replaceAll(' ', '')
    const pieces = splitSentences(solid)
    expect(pieces.join('')).toBe(solid)
    expect(pieces.length).toBeGreaterThan(2)
    // No piece begins with a mark that belongs to the letter before it.
    expect(pieces.every((piece) => piece.length <= 100 && /^\P{M}/u.test(piece))).toBe(true)
  })

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

  describe('the first clause of a long beginning', () => {
    const long =
      'A dialog of the text editor, which lies over the letter, asks whether the changes shall be kept before it closes, and has three buttons. The first, which has the focus, says Save.'
    const clauses = [
      'A dialog of the text editor, which lies over the letter,',
      'asks whether the changes shall be kept before it closes, and has three buttons.',
      'The first, which has the focus, says Save.'
    ]

    test.each([1, 3, 4, 7])('is given early, when it comes in pieces of %i; later sentences stay whole', (size) => {
      const splitter = createSentenceSplitter({ hasEarlyClause: () => true })
      const pieces = long.match(new RegExp(`[^]{1,${size}}`, 'gu')) ?? []
      const given: string[] = []
      let arrived = 0
      let firstAfter = 0
      for (const piece of pieces) {
        arrived += piece.length
        given.push(...splitter.push(piece))
        if (given.length > 0) firstAfter ||= arrived
      }
      expect([...given, ...splitter.end()]).toEqual(clauses)
      expect(firstAfter).toBeLessThan(75)
    })

    test('is not cut from a sentence that is there as a whole, nor where it is not asked for', () => {
      const splitter = createSentenceSplitter({ hasEarlyClause: () => true })
      expect(splitter.push(long)).toEqual([`${clauses[0]} ${clauses[1]}`])
      expect(createSentenceSplitter().push(long.slice(0, 130))).toEqual([])
    })

    test('is never a few words, and waits for a boundary', () => {
      const splitter = createSentenceSplitter({ hasEarlyClause: () => true })
      expect(splitter.push(`Here, ${'many words '.repeat(10)}`)).toEqual([])
      expect(splitter.push('in a row; ')).toEqual([`Here, ${'many words '.repeat(10)}in a row;`])
    })

    test('is short in Chinese and Thai', () => {
      const chinese = createSentenceSplitter({ hasEarlyClause: () => true })
      expect(
        chinese.push('图片显示一只黑白相间的小猫坐在窗台上，旁边放着一盆绿色的植物和一本打开的厚厚的书本')
      ).toEqual(['图片显示一只黑白相间的小猫坐在窗台上，'])
      const thai = createSentenceSplitter({ hasEarlyClause: () => true })
      expect(thai.push('แมวนั่งอยู่บนโต๊ะสีน้ำตาล ข้างหน้าต่างบานใหญ่ในห้อง')).toEqual(['แมวนั่งอยู่บนโต๊ะสีน้ำตาล'])
    })
  })

  test('comes through text made to take for ever', () => {
    for (const piece of ['.', '. ', '"', ', ', 'a.', '1. ', '猫', 'แ', '… ', '\u200f', 'z. B. '])
      expect(splitSentences(piece.repeat(10_000)).length).toBeLessThan(10_002)
  })
})
