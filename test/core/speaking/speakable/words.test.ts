import { hostileCaptions } from '#test/hostile-captions.ts'
import { describe, expect, test } from 'vitest'
import { speakable } from '#core/speaking/speakable.ts'

describe('what engines leave out or misread is put into words', () => {
  test.each([
    ['At 5 km/h with 1 GB and 12 px', 'At 5 kilometres per hour with 1 gigabyte and 12 pixels'],
    ['5 m, 3 A, 20 °C, 50 %, 49,90 €', '5 m, 3 A, 20 °C, 50 %, 49,90 €'],
    ['$5.50, €1 and £3', '5 dollars 50, 1 euro and 3 pounds'],
    ['$5.5 million of $1,299.99', '5.5 million dollars of 1,299 dollars 99'],
    ['US$5 and $1.2.3', 'US$5 and $1.2.3'],
    ['See https://www.example.com/docs/a_b?q=1&utm_source=newsletter#top.', 'See example dot com, docs, a_b.'],
    ['(https://example.com/?q=1)', '(example dot com ?q=1)'],
    ['Mail ada.l@example.org!', 'Mail ada dot l at example dot org!'],
    ['File → Save -> PDF', 'File to Save to PDF'],
    ['Press ↑ or ⌘C', 'Press up arrow or Command C'],
    ['Ctrl+Shift+Esc, Ctrl-C, Esc and Del Mar', 'Control+Shift+Escape, Control-C, Esc and Del Mar'],
    ['-5 °C, 10-20, 2 < 3, File > Open', 'minus 5 °C, 10-20, 2 less than 3, File > Open'],
    ['★★★☆☆ by 12', '3 of 5 stars by 12'],
    ['- [x] Wi-Fi\n- [ ] Sound', 'checked, Wi-Fi. not checked, Sound.'],
    ['UNSAVED CHANGES in HTTPS, NASA, README', 'Unsaved Changes in HTTPS, NASA, Readme'],
    ['OPENAI_API_KEY, /HOME/X, WARNING2, XVIII', 'OPENAI_API_KEY, /HOME/X, WARNING2, XVIII'],
    ['snake_case getElementById /home/ada/n.txt v1.2.3', 'snake_case getElementById /home/ada/n.txt v1.2.3'],
    ['Home | About · Help', 'Home, About, Help'],
    ['one\ttwo\t\tthree', 'one, two, three'],
    ['Total ======== 5', 'Total 5'],
    ['🎉🎉🎉 👍', '🎉 👍']
  ])('in English: %j', (text, spoken) => expect(speakable(text, 'en-GB')).toBe(spoken))

  test.each([
    ['de', 'Mit 5 km/h', 'Mit 5 Kilometer pro Stunde'],
    ['de', 'Datei → Speichern', 'Datei nach Speichern'],
    ['de', 'ada@example.org', 'ada ät example Punkt org'],
    ['de', 'Strg+C bei 192.168.0.1', 'Steuerung+C bei 192 Punkt 168 Punkt 0 Punkt 1'],
    ['de', 'ÄNDERUNGEN am 3.4.2024', 'Änderungen am 3.4.2024'],
    ['fr', 'Il fait -5 °C, 2 ≥ 1', 'Il fait moins 5 °C, 2 supérieur ou égal à 1'],
    ['fr', 'De 3 Mo à 1 Go', 'De 3 mégaoctets à 1 gigaoctet'],
    ['fr', 'Le mot « oui » suit ; voilà', 'Le mot « oui » suit ; voilà'],
    ['es', 'Archivo → Guardar, 3 × 4', 'Archivo a Guardar, 3 por 4'],
    ['es', '★☆', '1 de 2 estrellas'],
    ['tr', 'DİKKAT KIRMIZI', 'Dikkat Kırmızı']
  ])('in %s: %j', (language, text, spoken) => expect(speakable(text, language)).toBe(spoken))

  test.each(['ja', 'ru', 'pt-BR', 'und', ''])('never in English if the language is %j', (language) =>
    expect(speakable('5 km/h → $5.50 ★★☆ ☑ ⌘C Ctrl+C ada@x.org -5 ↑', language)).toBe(
      '5 km/h → $5.50 ★★☆ ☑ ⌘C Ctrl+C ada@x.org -5 ↑'
    )
  )

  test('a screen reader and its braille display get text as it is written', () => {
    const text = 'WARNING: 5 km/h → https://example.com/a?b=1, -5 °C, ada@example.org'
    expect(speakable(text)).toBe(text)
  })

  test('list items in Japanese end as Japanese sentences do', () =>
    expect(speakable('- 保存\n- 開く')).toBe('保存。 開く。'))
})

const pieces =
  'a|Word|WARNING|1|42|3.5|-5|5 km/h|$5.50|€1|- |* |**|_|`|# |> |\t|\n|→|->|>|<|★|☆|[x] |[ ] |[a](b)|![|](|(|)|https://|' +
  'http://x.org/a_b?q=1|www.|ada@x.org|@|.|..|:|/|?|Ctrl|+|Esc|⌘| |  |·|•|====|~~|\u200d|\u202e|\u0007|\u00ad|\ufe0f|😀|' +
  '😀😀😀|é|漢|あ|1.2.3.4|=|×|−|☑|"|“|»|«|,|!|%|°C|GB|1. '
const languages = [undefined, 'en', 'de', 'fr', 'es', 'ja']

/** The same texts in each run. */
function* madeUpTexts(count: number): Generator<string> {
  const choices = [...pieces.split('|'), '|']
  let seed = 11
  const below = (limit: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((seed / 2_147_483_648) * limit)
  }
  for (let made = 0; made < count; made += 1)
    yield Array.from({ length: 1 + below(12) }, () => choices[below(choices.length)]).join('')
}

describe('for any text', () => {
  const texts = [...madeUpTexts(1500), ...hostileCaptions('/tmp/canary')]

  test('speakable text stays as it is', () => {
    for (const text of texts)
      for (const language of languages) {
        const spoken = speakable(text, language)
        expect(speakable(spoken, language), JSON.stringify({ text, language })).toBe(spoken)
      }
  })

  test('the result is one line without control, bidirectional-control, or invisible characters', () => {
    for (const text of texts)
      for (const language of languages)
        expect(speakable(text, language)).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u)
  })

  test('every digit outside an address is kept, in order', () => {
    // Stars are counted aloud, and an address may lose a long query.
    for (const text of texts.filter((text) => !/[★☆]|http|www|\]\(/u.test(text)))
      for (const language of languages) {
        const digits = (of: string): string => of.replace(/[^\d]/gu, '')
        expect(digits(speakable(text, language)), JSON.stringify({ text, language })).toBe(digits(text))
      }
  })

  test('every letter of its words is kept, in order', () => {
    for (const text of texts.filter((text) => !/http|www|\]\(|\[x\]|ada@|Ctrl|Esc|km\/h|GB/u.test(text)))
      for (const language of languages) {
        const letters = [...text.toLowerCase().matchAll(/(?<![\d ])\p{L}/gu)].map(([letter]) => letter)
        const spoken = speakable(text, language).toLowerCase()
        let at = 0
        for (const letter of letters) {
          const found = spoken.indexOf(letter, at)
          expect(found, JSON.stringify({ text, spoken, letter })).toBeGreaterThanOrEqual(0)
          at = found + 1
        }
      }
  })

  test('100 KB made to take forever takes little time', () => {
    for (const piece of [
      '→',
      'a -> ',
      '1 < ',
      '1,',
      '$1',
      'a@',
      'a@b.',
      'https://a',
      'ABCDE',
      '★',
      '==== ',
      '\t',
      ' ',
      'Ctrl+'
    ])
      expect(speakable(piece.repeat(100_000 / piece.length), 'en').length).toBeLessThan(2_000_000)
  })
})
