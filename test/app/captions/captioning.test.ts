import { afterEach, beforeEach, expect, test } from 'vitest'
import { createCaptioning, type Captioning } from '#app/captions/captioning.ts'
import { onlyWhile } from '#core/describing/models/model-wrappers.ts'
import { createDescribeService } from '#app/describing/describe-service.ts'
import { createItems, type Items } from '#app/items.ts'
import { createKeys } from '#app/keys.ts'
import { createPreferences, type Preferences } from '#app/preferences.ts'
import type { Announcer, CaptionAnnouncement } from '#core/speaking/announcer.ts'
import type { DecodedPicture } from '#core/ports/pictures.ts'
import type { KeyStore } from '#core/ports/storage.ts'
import { DescryError } from '#shared/errors.ts'
import { defaultSettings, type Settings } from '#shared/settings.ts'
import { createFakeClock, settle, type FakeClock } from '#test/clock.ts'
import { dots } from '#test/dots.ts'
import { createFakeVisionModel, type FakeVisionModel } from '#test/fake-vision-model.ts'
import { createMemoryKeyStore } from '#test/memory-key-store.ts'

const first = 'https://first.example/v1'
const second = 'https://second.example/v1'

let clock: FakeClock
let vision: FakeVisionModel
let keyStore: KeyStore
let decoding: Promise<DecodedPicture>
let connections: { baseUrl: string; apiKey: string | null }[]
let items: Items
let preferences: Preferences
let captioning: Captioning

beforeEach(async () => {
  clock = createFakeClock()
  vision = createFakeVisionModel()
  decoding = Promise.resolve(dots)
  connections = []
  keyStore = createMemoryKeyStore()
  await keyStore.set(first, 'key-of-first')
  await keyStore.set(second, 'key-of-second')
  items = createItems(() => undefined)
  await prepare({ baseUrl: first, sendingAllowedTo: first })
})
afterEach(async () => {
  captioning.stop()
  await captioning.idle()
})

async function prepare(settings: Partial<Settings>): Promise<void> {
  const store = {
    load: () => Promise.resolve({ settings: { ...defaultSettings, ...settings }, warning: null }),
    save: () => Promise.resolve()
  }
  preferences = await createPreferences(store, createKeys(keyStore, null), {}, () => undefined)
  const nothing = (): void => undefined
  const dependencies = {
    decoder: { decode: () => decoding },
    reader: { read: () => Promise.resolve({ text: 'Read here', words: [] }), close: () => Promise.resolve() },
    codes: { read: () => Promise.resolve([]) },
    clock,
    captions: { find: () => null, keep: nothing, clear: nothing },
    spending: {
      expect: () => ({ day: '', usd: 0, unpriced: 0 }),
      settle: nothing,
      spent: () => ({ todayUsd: 0, monthUsd: 0, unpricedThisMonth: 0 })
    },
    connectVision(baseUrl: string, apiKey: string | null, mayAsk: () => boolean = () => true) {
      connections.push({ baseUrl, apiKey })
      return onlyWhile(mayAsk, vision)
    }
  }
  const speech: CaptionAnnouncement = {
    before: nothing,
    read: nothing,
    say: nothing,
    notice: nothing,
    after: nothing,
    warn: nothing,
    end: nothing,
    cancel: nothing
  }
  const service = createDescribeService({
    dependencies,
    settings: () => preferences.current(),
    findKey: (baseUrl) => preferences.keyFor(baseUrl),
    maySendTo: (baseUrl) => preferences.maySendTo(baseUrl),
    readsByDefault: true,
    spending: dependencies.spending,
    captions: dependencies.captions
  })
  const announcer = { caption: () => speech, fail: nothing } as unknown as Announcer
  captioning = createCaptioning({ host: { name: 'electron' }, service, items, preferences, announcer, clock })
}

function addPicture(): string {
  const picture = { bytes: new Uint8Array(1), windowTitle: null, applicationName: null }
  return items.add({ origin: 'file', label: 'a.png' }, picture).id
}

test('a provider chosen while the picture is decoded gets its own key, and the former gets nothing', async () => {
  const decoded = Promise.withResolvers<DecodedPicture>()
  decoding = decoded.promise
  captioning.start(addPicture(), { cause: 'command' })
  await preferences.change({ baseUrl: second, sendingAllowedTo: second })
  decoded.resolve(dots)
  await captioning.idle()
  expect(connections).toEqual([{ baseUrl: second, apiKey: 'key-of-second' }])
})

test('sending switched off while the keychain is asked keeps the picture here', async () => {
  const unlocked = Promise.withResolvers<string>()
  keyStore.get = () => unlocked.promise
  const id = addPicture()
  captioning.start(id, { cause: 'command' })
  await settle()
  const changing = preferences.change({ baseUrl: second, sendingAllowedTo: second })
  unlocked.resolve('a-key')
  await Promise.all([changing, captioning.idle()])
  expect(vision.requests).toEqual([])
  expect(items.find(id)).toMatchObject({ state: 'done', offline: true })
})

test('sending switched off while the provider wants us to wait: no second request', async () => {
  vision.script({
    start: false,
    steps: [{ fail: new DescryError('rate-limited', { retryAfterMs: 5000 }) }]
  })
  const id = addPicture()
  captioning.start(id, { cause: 'command' })
  await settle()
  await clock.advance(1000)
  await preferences.change({ sendingAllowedTo: null })
  await clock.advance(5000)
  await captioning.idle()
  expect(vision.requests).toHaveLength(1)
  expect(items.find(id)).toMatchObject({ state: 'done', offline: true, warnings: [{ code: 'offline' }] })
})

test('while sending is off the keychain is not asked', async () => {
  await prepare({ baseUrl: first, sendingAllowedTo: null })
  keyStore.get = () => expect.fail('asked')
  const id = addPicture()
  captioning.start(id, { cause: 'command' })
  await captioning.idle()
  expect(items.find(id)).toMatchObject({ state: 'done', offline: true })
})

test('stop does not wait for a keychain or a decoder that hangs', async () => {
  keyStore.get = () => new Promise(() => undefined)
  const asking = addPicture()
  captioning.start(asking, { cause: 'command' })
  await settle()
  decoding = new Promise(() => undefined)
  const beingDecoded = addPicture()
  captioning.start(beingDecoded, { cause: 'command' })
  await settle()
  captioning.stop()
  await captioning.idle()
  expect([items.find(asking)?.state, items.find(beingDecoded)?.state]).toEqual(['stopped', 'stopped'])
})

test('a second order for the same picture replaces the first: one caption, not two run together', async () => {
  const more = Promise.withResolvers<void>()
  const steps = [{ text: 'An older caption. ' }, { wait: more.promise }, { text: 'Its end.' }]
  vision.script({ steps }, { steps: [{ text: 'A newer caption.' }, { finish: 'stop' }] })
  const id = addPicture()
  captioning.start(id, { cause: 'command' })
  await settle()
  expect(vision.requests).toHaveLength(1)
  captioning.start(id, { cause: 'command' })
  await settle()
  more.resolve()
  await captioning.idle()
  expect(items.find(id)).toMatchObject({ state: 'done', caption: 'A newer caption.' })
})

test('a caption is split into sentences while it arrives, and they keep their ids', async () => {
  const more = Promise.withResolvers<void>()
  vision.script({
    steps: [{ text: 'A cat. It sle' }, { wait: more.promise }, { text: 'eps by Dr. No. Good.' }, { finish: 'stop' }]
  })
  const id = addPicture()
  const sentences = (): string[] => {
    const item = items.find(id)
    return (item?.sentences ?? []).map((one) => `${one.id} ${item?.caption.slice(one.start, one.end)}`)
  }
  captioning.start(id, { cause: 'command' })
  await settle()
  expect(sentences()).toEqual(['0 A cat.', '1 It sle'])
  more.resolve()
  await captioning.idle()
  expect(sentences()).toEqual(['0 A cat.', '1 It sleeps by Dr. No.', '2 Good.'])
})

test('a picture that left the list fails without an effect on the rest', async () => {
  captioning.start('gone', { cause: 'command' })
  await captioning.idle()
})
