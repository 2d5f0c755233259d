import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { icaoCheckDigit, modulo97, passesLuhn, passesMod11And10 } from '#core/privacy/checksums.ts'
import { findPrivate } from '#core/privacy/private-areas.ts'
import { findPrivateText, maskText } from '#core/privacy/private-text.ts'
import { privateKinds } from '#shared/privacy.ts'

const digits = (length: number): fc.Arbitrary<string> =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((all) => all.join(''))
/** The digits with the check digit that makes them pass. */
const completed = (start: string, passes: (all: string) => boolean): string =>
  Array.from('0123456789', (last) => start + last).find(passes) ?? start

const cards = fc
  .tuple(fc.constantFrom('4', '51', '2223', '6011', '3530'), digits(15))
  .map(([prefix, rest]) => completed((prefix + rest).slice(0, 15), passesLuhn))
const ibans = digits(18).map((account) => {
  const check = 98 - modulo97(`${account}DE00`)
  return `DE${String(check).padStart(2, '0')}${account}`
})
/** In groups of four, with a space, a hyphen, or a line break between them. */
const grouped = (text: string, gaps: readonly string[]): string =>
  (text.match(/.{1,4}/gu) ?? []).map((group, index) => group + (gaps[index] ?? '')).join('')
const spaces = fc
  .tuple(fc.constantFrom(' ', '-', ''), fc.integer({ min: 0, max: 4 }))
  .map(([gap, lineEnd]) => [0, 1, 2, 3, 4].map((index) => (index === lineEnd ? '\n' : gap)))
/** Words that often stand around private things, mixed with anything. */
const texts = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.constantFrom(
        'password',
        'Password:',
        'code',
        'Your verification code is',
        'IBAN',
        'PIN',
        'sk-',
        '\n',
        ' ',
        '<<'
      ),
      digits(4),
      cards
    ),
    { maxLength: 12 }
  )
  .map((parts) => parts.join(' '))

// The same texts and numbers in every run, so that no run fails by chance; more are tried with FC_RUNS=5000 FC_SEED=2.
fc.configureGlobal({ seed: Number(process.env.FC_SEED ?? 1), numRuns: Number(process.env.FC_RUNS ?? 100) })

describe('any text', () => {
  it('has findings in order, inside the text, without overlaps', () => {
    fc.assert(
      fc.property(texts, (text) => {
        let from = 0
        for (const { start, end } of findPrivateText(text)) {
          expect(start).toBeGreaterThanOrEqual(from)
          expect(end).toBeGreaterThan(start)
          from = end
        }
        expect(from).toBeLessThanOrEqual(text.length)
      })
    )
  })

  it('stays as it is when nothing is to be hidden', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(maskText(text, new Set())).toBe(text)
      })
    )
  })
})

describe('any number that passes its check', () => {
  it('is found as a card number, in groups and over two lines, in the whole text and in the places of its words', () => {
    fc.assert(
      fc.property(cards, spaces, (card, gaps) => {
        const value = grouped(card, gaps.slice(0, 3))
        const text = `Pay with\n${value}\ntoday`
        const [found] = findPrivateText(text)
        expect([found?.kind, text.slice(found?.start, found?.end)]).toEqual(['card-number', value])
        expect(maskText(text, new Set(privateKinds))).toBe('Pay with\n[card number hidden]\ntoday')
      })
    )
  })

  it('is found as an IBAN, in groups and over two lines', () => {
    fc.assert(
      fc.property(ibans, spaces, (iban, gaps) => {
        const value = grouped(iban, gaps)
        const text = `Konto ${value}`
        expect(findPrivateText(text)).toEqual([{ kind: 'iban', start: 6, end: text.length }])
      })
    )
  })

  it('covers every word of it on a page', () => {
    fc.assert(
      fc.property(cards, fc.integer({ min: 8, max: 40 }), (card, size) => {
        const words = grouped(card, [' ', ' ', ' ']).split(' ')
        const boxes = words.map((word, index) => ({
          text: word,
          confidence: 90,
          box: { x: 10 + index * 5 * size, y: 10, width: word.length * size, height: size * 2 }
        }))
        const [found] = findPrivate({ text: words.join(' '), words: boxes })
        expect(found?.areas).toEqual([{ x: 10, y: 10, width: 19 * size, height: size * 2 }])
      })
    )
  })
})

describe('a check digit', () => {
  it('tells when one digit is wrong', () => {
    const wrongAt = (text: string, at: number): string =>
      text.slice(0, at) + String((Number(text[at]) + 1) % 10) + text.slice(at + 1)
    fc.assert(
      fc.property(cards, ibans, digits(10), fc.integer({ min: 0, max: 9 }), (card, iban, rest, at) => {
        expect(passesLuhn(wrongAt(card, at))).toBe(false)
        const number = iban.slice(4) + iban.slice(0, 4)
        expect([modulo97(number), modulo97(wrongAt(number, at)) === 1]).toEqual([1, false])
        const tax = completed(rest, passesMod11And10)
        expect([passesMod11And10(tax), passesMod11And10(wrongAt(tax, at))]).toEqual([true, false])
        expect(icaoCheckDigit(wrongAt(rest, at))).not.toBe(icaoCheckDigit(rest))
      })
    )
  })
})
