import { describe, expect, it } from 'vitest'
import { checkGrounding, type GroundingResult } from '#core/grounding/grounding.ts'
import type { ReadText } from '#core/ports/pictures.ts'
import type { Code } from '#shared/caption.ts'

/** What OCR gives for these lines; `word~60` was read with that confidence. */
function read(...lines: string[]): ReadText {
  const words = lines.flatMap((line, row) =>
    line.split(' ').map((written, column) => {
      const [text = '', confidence = '95'] = written.split('~')
      return { text, confidence: Number(confidence), box: { x: column * 100, y: row * 60, width: 90, height: 20 } }
    })
  )
  return { text: lines.join('\n'), words }
}

function check(
  caption: string,
  picture: ReadText,
  more: { language?: string; codes?: Code[]; knownText?: string } = {}
): GroundingResult {
  return checkGrounding({ caption, read: picture, codes: [], language: 'en', knownText: null, ...more })
}

const receipt = read('Café Muller', '05.03.2026 15:00', 'Milk 1.99', 'Bread 2.49', 'Total $1,299.50', 'Order AB-1234-X')

function marked(result: GroundingResult): string[] {
  return result.unconfirmed.map(({ text }) => text)
}

describe('what is not in the picture', () => {
  it.each([
    ['a wrong digit', 'The total is 1,289.50 dollars.', '1,289.50', '1,299.50'],
    ['two digits swapped', 'Bread costs 2.94.', '2.94', '2.49'],
    ['a wrong date', 'A receipt of March 6, 2026.', 'March 6, 2026', '05.03.2026'],
    ['a wrong time', 'It was printed at 3:10 pm.', '3:10 pm', '15:00'],
    ['a wrong code', 'The order is AB-1284-X.', 'AB-1284-X', 'AB-1234-X'],
    ['a wrong name', 'A receipt from Café Miller.', 'Miller', 'Muller'],
    ['an invented word in a quotation', 'It lists “Bread 2.49” and “Total refund $1,299.50”.', 'refund', null]
  ])('finds %s, says where it stands and what was read', (_, caption, text, nearest) => {
    const result = check(caption, receipt)
    expect(marked(result)).toEqual([text])
    const { start, end } = result.unconfirmed[0] ?? expect.fail('nothing marked')
    expect(caption.slice(start, end)).toBe(text)
    expect(result.nearest).toEqual([nearest])
    expect(result.isTextUnchecked).toBe(false)
  })

  it('finds a quotation that is nowhere', () => {
    expect(marked(check('The sign says “No dogs allowed”.', receipt))).toEqual(['No dogs allowed'])
  })

  it('finds a count only where the picture has another one before the same word', () => {
    const inbox = read('Inbox', '15 unread messages')
    expect(marked(check('A window with 12 unread messages.', inbox))).toEqual(['12'])
    expect(marked(check('A window with 3 icons and 12 people.', inbox))).toEqual([])
  })

  it('finds the number of a chapter or page where the picture has another, but not of what is counted', () => {
    const page = read('Chapter 2', 'The tide', 'Page 31 of 60', 'with 5 others')
    expect(marked(check('A book, chapter 3: the tide.', page))).toEqual(['3'])
    expect(marked(check('A page with 3 paragraphs.', page))).toEqual([])
  })

  it.each([
    ['a six for a nine', 'The lot is 686-DK78.', read('Lot 986-DK78'), '686-DK78'],
    ['a tenth of the weight', 'A pack of 20 g of tea.', read('Green tea 200 g'), '20'],
    ['a number of fewer digits beside it', 'Free space is 21.6 GB.', read('Volume 16 %', 'Free space 29.6 GB'), '21.6'],
    [
      'a branch',
      'The branch is feature-checkout.',
      { ...read('git status', 'On branch main'), unread: [] },
      'feature-checkout'
    ]
  ])('finds %s', (_, caption, picture, text) => {
    expect(marked(check(caption, picture))).toEqual([text])
  })

  it('finds an office and who wrote, in German', () => {
    const chart = { ...read('Besucher im Freibad', 'Jun 283', 'Jul 539', 'Okt 483'), unread: [] }
    const caption = 'Besucher: Jun 283, Jul 539, Okt 483. Quelle ist das Statistische Landesamt.'
    expect(marked(check(caption, chart, { language: 'de' }))).toEqual(['Statistische Landesamt'])
    const chat = { ...read('Svenja', 'Die Prüfung war leicht', '08:29'), unread: [] }
    expect(marked(check('Chat mit Felix, 08:29: „Die Prüfung war leicht“.', chat, { language: 'de' }))).toEqual([
      'Felix'
    ])
  })

  it('finds a wrong name in German, where every noun has a capital', () => {
    const bill = read('Rechnung', 'Bäckerei Schmidt', 'Summe 49,80 €')
    const result = check('Eine Quittung der Bäckerei Schmitt über 49,90 €.', bill, { language: 'de' })
    expect(marked(result)).toEqual(['Schmitt', '49,90'])
    expect(
      marked(check('Eine Quittung der Bäckerei Schmidt mit Kaffee und Kuchen.', bill, { language: 'de' }))
    ).toEqual([])
  })
})

describe('crying wolf', () => {
  it.each([
    ['dates, times and money written otherwise', 'On 5 March 2026 at 3 pm, 1299.50 dollars in all.'],
    ['rounding', 'About 1,300 dollars, between 1 and 2 for milk.'],
    ['counts, ordinals and decades', 'Three lines, 6 rows, the 2nd of the 1980s.'],
    ['a paraphrase', 'Somebody bought food for more than a thousand dollars.'],
    ['curly quotes and signs', 'It reads ‘total: $1,299.50’.'],
    ['accents', 'A receipt from Café Müller.'],
    ['days and languages', 'An English receipt, printed on a Thursday in March.']
  ])('does not, over %s', (_, caption) => {
    expect(check(caption, receipt)).toEqual({ unconfirmed: [], nearest: [], isTextUnchecked: false })
  })

  it('does not, over letters that OCR mixes up, hyphens, line breaks and lost spaces', () => {
    const page = read('The rnodern O1ympic perma-', 'nently c1osed. Savechanges', 'Fee l5O.00 Code B8-5S1')
    const caption = 'It says “The modern Olympic permanently closed. Save changes”. The fee is 150.00, the code BB-551.'
    expect(marked(check(caption, page))).toEqual([])
  })

  it.each([
    ['1 299 €', '1299 euros'],
    ['1.299,00', '1,299'],
    ['5%', '5 percent'],
    ['7400 ms', '7.4 seconds'],
    ['2.5M', '2.5 million'],
    ['2026-03-05', 'March 5'],
    ['10.42', '10:42']
  ])('does not, over %s told as %s', (written, told) => {
    expect(marked(check(`The value is ${told}.`, read('Value', written, 'and other words')))).toEqual([])
  })

  it('does not, over an apostrophe, a point or a space that OCR lost, or a thin letter seen twice', () => {
    const picture = read(
      'Dont forget',
      'Protein 86g',
      'Fat 3260',
      'Norwich 22 253 107',
      'Leeds 40 734 104',
      'info@Ilarkfield.example'
    )
    const caption =
      'It says “Don’t forget”. Protein 8.6 g, fat 32.6 g; Norwich sold 22 253, Leeds 40 734. Write to info@larkfield.example.'
    expect(marked(check(caption, picture))).toEqual([])
  })

  it('does not, over a number that is like another which the caption tells as well', () => {
    const label = read('Fat 2.88 g', 'Protein')
    expect(marked(check('Salt 2.88 g, protein 25.8 g.', label))).toEqual([])
  })

  it('does not, over a short word that OCR takes for another', () => {
    expect(marked(check('It says “Ihr Antrag ist da”.', read('Thr Antrag ist da'), { language: 'de' }))).toEqual([])
  })

  it('does not, over a translation', () => {
    const german = read('Möchten Sie die Änderungen an diesem Dokument speichern', 'bevor Sie das Fenster schließen')
    expect(check('The dialog asks “Save changes before closing?”', german)).toMatchObject({
      unconfirmed: [],
      isTextUnchecked: true
    })
  })

  it('does not, over the translation of a short dialog, whose language is hard to guess', () => {
    const german = read('Mochten Sie die Anderungen speichern?', 'Verwerfen Abbrechen Speichern')
    const caption = 'A dialog asks “Do you want to save the changes?” Buttons: Discard, Cancel, Save.'
    expect(marked(check(caption, { ...german, unread: [] }))).toEqual([])
  })

  it('does, over an invention in an English invoice that looks Dutch to a statistical guess', () => {
    const invoice = read(
      'Invoice 4711',
      'Customer: Zoe Berger',
      'Net amount 129.00',
      'Payable within 14 days',
      'Thank you for your order'
    )
    const caption = 'Invoice 4711. It says “Happy birthday”, net amount 129.00, within 14 days.'
    expect(marked(check(caption, { ...invoice, unread: [] }))).toEqual(['Happy birthday'])
  })

  it('does not, over what a code or a page’s own text says', () => {
    const caption = 'A code that leads to https://example.com/a7. The page is signed “Ingrid Bergström”.'
    const codes = [{ format: 'QRCode', text: 'https://example.com/a7' }]
    expect(check(caption, receipt, { codes, knownText: 'Yours,\nIngrid Bergström' }).unconfirmed).toEqual([])
  })
})

describe('text that was not read', () => {
  it('says so once, and marks nothing, where OCR read nothing or nothing surely', () => {
    for (const picture of [read(), read('Th~40 5gn~35 KAep~50 0ut~44')])
      expect(check('A sign says “Keep out”, number 84.', picture)).toEqual({
        unconfirmed: [],
        nearest: [],
        isTextUnchecked: true
      })
  })

  it('says so where the nearest reading is in doubt', () => {
    expect(check('The total is 49.90.', read('Total 49.80~55', 'Thank you'))).toMatchObject({
      unconfirmed: [],
      isTextUnchecked: true
    })
  })

  it('says so where OCR seems to have missed a part of the picture', () => {
    const caption = 'Invoice 2027-9285 to Rosa Delgado. Net 7,608.00, due 9,129.60. “Payable within 21 days.”'
    expect(check(caption, read('Invoice 2027-9285', 'To Rosa Delgado'))).toMatchObject({
      unconfirmed: [],
      isTextUnchecked: true
    })
  })

  it('is silent about names in a picture without text, and about captions without claims', () => {
    expect(check('The Eiffel Tower at night.', read()).isTextUnchecked).toBe(false)
    expect(check('Two dogs run across a beach.', read()).isTextUnchecked).toBe(false)
  })
})

it('checks the first hundred claims of a caption that never ends, and says so', () => {
  const caption = Array.from({ length: 150 }, (_, index) => `${1000 + index}`).join(' or ')
  const result = check(`Codes ${caption}.`, read(...Array.from({ length: 150 }, (_, index) => `${1000 + index}`)))
  expect(result).toEqual({ unconfirmed: [], nearest: [], isTextUnchecked: true })
})

it('bears hostile lengths', () => {
  const caption = `${'"'.repeat(1000)} ${'A1-'.repeat(600)} ${'Aa '.repeat(300)} ${'1,'.repeat(600)}`
  expect(() => check(caption, read('1'.repeat(3000), `${'a '.repeat(999)}a`))).not.toThrow()
})

describe('what looks like text and was not read', () => {
  const dialog = read('Delete this message?', 'Cancel')
  const button = { x: 300, y: 60, width: 80, height: 14 }

  it('keeps what may stand there from being marked', () => {
    const caption = '“Delete this message?” with the buttons “Cancel” and “Confirm”'
    expect(marked(check(caption, { ...dialog, unread: [] }))).toEqual(['Confirm'])
    expect(check(caption, { ...dialog, unread: [button] })).toMatchObject({ unconfirmed: [], isTextUnchecked: true })
  })

  it('does not when it is too short', () => {
    const caption = '“Delete this message?” with a note “Please confirm within three days”'
    const spot = { ...button, width: 15 }
    expect(check(caption, { ...dialog, unread: [spot] }).unconfirmed).not.toEqual([])
  })

  it('leaves a picture without anything like text only with what is said to be written', () => {
    const nothing = { text: '', words: [], unread: [] }
    expect(marked(check('A sign says 84. It stands near the Eiffel Tower.', nothing))).toEqual(['84'])
  })
})

describe('something else in its place', () => {
  const blur = { x: 600, y: 300, width: 60, height: 30 }
  const shopping = read('Honig 3,54', 'Tomaten 14,60', 'Summe 18,14')
  const board = { ...read('Freiburg 11:05', 'Dublin 11:08', 'Sevilla 11:16'), unread: [] }

  it('finds a number beside the word that stands beside it in the caption, whatever else was not read', () => {
    const plate = { ...read('CAMP 669'), unread: [blur] }
    expect(marked(check('A plate reads “CAMP 369”.', plate))).toEqual(['369'])
    expect(marked(check('A plate reads “LODGE 369”.', plate))).not.toContain('369')
  })

  it('finds an item of a list whose number stands beside another one', () => {
    const language = 'de'
    expect(check('Honig für 3,54 und Brötchen für 14,60 Euro.', shopping, { language })).toMatchObject({
      unconfirmed: [{ text: 'Brötchen' }],
      nearest: ['Tomaten']
    })
    // No other item tells that the numbers stand beside their words.
    expect(marked(check('Brötchen für 14,60 Euro.', shopping, { language }))).toEqual([])
  })

  it('finds a name that opens a sentence by what follows it', () => {
    const branches = read('Dublin 21,955 35', 'Plymouth 48,750 62')
    expect(marked(check('Sevilla sold 21,955 units; Plymouth 48,750.', branches))).toEqual(['Sevilla'])
    const chat = { ...read('Marco', 'I left the keys 19:08', 'Bring the folder 19:09'), unread: [] }
    const caption = 'Chat with Marco. “I left the keys”, 19:08. “Bring the folder”, 19:09.'
    expect(marked(check(`${caption} Leopold is typing.`, chat))).toEqual(['Leopold'])
    expect(marked(check(`${caption} Somebody is typing. Snow is falling.`, chat))).toEqual([])
  })

  it('finds a town or button that is the only one of several not to be read', () => {
    const language = 'de'
    const caption = 'Züge nach Freiburg, nach Dublin, nach Sevilla.'
    expect(marked(check(`${caption} Über Bebra wird gefahren.`, board, { language }))).toEqual(['Bebra'])
    expect(marked(check('Züge nach Freiburg und nach Dublin über Bebra.', board, { language }))).toEqual(['Bebra'])
    expect(marked(check('Ein Zug nach Freiburg über Bebra.', board, { language }))).toEqual([])
    expect(marked(check('Züge nach Freiburg und nach Dublin von Gleis 8.', board, { language }))).toEqual([])
    const dialog = { ...read('Keep this page?', 'Replace Discard Cancel'), unread: [] }
    expect(marked(check('It has the buttons Replace, Discard, Cancel and Restore.', dialog))).toEqual(['Restore'])
  })

  it('finds a day of the week where the picture has another one, and no other', () => {
    expect(check('On Tuesday there is music.', read('Music', 'Wednesday 3'))).toMatchObject({
      unconfirmed: [{ text: 'Tuesday' }],
      nearest: ['Wednesday']
    })
    for (const written of ['Tue to Wednesday', 'Monday to Wednesday', '3 March'])
      expect(marked(check('On Tuesday there is music.', read('Music', written)))).toEqual([])
  })
})
