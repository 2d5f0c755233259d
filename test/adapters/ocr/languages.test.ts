import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCanvas } from '@napi-rs/canvas'
import { describe, expect, it } from 'vitest'
import { findLanguageData, languagesToRead } from '#adapters/ocr/language-data.ts'
import { readText } from '#adapters/ocr/text-engine.ts'
import { languagesOf } from '#core/pictures/text-languages.ts'
import type { ReadText } from '#core/ports/pictures.ts'
import { font } from '#test/fonts.ts'
import { wordRecall } from '#test/texts.ts'

const pages = {
  en: ['Please bring your insurance card', 'HOME', 'TAXI 24', 'The waiting room is on the second floor', 'OK'],
  de: [
    'Straße der Freundschaft, Größe übermäßig',
    'Für die Prüfung benötigen Sie Ihren Ausweis.',
    'Äpfel 2,50 € täglich, Öffnungszeiten bis früh',
    'Übung macht den Meister, Ärzte raten dazu'
  ],
  fr: [
    'Où est le château ? Ça coûte 12 € déjà',
    'Cœur, œuvre, naïve, Noël, garçon',
    'À bientôt, Église fermée, entrée à droite',
    'Numéro de téléphone, prénom, âge'
  ],
  es: [
    'El niño pequeño comió piña en el jardín',
    '¿Qué hora es, señor? Mañana no',
    'Teléfono móvil: 600 123 456',
    'Habitación número ocho, baño y cocina'
  ],
  uk: ['Кабінет лікаря, другий поверх', 'Прийом починається о 9:30', 'Дякуємо за покупку', 'Увага! Двері не працюють'],
  ar: ['مرحبا بكم في المستشفى', 'غرفة الانتظار في الطابق الثاني', 'شكرا لزيارتكم', 'ممنوع التدخين']
}
type Tag = keyof typeof pages

/** A page of these lines, read by someone who reads these languages. */
function read(lines: readonly string[], tags: readonly string[], sizePx = 26, folders?: string[]): Promise<ReadText> {
  const canvas = createCanvas(900, 420)
  const context = canvas.getContext('2d')
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.fillStyle = '#202020'
  context.font = font(sizePx, { family: sizePx > 26 ? 'Serif' : 'Sans' })
  const isFromRight = /\p{Script=Arabic}/u.test(lines.join(''))
  context.direction = isFromRight ? 'rtl' : 'ltr'
  context.textAlign = isFromRight ? 'right' : 'left'
  for (const [index, line] of lines.entries()) context.fillText(line, isFromRight ? 840 : 60, 70 + index * sizePx * 2)
  return readText({
    picture: context.getImageData(0, 0, canvas.width, canvas.height),
    sourceWidth: canvas.width,
    languages: languagesToRead(tags, folders)
  })
}

const words = (text: string): string[] => text.split(/\s+/u)

describe('a page in a language of the user', () => {
  it.each<[Tag, number]>([
    ['de', 19],
    ['de', 30],
    ['fr', 19],
    ['fr', 30],
    ['es', 19],
    ['es', 30],
    ['uk', 26],
    ['ar', 26]
  ])('is read with 95 of 100 words right, accents and all: %s at %d pixels', async (tag, sizePx) => {
    const { text } = await read(pages[tag], [tag], sizePx)
    expect(wordRecall(words(pages[tag].join(' ')), words(text)), text).toBeGreaterThanOrEqual(0.95)
  })

  it('is read in the order of its words, from right to left too', async () => {
    const { text, words: found } = await read(pages.ar, ['ar'])
    expect(text.split('\n')[0]).toBe(pages.ar[0])
    const [first, second] = found
    expect(first?.box.x).toBeGreaterThan(second?.box.x ?? Infinity)
  })

  it('is told apart from one in English', async () => {
    for (const tags of [['uk'], ['ar', 'uk'], ['fr']])
      expect((await read(pages.en, tags)).text.split('\n')).toEqual(pages.en)
  })

  it('is read in its own letters also where they could be Latin', async () => {
    const lines = ['Кабінет лікаря', 'НОМЕР', 'Прийом починається']
    expect((await read(lines, ['uk'])).text.split('\n')).toEqual(lines)
  })

  it('keeps its accents on a page that is mostly English', async () => {
    const lines = [...pages.en.slice(0, 4), 'Größe und Übung für Ärzte']
    expect((await read(lines, ['de'])).text.split('\n')).toEqual(lines)
  })

  it('is read by itself in each line of a page in two scripts', async () => {
    const lines = [pages.en[0] ?? '', pages.uk[0] ?? '', pages.en[3] ?? '', pages.uk[1] ?? '']
    expect((await read(lines, ['uk'])).text.split('\n')).toEqual(lines)
  })
})

describe('a language without data', () => {
  it('is named where its text was found', async () => {
    expect((await read(pages.ar, ['he'], 26, [])).unreadLanguage).toBe('he')
    expect((await read(pages.uk, ['ru'], 26, [])).unreadLanguage).toBe('ru')
  })

  it('is not named for English, an empty page, or a language in Latin letters', async () => {
    expect((await read(pages.en, ['ru'], 26, [])).unreadLanguage).toBeNull()
    expect((await read([], ['ru'], 26, [])).unreadLanguage).toBeNull()
    expect((await read(pages.uk, ['it'], 26, [])).unreadLanguage).toBeNull()
  })
})

describe('data', () => {
  const [korean] = languagesOf(['ko'])

  it('comes with Descry for English, German and French', () => {
    expect(languagesToRead(['de', 'fr'], []).ready.map(({ code }) => code)).toEqual(['eng', 'deu', 'fra'])
  })

  it('of the system is found', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'descry-tessdata-'))
    try {
      const language = korean ?? expect.fail('no Korean')
      expect(findLanguageData(language, [folder])).toBeNull()
      const path = join(folder, 'kor.traineddata')
      await writeFile(path, '')
      expect(findLanguageData(language, [folder])).toEqual({ ...language, path })
      expect(languagesToRead(['ko'], [folder]).missing).toEqual([])
      expect(languagesToRead(['ko'], []).missing).toEqual([language])
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})
