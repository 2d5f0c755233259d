import { describe, expect, it } from 'vitest'
import { describeLocally, readOut } from '#core/describing/local-description.ts'
import type { LocalFacts } from '#shared/caption.ts'

const photo: LocalFacts = {
  width: 1200,
  height: 800,
  mime: 'image/jpeg',
  kind: 'photo',
  isBlank: false,
  blankColor: null,
  codes: [],
  text: null
}

const wifi = 'WIFI:T:WPA;S:Café\\; Ada;P:se\\:cret;;'

function wordsOfFirstLine(caption: string): number {
  return (caption.split('\n')[0] ?? '').split(' ').length
}

describe('the description without a model', () => {
  it('says blank, and nothing else, of a blank picture', () => {
    expect(describeLocally({ ...photo, isBlank: true, blankColor: 'black', text: '' })).toBe(
      'The picture is blank, all black.'
    )
  })

  it('asks about the screen curtain where a capture is black, and only there', () => {
    const black = { ...photo, isBlank: true, blankColor: 'black' }
    expect(describeLocally(black, 'screen')).toBe('The picture is black. Is the screen curtain on?')
    expect(describeLocally({ ...black, blankColor: 'white' }, 'screen')).toBe('The picture is blank, all white.')
  })

  it('says kind and size where no text was looked for', () => {
    expect(describeLocally(photo)).toBe('Probably a photo, 1200 by 800 pixels.')
  })

  it('says that no text could be read, also when what was read holds no letter', () => {
    for (const text of ['', ' \n ', '—\n. ~\n|'])
      expect(describeLocally({ ...photo, text })).toBe('Probably a photo, 1200 by 800 pixels.\nNo text could be read.')
  })

  it('reads each paragraph of a document as one line', () => {
    const text = 'Elm Street Library\n\nWe are closed\non Monday.\n \nYour library'
    expect(describeLocally({ ...photo, kind: 'document', text })).toMatch(
      /^Text: Elm Street Library\nWe are closed on Monday\.\nYour library\.\n/u
    )
  })

  it('reads out a short text first', () => {
    expect(describeLocally({ ...photo, kind: 'screen', text: 'Delete message?\nDelete Cancel' })).toBe(
      'Text: Delete message?\nDelete Cancel.\nProbably a screen, 1200 by 800 pixels.'
    )
  })

  it('closes a text that ends openly with one full stop', () => {
    for (const text of ['Dear Ada,', 'Dear Ada –', 'Dear Ada;', 'Dear Ada.'])
      expect(describeLocally({ ...photo, kind: 'document', text })).toMatch(/^Text: Dear Ada\.\n/u)
  })

  it('begins a long text with its length, and lets the lines of a document run on', () => {
    const text =
      'For more than a century the lighthouse\nstood alone on the outer rocks, and the\nfamilies who kept it counted the days.'
    const caption = describeLocally({ ...photo, kind: 'document', text })
    expect(caption).toBe(`Text, 22 words.\n${text.replaceAll('\n', ' ')}\nProbably a document, 1200 by 800 pixels.`)
    expect(wordsOfFirstLine(caption)).toBeLessThanOrEqual(15)
  })

  it('says what a code holds, after the text', () => {
    const codes = [
      { format: 'QRCode', text: 'https://example.org/' },
      { format: 'EAN13', text: '4006381333931' }
    ]
    expect(describeLocally({ ...photo, text: 'Scan me', codes })).toBe(
      'Text: Scan me.\nA QR code says: https://example.org/\nA barcode says: 4006381333931\nProbably a photo, 1200 by 800 pixels.'
    )
  })

  it('keeps the password of a Wi-Fi network to itself', () => {
    const caption = describeLocally({ ...photo, codes: [{ format: 'QRCode', text: wifi }] })
    expect(caption).toBe('A QR code holds a Wi-Fi login for Café; Ada.\nProbably a photo, 1200 by 800 pixels.')
  })

  it.each([
    ['tel:+49%2030%201234', 'holds a phone number: +49 30 1234'],
    ['mailto:ada@example.org?subject=Hello', 'holds an email address: ada@example.org'],
    ['MATMSG:TO:ada@example.org;SUB:Hi;BODY:Hello;;', 'holds an email address: ada@example.org'],
    ['SMSTO:+15550100:See you', 'holds a text message to +15550100.'],
    ['geo:52.5,13.4?q=here', 'holds a place on the map: 52.5, 13.4'],
    [
      'BEGIN:VCARD\r\nVERSION:3.0\r\nN:Lovelace;Ada\r\nTEL:1\r\nEND:VCARD',
      'holds the contact details of Ada Lovelace.'
    ],
    ['BEGIN:VCARD\nFN;CHARSET=UTF-8:Ada\\, Countess\nEND:VCARD', 'holds the contact details of Ada, Countess.'],
    ['MECARD:N:Lovelace,Ada;TEL:1;;', 'holds the contact details of Ada Lovelace.'],
    ['BEGIN:VEVENT\nSUMMARY:Tea\n  at five\nEND:VEVENT', 'holds an event: Tea at five'],
    ['WIFI:T:nopass;;', 'holds a Wi-Fi login.'],
    ['BEGIN:VCARD\nEND:VCARD', 'holds contact details.'],
    ['mailto:%', 'holds an email address: %'],
    ['Wine: 3.20', 'says: Wine: 3.20'],
    [' ', 'is empty.']
  ])('says what a code is for: %j %s', (text, words) => {
    const [line] = describeLocally({ ...photo, codes: [{ format: 'QRCode', text }] }).split('\n')
    expect(line).toBe(`A QR code ${words}`)
  })

  it('counts the codes beyond the fifth', () => {
    const codes = Array.from({ length: 6 }, (_, index) => ({ format: 'QRCode', text: `number ${index}` }))
    expect(describeLocally({ ...photo, codes })).toContain('\nAnd 1 more code.\n')
    expect(describeLocally({ ...photo, codes: [...codes, ...codes] })).toContain('\nAnd 7 more codes.\n')
  })

  it('lets no control or bidirectional character of the picture through', () => {
    const caption = describeLocally({
      ...photo,
      text: 'Invoice \u001b[2J\u202E12.50',
      codes: [{ format: 'QRCode', text: 'Take\r\nthis\u0007' }]
    })
    expect(caption).toContain('Text: Invoice [2J12.50.')
    expect(caption).toContain('A QR code says: Take this\n')
  })
})

describe('what is read out of a picture', () => {
  const codes = [{ format: 'QRCode', text: 'https://example.org/' }]
  it.each([
    [{ text: 'Delete message?\nDelete Cancel', codes: [] }, 'Delete message?\nDelete Cancel'],
    [{ text: 'Scan me', codes }, 'Scan me\nA QR code says: https://example.org/'],
    [{ text: null, codes }, 'A QR code says: https://example.org/'],
    [
      { text: null, codes: [{ format: 'QRCode', text: wifi }] },
      'A QR code holds a Wi-Fi login for Café; Ada. Password: se:cret'
    ],
    [{ text: null, codes: [] }, 'No text was found.']
  ])('is its words and its codes: %j', (found, words) => {
    expect(readOut(found)).toBe(words)
  })
})
