import { describe, expect, it } from 'vitest'
import { differsInAccentsOnly, withAccents } from '#core/pictures/accents.ts'

/** "word/90 …", as one reader read a line. */
function line(text: string) {
  return text
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => ({ text: word.split('/')[0] ?? '', confidence: Number(word.split('/')[1]) }))
}

function merged(plain: string, accented: string): string {
  return withAccents(line(plain), line(accented))
    .map(({ text }) => text)
    .join(' ')
}

describe('accents are put back', () => {
  it.each([
    ['StraBe/96 GroBe/94 ubermäBig/93', 'Straße/96 Größe/96 übermäßig/96', 'Straße Größe übermäßig'],
    ['Ou/100 est/100 le/100 chateau/99', 'Où/96 est/95 le/93 château/93', 'Où est le château'],
    ['iQué/76 hora/100 es,/100 senor?/98', '¿Qué/80 hora/96 es,/92 señor?/96', '¿Qué hora es, señor?'],
    ['comi6/93 ceuvre,/100', 'comió/96 œuvre,/96', 'comió œuvre,'],
    ["I'école/95", "l'école/85", "l'école"]
  ])('%s and %s are %s', (plain, accented, together) => {
    expect(merged(plain, accented)).toBe(together)
  })

  it('and none is lost', () => {
    expect(merged('täglich/94 Teléfono/100', 'taglich/96 Telefono/99')).toBe('täglich Teléfono')
  })

  it('with signs that the first reader does not know', () => {
    expect(merged('Apfel/100 2,50/100', 'Äpfel/96 2,50/93 €/92')).toBe('Äpfel 2,50 €')
    expect(merged('2,50/100', '2,50/93 €/40 x/99')).toBe('2,50')
  })
})

describe('the first reading stands', () => {
  it.each([
    ['a word that is another', 'Prufung/100', 'Zahlung/96', 'Prufung'],
    ['a number', '10/99', 'lO/96', '10'],
    ['an accent nobody is sure of', 'cafe/99', 'café/20', 'cafe'],
    ['words run together', 'Dear/99 Ada/99', 'DearAda/60', 'Dear Ada'],
    ['nothing in the second', 'Dear/99 Ada/99', '', 'Dear Ada']
  ])('against %s', (_, plain, accented, together) => {
    expect(merged(plain, accented)).toBe(together)
  })
})

it('a word of which too little is the same differs in more than accents', () => {
  expect(differsInAccentsOnly('a', 'ö')).toBe(false)
  expect(differsInAccentsOnly('to', 'öß')).toBe(false)
  expect(differsInAccentsOnly('2+2?', '2+2¿')).toBe(true)
  expect(differsInAccentsOnly('cafe', 'cafe')).toBe(false)
  const signs = String.raw`!"#$%&'()*+,-./:;<=>?@[\]^_{|}~`
  expect(differsInAccentsOnly(`6ba${signs}`, `óbà${signs}`)).toBe(true)
  expect(differsInAccentsOnly('6ba.', 'óbà-')).toBe(false)
})
