import { expect, it } from 'vitest'
import { hiddenMark, hiddenNotice } from '#shared/privacy.ts'

it('says what was hidden, in one sentence', () => {
  expect(hiddenNotice(['card-number'])).toBe('Card number hidden.')
  expect(hiddenNotice(['card-number', 'card-number'])).toBe('2 card numbers hidden.')
  expect(hiddenNotice(['password', 'card-number'])).toBe('Card number and password hidden.')
  expect(hiddenNotice(['iban', 'password', 'password', 'login-code'])).toBe(
    'IBAN, 2 passwords, and login QR code hidden.'
  )
  expect(hiddenNotice([])).toBe('')
})

it('marks a place in a text where something was hidden', () => {
  expect(hiddenMark('one-time-code')).toBe('[one-time code hidden]')
})
