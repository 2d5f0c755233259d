import { describe, expect, it } from 'vitest'
import { findClaims, hasClaims } from '#core/grounding/claims.ts'

function claims(caption: string, language = 'en'): string[] {
  return findClaims(caption, language).map(({ kind, text, isGuess }) => `${kind}${isGuess ? '?' : ''}: ${text}`)
}

describe('claims of a caption', () => {
  it.each([
    ['A receipt from Café Müller for 49.90 €.', ['name: Café Müller', 'number: 49.90']],
    ["The dialog asks “Save changes?” and 'Don’t save'.", ['quotation: Save changes?', 'quotation: Don’t save']],
    [
      'Order AB-1234, file report.docx, bob@example.com.',
      ['code: AB-1234', 'code: report.docx', 'code: bob@example.com']
    ],
    ['It ends on 5 March 2026 at 3 pm.', ['number: 5 March 2026', 'number: 3 pm']],
    ['Dr. Anna Miller of the Ministry of Fisheries.', ['name: Anna Miller', 'name: Ministry of Fisheries']],
    ['There are 3 people and 12 icons.', ['number?: 3', 'number?: 12']],
    ['Press the button Continue.', ['name?: Continue']],
    ['A 360-degree view of about 50 people in the 1980s, on the 3rd floor.', ['number?: 360']],
    ['Two English dogs on a Windows screen. Nobody else.', []]
  ])('%s', (caption, expected) => {
    expect(claims(caption)).toEqual(expected)
  })

  it('takes German nouns for nouns', () => {
    expect(claims('Zwei Hunde laufen am Strand, links der 3. Reiter.', 'de')).toEqual([])
    expect(claims('Quittung der Bäckerei Müller, 5. März.', 'de')).toEqual(['name?: Müller', 'number: 5. März'])
  })

  it('has offsets in the caption, whatever digits and marks are in it', () => {
    for (const caption of ['Der Preis: „Zu teuer“ ٤٩ € und « Prix 10 »', '合計４９０円です「設定」']) {
      const found = findClaims(caption, 'de')
      expect(found.length).toBeGreaterThan(1)
      for (const { text, start, end } of found) expect(caption.slice(start, end)).toBe(text)
    }
  })

  it('tells which sentences wait for OCR', () => {
    expect(hasClaims('The total is 49.90.', 'en')).toBe(true)
    expect(hasClaims('It says “Open”.', 'en')).toBe(true)
    expect(hasClaims('Two dogs run across a beach.', 'en')).toBe(false)
  })
})
