import { expect, test } from 'vitest'
import { createItems } from '#app/items.ts'
import type { Item } from '#shared/bridge.ts'

const picture = (bytes: number) => ({ bytes: new Uint8Array(bytes), windowTitle: null, applicationName: null })

test('each new and changed item is told', () => {
  const told: Item[] = []
  const items = createItems(({ item }) => told.push(item))
  const { id } = items.add({ origin: 'file', label: 'a.png' }, picture(1))
  items.change(id, { caption: 'A cat.' })
  expect(told.map(({ state, caption }) => [state, caption])).toEqual([
    ['waiting', ''],
    ['waiting', 'A cat.']
  ])
  expect(items.newest()?.caption).toBe('A cat.')
})

test('a question shows the picture it is about', () => {
  const items = createItems(() => undefined)
  const { id } = items.add({ origin: 'file', label: 'a.png' }, picture(7))
  const question = items.add({ origin: 'question', label: 'a.png', question: 'Why?', pictureId: id })
  expect(items.picture(question.id).bytes).toHaveLength(7)
})

test('memory is bounded: the oldest pictures go, their captions stay', () => {
  const items = createItems(() => undefined)
  const ids = Array.from(
    { length: 4 },
    () => items.add({ origin: 'file', label: 'big' }, picture(100 * 1024 * 1024)).id
  )
  expect(() => items.picture(ids[0]!)).toThrow('no longer available')
  expect(() => items.picture(ids[1]!)).toThrow('no longer available')
  expect(items.picture(ids[3]!).bytes.length).toBeGreaterThan(0)
  expect(items.all()).toHaveLength(4)
})

test('what is being described is not let go of', () => {
  const items = createItems(() => undefined)
  const { id } = items.add({ origin: 'file', label: 'first' }, picture(200 * 1024 * 1024))
  items.change(id, { state: 'describing' })
  for (let n = 0; n < 250; n++) items.add({ origin: 'file', label: `${n}` }, picture(1024 * 1024))
  expect(items.find(id)?.label).toBe('first')
  expect(items.picture(id).bytes.length).toBeGreaterThan(0)
})

test('nor is the newest picture, while all others are being described', () => {
  const items = createItems(() => undefined)
  const add = () => items.add({ origin: 'file', label: 'big' }, picture(100 * 1024 * 1024)).id
  for (let n = 0; n < 3; n++) items.change(add(), { state: 'describing' })
  expect(items.picture(add()).bytes.length).toBeGreaterThan(0)
  for (let n = 0; n < 200; n++) items.change(items.add({ origin: 'file', label: `${n}` }).id, { state: 'describing' })
  const { id } = items.add({ origin: 'file', label: 'newest' }, picture(1))
  expect(items.find(id)?.label).toBe('newest')
})

test('a question keeps the picture it is about', () => {
  const items = createItems(() => undefined)
  const { id } = items.add({ origin: 'file', label: 'first' }, picture(7))
  for (let n = 0; n < 199; n++) items.add({ origin: 'file', label: `${n}` }, picture(1))
  const question = items.add({ origin: 'question', label: 'first', question: 'Why?', pictureId: id })
  expect(items.picture(question.id).bytes).toHaveLength(7)
})

test('the list is bounded too', () => {
  const items = createItems(() => undefined)
  for (let n = 0; n < 250; n++) items.add({ origin: 'file', label: `${n}` }, picture(1))
  expect(items.all()).toHaveLength(200)
  expect(items.newest()?.label).toBe('249')
})
