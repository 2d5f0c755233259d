// @module-tag xvfb
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTextReader } from '#adapters/ocr/text-reader.ts'
import type { ReadText, TextReader } from '#core/ports/pictures.ts'
import type { Settings } from '#shared/settings.ts'
import { startDesktop, type Desktop } from '#test/desktop.ts'
import { createFakeReader } from '#test/fake-reader.ts'
import { answer, createGate, startModelServer, type ModelServer } from '#test/model-server.ts'
import { blankPicture, drawingPicture } from '#test/pictures.ts'
import { until } from '#test/process.ts'
import { startApp, type RunningApp } from '#test/running-app.ts'
import {
  command,
  describePicture,
  itemWhen,
  openPicture,
  readerOf,
  readsNoCodes,
  readsNothing,
  said,
  textIn,
  textPicture
} from './trust-world.ts'

const lines = ['Invoice 2026-117', 'Printer paper 30.00', 'Shipping 19.80', 'Total 49.80']
const wrong = 'An invoice for paper. The total is 49.90.'
const right = 'An invoice for paper. The total is 49.80.'

let desktop: Desktop
let server: ModelServer
let running: RunningApp
let invoice: Uint8Array
const read = textIn(lines)

beforeAll(async () => {
  desktop = await startDesktop()
  server = await startModelServer()
  invoice = await textPicture(lines)
})
beforeEach(() => {
  server.requests.length = 0
  server.script([])
})
afterEach(() => running.close())
afterAll(async () => {
  await server.close()
  await desktop.end()
})

async function begin(
  settings: Partial<Settings> = {},
  { dependencies = {}, ...options }: NonNullable<Parameters<typeof startApp>[2]> = {}
): Promise<void> {
  const to = server.baseUrl
  const usual: Partial<Settings> = { baseUrl: to, sendingAllowedTo: to, whenPictureArrives: 'off', language: 'en' }
  running = await startApp(
    desktop,
    { ...usual, ...settings },
    { ...options, dependencies: { codes: readsNoCodes, reader: readerOf(Promise.resolve(read)), ...dependencies } }
  )
}

const heard = (): string[] => running.voice.texts
const announced = (): string[] =>
  running.host.events.flatMap(({ name, payload }) => (name === 'announce' ? [(payload as { text: string }).text] : []))

describe('what is unverified', () => {
  test('a wrong number is found by real OCR, marked at its place, and said once at the end', async () => {
    const tesseract = createTextReader()
    // On a busy computer the check would come too late: each answer waits until the words are read.
    const [one, two] = [createGate(), createGate()]
    server.script([answer(wrong, { gate: one }), answer(right, { gate: two })])
    const gates = [one, two]
    const reader: TextReader = {
      async read(picture, signal) {
        const words = await tesseract.read(picture, signal)
        gates.shift()?.open()
        return words
      },
      close: () => tesseract.close()
    }
    await begin({}, { dependencies: { reader } })
    const item = await describePicture(running, invoice)
    const start = wrong.indexOf('49.90')
    expect(item.unconfirmed).toEqual([{ text: '49.90', start, end: start + 5, nearest: '49.80' }])
    await said(running, 'Unverified: 49.90.')
    expect(heard()).toEqual(['An invoice for paper.', 'The total is 49.90.', 'Unverified: 49.90.'])
    expect(await running.app.run('doubt', {}, 'socket')).toMatchObject({
      value: { text: '49.90 was not found. The picture may say 49.80.' }
    })
    expect((await describePicture(running, invoice, 'right.png')).unconfirmed).toEqual([])
    await said(running, 'The total is 49.80.')
    expect(heard().filter((text) => text.startsWith('Unverified'))).toHaveLength(1)
    expect(await running.app.run('doubt', {}, 'socket')).toMatchObject({
      value: { text: 'Nothing is marked unverified.' }
    })
  })

  test("is said once in the window's live region, and nowhere else", async () => {
    await begin({}, { host: 'preview', dependencies: { screenReader: { running: () => Promise.resolve('Orca') } } })
    running.host.isFocused = true
    server.script([answer(wrong)])
    await describePicture(running, invoice)
    await until(() => announced().join(' ').includes('Unverified'), { what: 'what is unverified' })
    expect(announced().join(' ')).toBe(`${wrong} Unverified: 49.90.`)
    expect(heard()).toEqual([])
  })

  test('is said once through the screen reader', async () => {
    const orca = createFakeReader('Orca')
    await begin(
      {},
      { dependencies: { screenReader: { running: () => Promise.resolve('Orca') }, readers: [orca.output()] } }
    )
    server.script([answer(wrong)])
    await describePicture(running, invoice)
    await until(() => orca.texts.join(' ').includes('Unverified'), { what: 'what is unverified' })
    expect(orca.texts.join(' ')).toBe(`${wrong} Unverified: 49.90.`)
    expect([heard(), announced()]).toEqual([[], []])
  })

  test('that the text could not be checked is shown, and said only on request', async () => {
    await begin({}, { dependencies: { reader: readerOf(Promise.resolve({ text: '', words: [] })) } })
    server.script([answer(wrong)])
    expect(await describePicture(running, invoice)).toMatchObject({ unconfirmed: [], isTextUnchecked: true })
    await said(running, 'The total is 49.90.')
    await until(() => !running.voice.isSpeaking, { what: 'the end of the caption' })
    expect(heard()).toEqual(['An invoice for paper.', 'The total is 49.90.'])
    expect(await running.app.run('doubt', {}, 'socket')).toMatchObject({ value: { text: 'Text not checked.' } })
  })

  test('OCR that is slower than the caption does not hold it up: the doubt follows', async () => {
    const slow = Promise.withResolvers<ReadText>()
    await begin({}, { dependencies: { reader: readerOf(slow.promise) } })
    server.script([answer(wrong)])
    const id = await openPicture(running, invoice)
    await said(running, 'The total is 49.90.')
    expect(await itemWhen(running, id, () => true)).toMatchObject({ state: 'describing', caption: wrong })
    slow.resolve(read)
    expect((await itemWhen(running, id)).unconfirmed).toHaveLength(1)
    await said(running, 'Unverified: 49.90.')
    expect(heard()).toHaveLength(3)
  })

  test('is not said in the middle of what the user asked for next, nor after a stop', async () => {
    const slow = Promise.withResolvers<ReadText>()
    const readers = [slow.promise, Promise.resolve({ text: '', words: [] })]
    await begin({}, { dependencies: { reader: { ...readsNothing, read: () => readers.shift() ?? slow.promise } } })
    const gate = createGate()
    server.script([answer(wrong), answer('A drawing of a house. It has a red roof.', { gate })])
    const invoiceId = await openPicture(running, invoice)
    await said(running, 'The total is 49.90.')
    const drawingId = await openPicture(running, await drawingPicture(), 'b.png')
    slow.resolve(read)
    expect((await itemWhen(running, invoiceId)).unconfirmed).toHaveLength(1)
    gate.open()
    await itemWhen(running, drawingId)
    await said(running, 'It has a red roof.')
    expect(heard().slice(2)).toEqual(['A drawing of a house.', 'It has a red roof.'])
  })

  test('there is none without a model; local facts are spoken unasked only then', async () => {
    await begin({ sendingAllowedTo: null })
    const item = await describePicture(running, invoice)
    expect(item).toMatchObject({ offline: true, unconfirmed: [], isTextUnchecked: false })
    await until(() => heard().join(' ').includes('49.80') && !running.voice.isSpeaking, { what: 'the words read here' })
    await running.app.handlers['change-settings']({ sendingAllowedTo: server.baseUrl })
    const before = heard().length
    await describePicture(running, await blankPicture([0, 0, 0]), 'blank.png')
    await until(() => /blank/u.test(heard().slice(before).join(' ')), { what: 'that it is blank' })
    expect(server.requests).toEqual([])
    expect(heard().join(' ')).not.toMatch(/Unverified|not checked/u)
    // Of a caption by the model, nothing else is heard: no size, tags, model or price.
    const middle = heard().length
    server.script([answer(`${right}\nTags: invoice, paper`)])
    expect(await describePicture(running, invoice, 'c.png')).toMatchObject({ tags: ['invoice', 'paper'] })
    await said(running, 'The total is 49.80.')
    expect(heard().slice(middle)).toEqual(['An invoice for paper.', 'The total is 49.80.'])
  })
})

describe('a notice', () => {
  const told = 'A street at night. A man lies on it.'
  const waiting = (kind: string): string[] => [`${kind} content.`, 'Use the command "repeat" to read it.']

  test.each<[string, Partial<Settings['notices']>, string, string[]]>([
    ['sensitive', {}, 'sensitive: nudity', ['A street at night.', 'Notice: sensitive.', 'A man lies on it.']],
    ['private', {}, 'private: a name', ['A street at night.', 'Notice: private.', 'A man lies on it.']],
    ['private, ignored', { private: 'ignore' }, 'private: a name', ['A street at night.', 'A man lies on it.']],
    ['sensitive, to wait', { sensitive: 'wait' }, 'sensitive: nudity', waiting('Sensitive')],
    ['graphic', {}, 'graphic: blood', waiting('Graphic')],
    ['graphic without a colon', {}, 'graphic content', waiting('Graphic')],
    [
      'graphic, to be said',
      { graphic: 'say' },
      'graphic: blood',
      ['A street at night.', 'Notice: graphic.', 'A man lies on it.']
    ]
  ])('%s', async (_, notices, notice, expected) => {
    await begin({ notices: { sensitive: 'say', graphic: 'wait', private: 'say', ...notices } })
    server.script([answer(`Notice: ${notice}\n${told}`)])
    expect(await describePicture(running, invoice)).toMatchObject({ notice, caption: told })
    await until(() => heard().length >= expected.length && !running.voice.isSpeaking, { what: 'all of it' })
    expect(heard()).toEqual(expected)
  })

  test('of graphic content holds back the doubt too, also of a saved caption, until the caption is asked for', async () => {
    const slow = Promise.withResolvers<ReadText>()
    await begin({ keepCaptions: true }, { dependencies: { reader: readerOf(slow.promise) } })
    server.script([answer(`Notice: graphic: blood\n${wrong}`)])
    const id = await openPicture(running, invoice)
    await itemWhen(running, id, ({ caption }) => caption === wrong)
    slow.resolve(read)
    expect((await itemWhen(running, id)).unconfirmed).toHaveLength(1)
    expect(await describePicture(running, invoice, 'again.png')).toMatchObject({ costUsd: 0, caption: wrong })
    await until(() => heard().length === 4 && !running.voice.isSpeaking, { what: 'that both wait' })
    expect(heard()).toEqual([...waiting('Graphic'), ...waiting('Graphic')])
    expect(server.requests).toHaveLength(1)
    expect(await itemWhen(running, id)).toMatchObject({ isWithheld: true })
    await command(running, 'repeat', { itemId: id })
    await said(running, 'The total is 49.90.')
    expect(await itemWhen(running, id)).toMatchObject({ isWithheld: false })
  })

  test('that comes after some words silences the rest', async () => {
    await begin()
    const gate = createGate()
    server.script([
      {
        type: 'answer',
        chunks: ['A street at night. A man stands', ' there.\nNotice: graphic: blood\nA knife lies by him.'],
        gate
      }
    ])
    const id = await openPicture(running, invoice)
    gate.release()
    await said(running, 'A street at night.')
    gate.open()
    await itemWhen(running, id)
    await said(running, 'Use the command "repeat" to read it.')
    expect(heard()).toEqual(['A street at night.', ...waiting('Graphic')])
  })
})
