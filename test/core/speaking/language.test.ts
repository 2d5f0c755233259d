import { captionsByLanguage, furtherCaptionsByLanguage } from '#test/captions-by-language.ts'
import { describe, expect, test } from 'vitest'
import { detectLanguage, missingVoiceMessage, voiceLanguage } from '#core/speaking/language.ts'

interface Tally {
  right: number
  /** Not sure: the expected language holds. */
  unsure: number
  wrong: string[]
}

/** Each caption with each language as the expected one. */
function tally(captions: typeof captionsByLanguage): { own: Tally; other: Tally } {
  const own: Tally = { right: 0, unsure: 0, wrong: [] }
  const other: Tally = { right: 0, unsure: 0, wrong: [] }
  for (const [language, texts] of Object.entries(captions))
    for (const text of texts)
      for (const expected of Object.keys(captionsByLanguage)) {
        const found = detectLanguage(text, expected)
        const count = expected === language ? own : other
        if (found === language) count.right += 1
        else if (found === null) count.unsure += 1
        else count.wrong.push(`${language}, taken for ${found}: ${text}`)
      }
  return { own, other }
}

describe('the language of a caption', () => {
  test.each([
    ['with which the thresholds were chosen', captionsByLanguage],
    ['written afterwards', furtherCaptionsByLanguage]
  ])('of 14 languages, captions %s', (_, captions) => {
    const { own, other } = tally(captions)
    expect(own.wrong).toEqual([])
    expect(other.wrong).toEqual([])
    // A caption in another language than expected is nearly always noticed.
    expect(other.right / (other.right + other.unsure)).toBeGreaterThan(0.87)
  })

  test.each(['', 'OK', 'Sign in', '49,90 €', '10:30', '👍', 'https://example.com/a/long/path/of/english/words', '猫'])(
    'is not guessed from %j',
    (text) => expect(detectLanguage(text, 'de')).toBeNull()
  )

  test.each([
    ['The dialog says "Möchten Sie die Änderungen an dem Dokument speichern?" and has two buttons.', 'en'],
    ['Das Fenster fragt: “Do you want to save the changes to this document?” Es hat zwei Knöpfe.', 'de'],
    ['"Möchten Sie die Änderungen an dem Dokument speichern?"', 'de'],
    ['GitHub Desktopのウィンドウ。Commitボタンがあります。', 'ja'],
    ['对话框询问“Do you want to save the changes to this document?”,并有两个按钮。', 'zh']
  ])('is that of its own words: %j', (text, language) => expect(detectLanguage(text, 'fr')).toBe(language))

  test.each([
    ['Кіт сидить на вікні і дивиться на вулицю.', 'uk-UA', 'uk'],
    ['圖片是空白的。', 'zh-TW', 'zh'],
    ['گربه روی صندلی نشسته است.', 'fa', 'fa']
  ])('is the expected one of those that share a script: %j', (text, expected, language) =>
    expect(detectLanguage(text, expected)).toBe(language)
  )

  test('Han characters without kana may be a Japanese heading, not a Japanese sentence', () => {
    expect(detectLanguage('年間売上', 'ja')).toBeNull()
    expect(detectLanguage('两只狗在日落时分跑过潮湿的海滩。', 'ja')).toBe('zh')
  })

  test('a language that the detector does not know is not taken for a related one', () => {
    const czech = 'Kočka sedí na židli a dívá se z okna ven na ulici.'
    expect(detectLanguage(czech, 'cs')).toBeNull()
    expect(detectLanguage('El gat seu a la cadira i mira per la finestra.', 'ca')).toBeNull()
    expect(detectLanguage('A cat sits on the chair and looks out of the window.', 'cs')).toBe('en')
  })

  test('takes little time for text made to take forever', () => {
    for (const piece of ['"', '“a', '«', '`', 'ab ', '1.', 'a@', 'あ']) {
      const found = detectLanguage(piece.repeat(50_000), 'en')
      expect(found === null || found === 'ja').toBe(true)
    }
  })
})

describe('the language to speak in', () => {
  const german = 'Zwei Hunde laufen bei Sonnenuntergang über einen nassen Strand.'
  const english = 'A settings window with three tabs; the Privacy tab is selected.'

  test('is the expected one, with its region, if the text is in it or the language is not clear', () => {
    expect(voiceLanguage(german, 'de-AT', ['de', 'en-US'])).toEqual({ language: 'de-AT', isMissing: false })
    expect(voiceLanguage('OK', 'de-AT', ['de', 'en-US'])).toEqual({ language: 'de-AT', isMissing: false })
  })

  test("is the text's own if that is another", () =>
    expect(voiceLanguage(english, 'de', ['de-DE', 'en-GB'])).toEqual({ language: 'en', isMissing: false }))

  test('is missing when no voice speaks it', () => {
    expect(voiceLanguage(german, 'en', ['en-US', 'fr'])).toEqual({ language: 'de', isMissing: true })
    expect(missingVoiceMessage('de-AT')).toBe('No German voice is installed.')
  })

  test.each([
    ['no', ['nb-NO']],
    ['he', ['iw_IL']],
    ['zh-CN', ['cmn']],
    ['de', ['C', 'x_', 'de_DE@latin', 'de_DE']],
    ['de', []]
  ])('%s is spoken by voices %j', (expected, available) =>
    expect(voiceLanguage('OK', expected, available).isMissing).toBe(false)
  )

  test('a meaningless language tag breaks nothing', () => {
    expect(voiceLanguage(german, '', ['de'])).toEqual({ language: 'de', isMissing: false })
    expect(voiceLanguage('OK', '!', ['de'])).toEqual({ language: '!', isMissing: true })
  })
})
