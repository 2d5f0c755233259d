import { beforeEach, expect, test } from 'vitest'
import { createDescribeService, type DescribeService } from '#app/describing/describe-service.ts'
import type { DescribeRequest, DescribeServiceOptions, Intent } from '#app/describing/request.ts'
import type { DescribeEvent } from '#core/describing/describer-request.ts'
import type { ExpectedCost } from '#shared/spent.ts'
import type { Description } from '#shared/caption.ts'
import { estimateCostUsd } from '#core/spending/estimate.ts'
import { DescryError } from '#shared/errors.ts'
import { defaultSettings, type Settings } from '#shared/settings.ts'
import { createFakeClock, settle, type FakeClock } from '#test/clock.ts'
import { dots } from '#test/dots.ts'
import { answerSteps, createFakeVisionModel, type FakeVisionModel } from '#test/fake-vision-model.ts'

const usage = { inputTokens: 1000, outputTokens: 100 }

let vision: FakeVisionModel
let settings: Settings
let clock: FakeClock
let kept: Map<string, Description>
let charged: (number | null)[]
let spentUsd: number
let findKey: DescribeServiceOptions['findKey']
let connectVision: DescribeServiceOptions['dependencies']['connectVision']
let service: DescribeService

beforeEach(() => {
  vision = createFakeVisionModel()
  clock = createFakeClock()
  settings = {
    ...defaultSettings,
    keepCaptions: true,
    language: 'en',
    model: 'gpt-4o-mini',
    baseUrl: 'https://models.example/v1'
  }
  kept = new Map()
  charged = []
  spentUsd = 0
  findKey = () => Promise.resolve(null)
  connectVision = () => vision
  const dependencies = {
    decoder: { decode: () => Promise.resolve(dots) },
    reader: { read: () => Promise.resolve({ text: '', words: [] }), close: () => Promise.resolve() },
    codes: { read: () => Promise.resolve([]) },
    clock,
    connectVision: (...given: Parameters<typeof connectVision>) => connectVision(...given),
    captions: {
      find: (key: string) => kept.get(key) ?? null,
      keep: (key: string, description: Description) => void kept.set(key, description),
      clear: () => kept.clear()
    },
    spending: {
      expect: (estimateUsd: number | null) => {
        spentUsd += estimateUsd ?? 0
        return { day: '', usd: estimateUsd ?? 0, unpriced: 0 }
      },
      settle: ({ usd }: ExpectedCost, costUsd: number | null) => {
        spentUsd += (costUsd ?? 0) - usd
        if (costUsd !== 0) charged.push(costUsd)
      },
      spent: () => ({ todayUsd: spentUsd, monthUsd: spentUsd, unpricedThisMonth: 0 })
    }
  }
  const { spending, captions } = dependencies
  service = createDescribeService({
    dependencies,
    settings: () => settings,
    findKey: (baseUrl) => findKey(baseUrl),
    maySendTo: () => true,
    readsByDefault: true,
    spending,
    captions
  })
})

const bytes = new Uint8Array([1, 2, 3])

function request(intent: Intent = {}, picture: Partial<DescribeRequest['picture']> = {}): DescribeRequest {
  return {
    picture: { bytes, source: 'a.png', origin: 'elsewhere', windowTitle: null, applicationName: null, ...picture },
    intent: { checksText: false, detail: 'standard', ...intent }
  }
}

function describe(
  asked: DescribeRequest,
  onEvent: (event: DescribeEvent) => void = () => undefined,
  signal = new AbortController().signal
): Promise<Description> {
  return service.describe(asked, { signal, onEvent })
}

const ownPreset = { name: 'Mine', prompt: 'What does {window} want?' }

interface Difference {
  intent?: Intent
  picture?: Partial<DescribeRequest['picture']>
  settings?: Partial<Settings>
  laterMs?: number
}

test.each<[string, 'the same' | 'another', Difference]>([
  ['another window title', 'the same', { picture: { windowTitle: 'Letter 2' } }],
  ['another time', 'the same', { laterMs: 5 }],
  ['another question', 'another', { intent: { question: 'Why?' } }],
  ['other words before', 'another', { intent: { question: 'Why?', earlier: [{ question: null, answer: 'A cat.' }] } }],
  ['another detail', 'another', { intent: { detail: 'brief' } }],
  ['a preset', 'another', { intent: { preset: 'chart' } }],
  ['another origin', 'another', { picture: { origin: 'screen' } }],
  ['another language', 'another', { settings: { language: 'de' } }],
  ['another model', 'another', { settings: { model: 'gpt-6-luna' } }],
  ['another provider', 'another', { settings: { baseUrl: 'https://others.example/v1' } }],
  ['another picture', 'another', { picture: { bytes: new Uint8Array([4]) } }]
])('%s is %s request', async (_, which, { intent, picture, settings: changed, laterMs = 0 }) => {
  await describe(request())
  settings = { ...settings, ...changed }
  await clock.advance(laterMs)
  expect((await describe(request(intent, picture))).cached).toBe(which === 'the same')
})

test("the title counts where the user's own preset asks for it", async () => {
  const titled = (windowTitle: string): Promise<Description> =>
    describe(request({ preset: ownPreset }, { windowTitle }))
  await titled('Letter 1')
  expect(await titled('Letter 2')).toMatchObject({ cached: false })
  expect(await titled('Letter 2')).toMatchObject({ cached: true })
})

test('a saved caption warns first, costs nothing, and is not used when a fresh one is asked for', async () => {
  vision.script({ steps: answerSteps('Notice: graphic: blood\nA cat.', usage) })
  findKey = (): Promise<null> => (kept.size > 0 ? expect.fail('The keychain was asked.') : Promise.resolve(null))
  const { costUsd } = await describe(request())
  const events: DescribeEvent[] = []
  const again = await describe(request({}, { source: 'b.png' }), (event) => events.push(event))
  expect(again).toMatchObject({ cached: true, costUsd: 0, bytesSent: 0, usage: null, source: 'b.png' })
  expect(events).toEqual([
    { type: 'notice', notice: 'graphic: blood' },
    { type: 'caption', text: 'A cat.' }
  ])
  findKey = () => Promise.resolve(null)
  expect(await describe(request({ isFresh: true }))).toMatchObject({ cached: false })
  expect(await describe(request({ isLocal: true }))).toMatchObject({ cached: false, offline: true })
  // A provider that does not report its usage is taken to cost what it usually does.
  expect(charged).toEqual([costUsd, estimateCostUsd('gpt-4o-mini', 'https://models.example/v1', dots, 'standard')])
})

test('a saved caption has these fields; a change to them needs a new keptForm', async () => {
  await describe(request())
  expect(Object.keys([...kept.values()][0] ?? {}).toSorted()).toEqual(
    [
      ['bytesSent', 'cached', 'caption', 'codes', 'costUsd', 'height', 'isTextUnchecked', 'mime', 'model', 'notice'],
      [
        'offline',
        'privacy',
        'provider',
        'sha256',
        'source',
        'steps',
        'tags',
        'text',
        'timings',
        'unconfirmed',
        'usage'
      ],
      ['warnings', 'width']
    ].flat()
  )
})

test.each<[string, Parameters<FakeVisionModel['script']>]>([
  ['private', [{ steps: answerSteps('Notice: Private: a password\nA note.') }]],
  ['cut off', [{ steps: [{ text: 'A note that' }, { fail: new DescryError('cut-off') }] }]]
])('what is %s is not kept', async (_, script) => {
  vision.script(...script)
  expect((await describe(request())).caption).toMatch(/^A note/u)
  expect(kept.size).toBe(0)
})

test("a fallback's answer is not kept as the first one's; a successor's is", async () => {
  const rateLimited = new DescryError('rate-limited', { retryAfterMs: 60_000 })
  vision.script({ start: false, steps: [{ fail: rateLimited }] })
  const other = createFakeVisionModel()
  const fallback = { baseUrl: 'http://127.0.0.1:11434/v1', model: 'gemma3' }
  settings = { ...settings, fallback }
  connectVision = (baseUrl) => (baseUrl === fallback.baseUrl ? other : vision)
  const description = await describe(request())
  // A model on this computer costs nothing, whatever its price list says.
  expect(description).toMatchObject({ caption: 'A cat sleeps.', costUsd: 0 })
  expect(kept.size).toBe(0)
  vision.script(
    { start: false, steps: [{ fail: new DescryError('model-gone') }] },
    { steps: answerSteps('A cat.', usage) }
  )
  await describe(request())
  expect(kept.size).toBe(1)
})

test('what is under way counts as spent, and leaves nothing when it fails', async () => {
  settings = { ...settings, monthlyLimitUsd: 0.002, whenLimitReached: 'stop' }
  const more = Promise.withResolvers<void>()
  vision.script({ start: false, steps: [{ wait: more.promise }, { fail: new DescryError('bad-key') }] })
  const first = describe(request())
  await settle()
  await expect(describe(request({ question: 'Why?' }))).rejects.toMatchObject({ code: 'over-limit' })
  more.resolve()
  await expect(first).rejects.toMatchObject({ code: 'bad-key' })
  expect([spentUsd, charged]).toEqual([0, []])
})

test("a fallback's answer that comes to nothing is paid at its own price", async () => {
  vision.script({ start: false, steps: [{ fail: new DescryError('provider-down') }] })
  vision.script({ start: false, steps: [{ fail: new DescryError('rate-limited', { retryAfterMs: 60_000 }) }] })
  const other = createFakeVisionModel()
  other.script({ steps: [{ text: 'Notice: ' }, { fail: new DescryError('refused') }] })
  const address = { baseUrl: 'https://others.example/v1', model: 'gpt-4o' }
  settings = { ...settings, fallback: address }
  connectVision = (baseUrl) => (baseUrl === address.baseUrl ? other : vision)
  await expect(describe(request())).rejects.toMatchObject({ code: 'rate-limited' })
  expect(charged).toEqual([estimateCostUsd(address.model, address.baseUrl, dots, 'standard')])
})

test('equal requests in progress are one: a later caller hears all of it, and a caller that stops ends nothing', async () => {
  const more = Promise.withResolvers<void>()
  vision.script({ steps: [{ text: 'A cat sits here. ' }, { wait: more.promise }, ...answerSteps('It sleeps.', usage)] })
  const stopping = new AbortController()
  const first = describe(request(), undefined, stopping.signal)
  await settle()
  const heard: string[] = []
  const second = describe(request({}, { source: 'b.png' }), (event) => {
    if (event.type === 'caption') heard.push(event.text)
  })
  await settle()
  stopping.abort()
  await expect(first).rejects.toMatchObject({ name: 'AbortError' })
  more.resolve()
  expect(await second).toMatchObject({ source: 'b.png', caption: 'A cat sits here. It sleeps.' })
  expect(heard.join('')).toBe('A cat sits here. It sleeps.')
  expect([vision.requests.length, charged.length]).toEqual([1, 1])
})

test.each<[string, Partial<Settings>, number]>([
  ['a limit of nothing', { monthlyLimitUsd: 0 }, 0],
  ['a price beyond what is left', { monthlyLimitUsd: 1 }, 0.9999],
  ['an unknown price, once the limit is reached', { monthlyLimitUsd: 1, model: 'unknown' }, 1]
])('%s: asked, and nothing is sent without consent', async (_, limit, spent) => {
  settings = { ...settings, ...limit }
  spentUsd = spent
  const answers = [false, true]
  const mayExceed = async (): Promise<boolean> => answers.shift() ?? false
  await expect(describe(request({ mayExceed }))).rejects.toMatchObject({ code: 'over-limit' })
  expect(vision.requests).toEqual([])
  expect(await describe(request({ mayExceed }))).toMatchObject({ offline: false })
})

test('what costs nothing has no limit, and neither has what is kept', async () => {
  settings = { ...settings, monthlyLimitUsd: 0, whenLimitReached: 'stop', baseUrl: 'http://127.0.0.1:11434/v1' }
  expect(await describe(request())).toMatchObject({ costUsd: 0 })
  expect(await describe(request())).toMatchObject({ cached: true })
  settings = { ...settings, baseUrl: 'https://models.example/v1' }
  await expect(describe(request())).rejects.toMatchObject({ code: 'over-limit' })
})
