import { createCanvas } from '@napi-rs/canvas'
import { expect, it, test } from 'vitest'
import { findPrivate } from '#core/privacy/private-areas.ts'
import type { ReadText, ReadWord } from '#core/ports/pictures.ts'
import { font } from '#test/fonts.ts'

/** Every letter is 10 px wide and 20 px high. */
function wordsAt(text: string, x: number, y: number): ReadWord[] {
  return [...text.matchAll(/\S+/gu)].map(({ 0: word, index }) => ({
    text: word,
    confidence: 95,
    box: { x: x + index * 10, y, width: word.length * 10, height: 20 }
  }))
}

/** Lines in the order in which they are read; a line may have pieces in several places. */
function page(...lines: [text: string, x: number, y: number][][]): Pick<ReadText, 'text' | 'words'> {
  return {
    text: lines.map((pieces) => pieces.map(([text]) => text).join(' ')).join('\n'),
    words: lines.flat().flatMap(([text, x, y]) => wordsAt(text, x, y))
  }
}

it('puts one area around a value of several words', () => {
  expect(findPrivate(page([['Card 4539 3416 7211 0681 accepted', 100, 50]]))).toEqual([
    { kind: 'card-number', areas: [{ x: 150, y: 50, width: 190, height: 20 }] }
  ])
})

it('puts an area on each line of a value', () => {
  expect(findPrivate(page([['IBAN DE43 3733', 100, 50]], [['7670 3673 6373 00', 100, 80]]))).toEqual([
    {
      kind: 'iban',
      areas: [
        { x: 150, y: 50, width: 90, height: 20 },
        { x: 100, y: 80, width: 170, height: 20 }
      ]
    }
  ])
})

it('finds a value below its label in a form of several columns', () => {
  const form = page(
    [
      ['Name', 100, 50],
      ['Password', 300, 50],
      ['Role', 500, 50]
    ],
    [
      ['Ada', 100, 80],
      ['Xk9mP2qL', 300, 80],
      ['Admin', 500, 80]
    ]
  )
  expect(findPrivate(form)).toEqual([{ kind: 'password', areas: [{ x: 300, y: 80, width: 80, height: 20 }] }])
})

it('finds a value beside its label where the labels were read first', () => {
  const form = page([['User', 100, 50]], [['Password:', 100, 80]], [['Ada', 300, 50]], [['sunshine', 300, 80]])
  expect(findPrivate(form)).toEqual([{ kind: 'password', areas: [{ x: 300, y: 80, width: 80, height: 20 }] }])
})

it('counts the expiry date and the security code as parts of their card', () => {
  const form = page(
    [['Card number', 100, 50]],
    [['4539 3416 7211 0681', 100, 80]],
    [
      ['Expires', 100, 130],
      ['CVC', 300, 130]
    ],
    [
      ['09/27', 100, 160],
      ['913', 300, 160]
    ]
  )
  expect(findPrivate(form)).toEqual([
    {
      kind: 'card-number',
      areas: [
        { x: 100, y: 80, width: 190, height: 20 },
        { x: 100, y: 160, width: 50, height: 20 },
        { x: 300, y: 160, width: 30, height: 20 }
      ]
    }
  ])
})

it('finds an account number that is broken in a column beside another column', () => {
  const columns = page(
    [
      ['Pay to DE43 3733', 100, 50],
      ['Our office is open', 500, 50]
    ],
    [
      ['7670 3673 6373 00', 100, 80],
      ['from nine to five.', 500, 80]
    ]
  )
  expect(findPrivate(columns).map(({ kind, areas }) => [kind, areas.length])).toEqual([['iban', 2]])
})

it('covers no more than the value and a letter beside it where OCR lost the space', () => {
  const [finding] = findPrivate(page([['Password:hunter2', 100, 50]]))
  expect(finding).toEqual({ kind: 'password', areas: [{ x: 180, y: 50, width: 80, height: 20 }] })
})

test.each(['Sans', 'Serif', 'Sans Mono'] as const)(
  'covers all of a value that runs into its label, in %s',
  (family) => {
    const context = createCanvas(10, 10).getContext('2d')
    context.font = font(20, { family })
    for (const [label, value] of [
      ['Password:', 'hunter2'],
      ['Passwort:', 'WMMW4821'],
      ['Kennwort:', 'Il1l!i77il'],
      ['WLAN-Schlüssel:', 'WWWWMMMM99'],
      ['Pwd:', 'iiiiillll11'],
      ['password:', 'MWMWMWMW1a']
    ] as const) {
      const [width, valueAt] = [context.measureText(label + value).width, context.measureText(label).width]
      const word = { text: label + value, confidence: 95, box: { x: 0, y: 0, width, height: 20 } }
      const [area] = findPrivate({ text: word.text, words: [word] })[0]?.areas ?? []
      expect(area?.x).toBeLessThanOrEqual(valueAt)
      expect(area && area.x + area.width).toBeCloseTo(width)
    }
  }
)

it('says once what is read twice', () => {
  const codes = page(
    [['Your verification code is', 100, 50]],
    [['482 913', 140, 100]],
    [
      ['Copy', 100, 150],
      ['Close', 300, 150]
    ]
  )
  expect(findPrivate(codes)).toEqual([{ kind: 'one-time-code', areas: [{ x: 140, y: 100, width: 70, height: 20 }] }])
})

it('has no area for text whose words have no places', () => {
  expect(findPrivate({ text: 'Password: hunter2', words: [] })).toEqual([{ kind: 'password', areas: [] }])
})

it('finds nothing on an empty page', () => {
  expect(findPrivate({ text: '', words: [] })).toEqual([])
})
