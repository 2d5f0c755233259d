import { describe, expect, test } from 'vitest'
import { createArrivingText, sentencesIn, splitSentences } from '#core/text/sentences.ts'

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
  ])('%j', (text, sentences) => expect(sentencesIn(text)).toEqual(sentences))

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
  ])('in %s: %j', (language, text, sentences) => expect(sentencesIn(text, language)).toEqual(sentences))

  test('have ids and places in the text, without the white space around them', () => {
    const text = '  A cat. \n\n It sleeps'
    expect(splitSentences(text)).toEqual([
      { id: 0, start: 2, end: 8 },
      { id: 1, start: 12, end: 21 }
    ])
  })

  test('are complete as soon as their end is certain, and no sooner', () => {
    const arriving = createArrivingText('en')
    const complete = (delta: string): string[] => {
      const before = arriving.completeCount
      arriving.append(delta)
      return arriving.sentences
        .slice(before, arriving.completeCount)
        .map(({ start, end }) => arriving.text.slice(start, end))
    }
    expect(complete('A red car')).toEqual([])
    expect(complete('.')).toEqual([])
    expect(complete(' ')).toEqual(['A red car.'])
    expect(complete('It costs 49.')).toEqual([])
    expect(complete('90 with Dr. ')).toEqual([])
    expect(complete('Who.\n')).toEqual(['It costs 49.90 with Dr. Who.'])
    expect(complete('你好。')).toEqual(['你好。'])
    expect(complete('The rest')).toEqual([])
    expect(arriving.sentences.at(-1)).toEqual({ id: 3, start: 43, end: 51 })
    arriving.end()
    expect(arriving.completeCount).toBe(4)
    arriving.end()
    expect(arriving.completeCount).toBe(4)
  })

  test.each([
    'A dialog, e.g. "Save?" with 2 buttons. Price: 49.90 €… or not.\nNext line! 你好。“再见！”（好。）The U.S. team met Dr. No. 7 at 5 p.m. It ended...',
    '1. Open\n\n2. Close “now.” Then... wait. Am 3. Mai. Siehe S. 5. Ende?! "Ja!"'
  ])('are the same however the text is cut into pieces: %s', (text) => {
    for (const language of ['en', 'de']) {
      for (let size = 1; size < 12; size += 1) {
        const arriving = createArrivingText(language)
        for (const piece of text.match(new RegExp(`[^]{1,${size}}`, 'gu')) ?? []) arriving.append(piece)
        arriving.end()
        expect(arriving.sentences, `${language}, by ${size}`).toEqual(splitSentences(text, language))
      }
    }
  })

  test('takes little time for text made to take forever', () => {
    for (const piece of ['.', '. ', '"', ', ', 'a.', '1. ', '猫', 'แ', '… ', '\u200f', 'z. B. ', '\n'])
      expect(splitSentences(piece.repeat(10_000)).length).toBeLessThan(10_002)
  })
})
