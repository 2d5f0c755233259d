import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createCanvasDecoder } from '#adapters/pictures/canvas.ts'
import { createZxingReader } from '#adapters/pictures/zxing.ts'
import * as checksums from './checksums.ts'
import { readPicture } from './first-reader.ts'
import { coveredShare, falseAreas, isFound, isLeaked, isRead } from './judge.ts'
import { languages } from './languages.ts'
import { privacyPictures, seeds, type PrivacyPicture } from './pictures.ts'
import { privacyKinds, type SetName } from './values.ts'

const sets = (Object.keys(seeds) as SetName[]).map((set) => ({ set, pictures: privacyPictures(set) }))
/** Large pictures take long to draw and to read. */
const isSmall = ({ width, height }: PrivacyPicture): boolean => width * height < 800_000
const isHarmless = ({ truth }: PrivacyPicture): boolean => truth.length === 0

describe.each(sets)('the privacy set $set', ({ set, pictures }) => {
  it('has 60 pictures with private values and 60 without, in four languages, light and dark', () => {
    expect(pictures.filter((one) => !isHarmless(one)).length).toBeGreaterThanOrEqual(60)
    expect(pictures.filter(isHarmless).length).toBeGreaterThanOrEqual(60)
    expect(new Set(pictures.map(({ name }) => name)).size).toBe(pictures.length)
    for (const isSide of [isHarmless, (one: PrivacyPicture) => !isHarmless(one)]) {
      const side = pictures.filter(isSide)
      for (const language of languages)
        expect(side.filter((one) => one.language === language).length).toBeGreaterThan(10)
      for (const theme of ['light', 'dark'])
        expect(side.filter((one) => one.theme === theme).length).toBeGreaterThan(15)
    }
  })

  it('has at least eight values of each kind, some on two lines, some in the same picture', () => {
    const truth = pictures.flatMap((one) => one.truth)
    for (const kind of privacyKinds)
      expect(truth.filter((one) => one.kind === kind).length, kind).toBeGreaterThanOrEqual(8)
    expect(truth.filter(({ lines }) => lines.length > 1).length).toBeGreaterThan(5)
    expect(pictures.filter((one) => one.truth.length > 1).length).toBeGreaterThan(8)
  })

  it('has private numbers with the right check digits', () => {
    const { isAusweis, isCardNumber, isDni, isIban, isMrz, isNir, isSsn, isSteuerId } = checksums
    for (const { name, truth } of pictures)
      for (const { kind, text } of truth) {
        if (kind === 'card-number') expect(isCardNumber(text), `${name}: ${text}`).toBe(true)
        if (kind === 'iban') expect(isIban(text), `${name}: ${text}`).toBe(true)
        if (kind !== 'id-number') continue
        const isDocument = [isSsn, isSteuerId, isAusweis, isNir, isDni].some((isRight) => isRight(text))
        expect(isDocument || isMrz(text.split('\n')), `${name}: ${text}`).toBe(true)
      }
  })

  it('has look-alikes that fail them', () => {
    for (const { name, texts } of pictures.filter(isHarmless))
      for (const text of texts) {
        for (const [number] of text.matchAll(/\d(?:[ -]?\d){11,18}/gu))
          expect(checksums.isCardNumber(number), `${name}: ${number}`).toBe(false)
        for (const [number] of text.matchAll(/\b[A-Z]{2}\d\d(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b/gu))
          expect(checksums.isIban(number), `${name}: ${number}`).toBe(false)
        for (const word of text.split(/[\s,:;]+/u)) {
          const isDocument = [checksums.isSsn, checksums.isAusweis, checksums.isDni].some((isRight) => isRight(word))
          expect(isDocument, `${name}: ${word}`).toBe(false)
        }
      }
  })

  it('has every value inside its picture, and no two in one place', () => {
    for (const { name, width, height, truth } of pictures) {
      for (const { area, lines } of truth)
        for (const one of [area, ...lines.map((line) => line.area)]) {
          expect(one.x >= 0 && one.y >= 0 && one.x + one.width <= width && one.y + one.height <= height, name).toBe(
            true
          )
          expect(one.width * one.height, name).toBeGreaterThan(0)
        }
      const all = truth.flatMap(({ lines }) => lines.map(({ area }) => area))
      for (const [index, one] of all.entries())
        expect(coveredShare(one, all.toSpliced(index, 1)), name).toBeLessThan(0.1)
    }
  })

  it('is the same in each run, another with another seed, and as large as it says', async () => {
    const some = (seed?: number): PrivacyPicture[] =>
      privacyPictures(set, seed)
        .filter(isSmall)
        .filter((_, index) => index % 20 === 0)
    const digests = (seed?: number): Promise<string[]> =>
      Promise.all(
        some(seed).map(async ({ png }) =>
          createHash('sha256')
            .update(await png())
            .digest('hex')
        )
      )
    const once = await digests()
    expect(once.length).toBeGreaterThan(1)
    expect(await digests()).toEqual(once)
    for (const digest of await digests(99)) expect(once).not.toContain(digest)
    for (const { name, width, height, png } of some().slice(0, 1))
      expect(sizeOfPng(await png()), name).toEqual({ width, height })
  })
})

describe('the checks of the set', () => {
  const { isAusweis, isCardNumber, isDni, isIban, isMrz, isNir, isSteuerId } = checksums
  // From the standards and the sites of the authorities.
  it.each([
    [isCardNumber, '4111 1111 1111 1111', '4111 1111 1111 1112'],
    [isCardNumber, '3782 822463 10005', '3782 822463 10006'],
    [isIban, 'DE89 3704 0044 0532 0130 00', 'DE89 3704 0044 0532 0130 01'],
    [isIban, 'GB82 WEST 1234 5698 7654 32', 'GB28 WEST 1234 5698 7654 32'],
    [isSteuerId, '86 095 742 719', '86 095 742 718'],
    [isAusweis, 'T220001293', 'T220001294'],
    [isNir, '2 55 08 14 168 025 38', '2 55 08 14 168 025 83'],
    [isDni, '12345678Z', '12345678A'],
    [isDni, 'X1234567L', 'Y1234567L']
  ])('%o takes %s and not %s', (isRight, right, wrong) => {
    expect(isRight(right)).toBe(true)
    expect(isRight(wrong)).toBe(false)
  })

  it('take the examples of ICAO 9303', () => {
    const passport = ['P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L898902C36UTO7408122F1204159ZE184226B<<<<<10']
    expect(isMrz(passport)).toBe(true)
    expect(isMrz(passport.map((line) => line.replace('L8', 'L9')))).toBe(false)
    const card = ['I<UTOD231458907<<<<<<<<<<<<<<<', '7408122F1204159UTO<<<<<<<<<<<6', 'ERIKSSON<<ANNA<MARIA<<<<<<<<<<']
    expect(isMrz(card)).toBe(true)
  })
})

it('share no layouts and no values', () => {
  const [one, other] = sets.map(({ pictures }) => pictures)
  const layouts = new Set(one?.map(({ layout }) => layout))
  expect(other?.filter(({ layout }) => layouts.has(layout))).toEqual([])
  const values = new Set(one?.flatMap(({ truth }) => truth.map(({ text }) => text)))
  expect(other?.flatMap(({ truth }) => truth).filter(({ text }) => values.has(text) && text.length > 6)).toEqual([])
})

it('show values that the reader reads, in 9 of 10 cases of a sample', async () => {
  const [decoder, codeReader] = [createCanvasDecoder(), createZxingReader()]
  // In two languages, because each takes an engine of its own.
  const isQuick = ({ language, truth, width, height }: PrivacyPicture): boolean =>
    truth.length > 0 && width * height < 500_000 && ['en', 'de'].includes(language)
  const sample = sets.flatMap(({ pictures }) => pictures.filter(isQuick).filter((_, index) => index % 2 === 0))
  const results: { name: string; text: string; isRead: boolean }[] = []
  for (const { name, language, truth, png } of sample) {
    const picture = await decoder.decode(await png())
    const { text: read } = await readPicture(picture, language)
    const codes = truth.some(({ kind }) => kind === 'login-code') ? await codeReader.read(picture) : []
    for (const { kind, text } of truth)
      results.push({
        name,
        text,
        isRead: kind === 'login-code' ? codes.some((code) => code.text === text) : isRead(text, read)
      })
  }
  expect(results.length).toBeGreaterThan(8)
  const unread = results.filter((one) => !one.isRead)
  expect(unread.length, JSON.stringify(unread)).toBeLessThanOrEqual(results.length * 0.1)
}, 120_000)

describe('the judge', () => {
  const area = { x: 10, y: 10, width: 100, height: 20 }
  const truth = { kind: 'iban', text: 'DE12 3456', area, lines: [{ text: 'DE12 3456', area }] } as const
  const value = { ...truth, lines: [...truth.lines] }

  it('counts a value as found when nine tenths of it are covered, by several areas if need be', () => {
    expect(coveredShare(area, [])).toBe(0)
    expect(coveredShare(area, [{ x: 0, y: 0, width: 60, height: 60 }, { x: 50, y: 5, width: 30, height: 15 }])).toBeCloseTo(0.6) // prettier-ignore
    expect(isFound(value, [{ ...area, width: 91 }])).toBe(true)
    expect(isFound(value, [{ ...area, width: 89 }])).toBe(false)
    expect(
      isFound(value, [
        { ...area, width: 50 },
        { ...area, x: 55 }
      ])
    ).toBe(true)
  })

  it('calls an area false that covers nothing private', () => {
    const elsewhere = { x: 300, y: 10, width: 50, height: 20 }
    expect(falseAreas({ truth: [value], optional: [] }, [area, elsewhere])).toEqual([elsewhere])
    expect(falseAreas({ truth: [value], optional: [elsewhere] }, [area, elsewhere])).toEqual([])
  })

  it('calls four characters in a row a leak, and half of a short value', () => {
    expect(isLeaked('4111 1111 2222 3333', 'x 2223')).toBe(true)
    expect(isLeaked('4111 1111 2222 3333', '411 233')).toBe(false)
    expect(isLeaked('583 201', '320')).toBe(true)
    expect(isLeaked('583 201', '58 01')).toBe(false)
  })

  it('takes similar letters for each other', () => {
    expect(isRead('DE12 O0IL', 'IBAN DEl200 1L')).toBe(true)
    expect(isRead('Tq7#mv2Lx9', 'Password Tq7')).toBe(false)
  })
})

/** Width and height are in the first chunk of a PNG. */
function sizeOfPng(bytes: Uint8Array): { width: number; height: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  return { width: view.getUint32(16), height: view.getUint32(20) }
}
