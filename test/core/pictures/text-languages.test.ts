import { describe, expect, it } from 'vitest'
import {
  hasTwinsOnly,
  isRightToLeft,
  languagesOf,
  needsData,
  shareOfScript,
  textLanguages
} from '#core/pictures/text-languages.ts'

describe('languages', () => {
  it('are found by any tag of theirs, each once', () => {
    expect(languagesOf(['pt-BR', 'de_AT', 'DE', 'tlh', 'zh-Hant-TW']).map(({ code }) => code)).toEqual([
      'deu',
      'por',
      'chi_sim'
    ])
  })

  it('have codes and tags of their own', () => {
    for (const key of ['code', 'tag'] as const)
      expect(new Set(textLanguages.map((language) => language[key])).size).toBe(textLanguages.length)
    for (const { tag } of textLanguages) expect(Intl.getCanonicalLocales(tag)).toEqual([tag])
  })

  it('need data, except for English and Chinese', () => {
    expect(textLanguages.filter((language) => !needsData(language)).map(({ code }) => code)).toEqual(['eng', 'chi_sim'])
  })
})

describe('scripts', () => {
  it('are told by the letters alone', () => {
    expect(shareOfScript('Прийом о 9:30!', 'Cyrillic')).toBe(1)
    expect(shareOfScript('Hotel гість', 'Cyrillic')).toBe(0.5)
    expect(shareOfScript('東京タワーです', 'Japanese')).toBeCloseTo(6 / 7)
    expect(shareOfScript('12:30', 'Latin')).toBe(0)
  })

  it('run from right to left in Arabic and Hebrew', () => {
    expect(['مرحبا بكم', 'שלום 12', 'Hello مرحبا بكم', 'Hello', '12'].map(isRightToLeft)).toEqual([
      true,
      true,
      true,
      false,
      false
    ])
  })

  it('share letters of one shape', () => {
    expect(['ТАХІ', 'НОМЕ 24', 'ПРИВІТ', 'вход'].map(hasTwinsOnly)).toEqual([true, true, false, false])
  })
})
