import { readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import { findPrivateText, maskText } from '#core/privacy/private-text.ts'
import { privateKinds, type PrivateKind } from '#shared/privacy.ts'

const contacts = new Set<PrivateKind>(['phone-number', 'email-address', 'postal-address'])

function linesOf(file: string): string[] {
  return readFileSync(new URL(file, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.replaceAll('^', '').replaceAll('⏎', '\n'))
}

/** "password Password: «hunter2»" */
function sampleOf(line: string): { kind: PrivateKind; text: string; values: string[] } {
  const [, kind = '', marked = ''] = /^(\S+) (.*)$/su.exec(line) ?? []
  const values = [...marked.matchAll(/«(.*?)»/gsu)].map(([, value = '']) => value)
  return { kind: kind as PrivateKind, text: marked.replace(/[«»]/gu, ''), values }
}

const samples = linesOf('private-lines.txt').map(sampleOf)

describe('finds', () => {
  for (const kind of privateKinds.filter((one) => one !== 'login-code' && one !== 'password-field'))
    test(`each ${kind} of the samples, and nothing else`, () => {
      const own = samples.filter((sample) => sample.kind === kind)
      const wrong = own.flatMap(({ text, values }) => {
        const found = findPrivateText(text).filter((one) => contacts.has(kind) || !contacts.has(one.kind))
        const asExpected = values.map((value) => ({ kind, value }))
        const asFound = found.map((one) => ({ kind: one.kind, value: text.slice(one.start, one.end) }))
        return JSON.stringify(asFound) === JSON.stringify(asExpected) ? [] : [{ text, asFound }]
      })
      expect(wrong).toEqual([])
      expect(own.length).toBeGreaterThan(2)
    })
})

it('finds no secret where there is none', () => {
  const wrong = linesOf('plain-lines.txt').flatMap((text) => {
    const found = findPrivateText(text).filter(({ kind }) => !contacts.has(kind))
    return found.map(({ kind, start, end }) => ({ text, kind, value: text.slice(start, end) }))
  })
  expect(wrong).toEqual([])
})

it('masks the kinds that are hidden, and no others', () => {
  const text = 'Ada, ada@example.com\nVisa 4539 3416 7211 0681\nPassword: hunter2'
  expect(maskText(text, new Set(['card-number', 'password']))).toBe(
    'Ada, ada@example.com\nVisa [card number hidden]\nPassword: [password hidden]'
  )
  expect(maskText(text, new Set())).toBe(text)
})
