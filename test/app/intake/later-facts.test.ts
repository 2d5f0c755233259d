import { beforeEach, expect, test } from 'vitest'
import { createCanvasDecoder } from '#adapters/pictures/canvas.ts'
import { createItems, type Items } from '#app/items.ts'
import { createLaterFacts, type LaterFacts } from '#app/intake/later-facts.ts'
import { createFakeClock, type FakeClock } from '#test/clock.ts'
import { cornerPicture } from '#test/pictures.ts'
import { until } from '#test/process.ts'

let clock: FakeClock
let items: Items
let facts: LaterFacts
let coming: number
let picture: Uint8Array
const found: string[] = []

beforeEach(async () => {
  clock = createFakeClock()
  coming = 0
  found.length = 0
  picture = await cornerPicture('png')
  items = createItems(({ item }) => {
    if (item.facts) found.push(item.label)
  })
  facts = createLaterFacts(
    { clock, decoder: createCanvasDecoder(), codes: { read: () => Promise.resolve([]) } },
    items,
    () => coming
  )
})
function add(label: string, bytes = picture): string {
  const { id } = items.add({ origin: 'file', label }, { bytes, windowTitle: null, applicationName: null })
  facts.add(id)
  return id
}

test('facts are found when no more pictures come, of the newest first', async () => {
  add('a')
  await clock.advance(900)
  add('b')
  await clock.advance(900)
  expect(found).toEqual([])
  coming = 1
  await clock.advance(5000)
  expect(found).toEqual([])
  coming = 0
  await clock.advance(1000)
  await until(() => found.length === 1)
  await until(async () => {
    await clock.advance(1000)
    return found.length === 2
  })
  expect(found).toEqual(['b', 'a'])
  expect(clock.pending).toBe(0)
})

test('a damaged picture does not hold up the others', async () => {
  add('a')
  add('broken', Buffer.from('no picture'))
  await until(async () => {
    await clock.advance(1000)
    return found.includes('a')
  })
  expect(found).toEqual(['a'])
})

test('nothing is found after the end', async () => {
  add('a')
  facts.close()
  await clock.advance(2000)
  expect([found.length, clock.pending]).toEqual([0, 0])
})
