import { FluentResource } from '@fluent/bundle'
import { globSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { english } from '#shared/messages/en/english.ts'
import { t } from '#shared/messages/messages.ts'

const entries = Object.entries(english as Record<string, string>)

describe('the English catalog', () => {
  it('parses, message by message', () => {
    const broken = entries.filter(([, pattern]) => {
      const { body } = new FluentResource(`message = ${pattern.replaceAll('\n', '\n    ')}\n`)
      return body.length !== 1 || !body[0]?.value
    })
    expect(broken).toEqual([])
  })

  it('names a key after the file that holds it', () => {
    for (const file of globSync('src/shared/messages/en/*.ts')) {
      const area = basename(file, '.ts')
      const keys = [...readFileSync(file, 'utf8').matchAll(/^ {2}'([^']+)':/gmu)].map(([, key]) => key)
      expect(keys.filter((key) => !key?.startsWith(`${area}.`))).toEqual([])
    }
  })

  it('has no message that nothing uses', () => {
    const sources = globSync('{src,bin,scripts}/**/*.{ts,tsx,js}')
      .filter((file) => !file.replaceAll('\\', '/').includes('shared/messages/en/'))
      .map((file) => readFileSync(file, 'utf8'))
      .join('\n')
    // A key may be put together: t(`errors.${code}.next`).
    const composed = [...sources.matchAll(/`([a-z]+\.(?:[\w.-]|\$\{[^}`]*\})*)`/gu)].map(
      ([, template = '']) => new RegExp(`^${template.replaceAll('.', '\\.').replace(/\$\{[^}]*\}/gu, '[\\w-]+')}$`, 'u')
    )
    const unused = entries
      .map(([key]) => key)
      .filter((key) => !sources.includes(`'${key}'`) && !composed.some((pattern) => pattern.test(key)))
    expect(unused).toEqual([])
  })
})

describe('a message', () => {
  it('takes its plural from the count', () => {
    expect(t('capture.pictures-ready', { count: 1 })).toBe('Picture ready')
    expect(t('capture.pictures-ready', { count: 1200 })).toBe('1,200 pictures ready')
  })

  it('carries no direction isolates, and what a parameter holds is never syntax', () => {
    expect(t('caption.nothing-in-part', { part: '{ $x } {"' })).toBe('{ $x } {": nothing there.')
  })
})

test('keys and parameters are checked by the compiler', () => {
  // @ts-expect-error -- there is no such message
  expect(() => t('speech.no-such-message')).toThrow()
  // @ts-expect-error -- a parameter is missing
  expect(() => t('capture.pictures-ready')).toThrow()
  // @ts-expect-error -- and this one takes none
  expect(t('speech.stopped', { count: 1 })).toBe('Stopped')
})
