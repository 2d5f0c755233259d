import { expect, it } from 'vitest'
import { hiddenMark, hiddenNotice, hiddenPart } from '#shared/privacy.ts'

it('says what was hidden, and how many', () => {
  expect(hiddenNotice([{ kind: 'card-number', count: 1 }])).toBe('Card number hidden.')
  expect(hiddenNotice([{ kind: 'iban', count: 2 }])).toBe('2 IBANs hidden.')
  expect(
    hiddenNotice([
      { kind: 'card-number', count: 1 },
      { kind: 'password', count: 2 }
    ])
  ).toBe('Card number and 2 passwords hidden.')
})

it('names what is in a hidden part, and stands in its place', () => {
  expect(hiddenPart({ kind: 'one-time-code', text: '482 913' })).toBe('One-time code: 482 913.')
  expect(hiddenMark('iban')).toBe('[IBAN hidden]')
})
