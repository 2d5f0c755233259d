import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readTypedLine } from '../../../src/cli/terminal-app/typed-line.ts'

describe('a line typed at the prompt', () => {
  let folder: string
  let photo: string
  let spaced: string
  let apostrophe: string

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'descry-typed-'))
    photo = join(folder, 'photo.jpg')
    spaced = join(folder, 'My holiday photo.jpg')
    apostrophe = join(folder, "it's.png")
    for (const path of [photo, spaced, apostrophe]) writeFileSync(path, '')
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  const file = (path: string): object => ({ kind: 'file', path })
  const pictures = (...sources: object[]): object => ({ kind: 'pictures', sources })

  it('that begins with a colon is a command', () => {
    expect(readTypedLine('  :more  ')).toEqual({ kind: 'command', name: 'more', rest: '' })
    expect(readTypedLine(':ask  Is it a/b? ')).toEqual({ kind: 'command', name: 'ask', rest: 'Is it a/b?' })
    expect(readTypedLine(':')).toEqual({ kind: 'command', name: '', rest: '' })
    expect(readTypedLine('   ')).toEqual({ kind: 'nothing' })
  })

  it('is a file where there is one, typed, quoted, escaped or dropped', () => {
    expect(readTypedLine(photo)).toEqual(pictures(file(photo)))
    expect(readTypedLine(relative(process.cwd(), photo))).toEqual(pictures(file(photo)))
    expect(readTypedLine(spaced)).toEqual(pictures(file(spaced)))
    expect(readTypedLine(`'${spaced}' `)).toEqual(pictures(file(spaced)))
    expect(readTypedLine(`"${spaced}"`)).toEqual(pictures(file(spaced)))
    expect(readTypedLine(spaced.replaceAll(' ', '\\ '))).toEqual(pictures(file(spaced)))
    expect(readTypedLine(`'${apostrophe.replace("'", String.raw`'\''`)}'`)).toEqual(pictures(file(apostrophe)))
    expect(readTypedLine(pathToFileURL(spaced).href)).toEqual(pictures(file(spaced)))
    expect(readTypedLine(`${photo} '${spaced}'`)).toEqual(pictures(file(photo), file(spaced)))
  })

  it('may begin with the home folder', () => {
    const { HOME } = process.env
    process.env.HOME = folder
    try {
      expect(readTypedLine('~/photo.jpg')).toEqual(pictures(file(photo)))
      expect(readTypedLine('~/nothing')).toEqual({ kind: 'missing', path: '~/nothing' })
    } finally {
      process.env.HOME = HOME
    }
  })

  it('may be a web address', () => {
    const address = 'https://example.com/cat.jpg?size=2'
    expect(readTypedLine(address)).toEqual(pictures({ kind: 'address', address }))
    expect(readTypedLine(`"${address}"`)).toEqual(pictures({ kind: 'address', address }))
  })

  it.each([
    'phto.jpg',
    'holiday/beach',
    'My Documents/bank statement',
    'What is in photo.jpg?',
    'C:\\Users\\ada\\cat',
    'file:///nowhere/cat.png',
    'file://server/cat.png',
    'My\\ phto.jpg',
    'https:/example.com/cat',
    "'bank statement.pdf'"
  ])('is a file that is missing, and no question, if it looks like one: %s', (typed) => {
    expect(readTypedLine(typed)).toMatchObject({ kind: 'missing' })
  })

  it('names the missing file without its quotes', () => {
    expect(readTypedLine("'bank statement.pdf'")).toEqual({ kind: 'missing', path: 'bank statement.pdf' })
  })

  it.each([
    'What color is the door?',
    'Is it 3.5 meters or 12.30?',
    'Is there a logo, e.g. of a bank?',
    'Wie spät ist es? Und wo?',
    'why',
    'It says "Stop". Who says it?'
  ])('is a question otherwise: %s', (typed) => {
    expect(readTypedLine(typed)).toEqual({ kind: 'question', question: typed })
  })
})
