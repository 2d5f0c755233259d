import { describe as suite, expect, it } from 'vitest'
import { describe } from '#core/describing/describer.ts'
import type { DescribeEvent, DescriberRequest } from '#core/describing/describer-request.ts'
import type { DecodedPicture, PixelLimit, PlacedCode, ReadText, TextReader } from '#core/ports/pictures.ts'
import type { Description } from '#shared/caption.ts'
import { DescryError, type ErrorCode } from '#shared/errors.ts'
import { createFakeClock, settle, type FakeClock } from '#test/clock.ts'
import { describerRequest } from '#test/describer-request.ts'
import {
  answerSteps,
  createFakeVisionModel,
  type FakeStep,
  type FakeStream,
  type FakeVisionModel
} from '#test/fake-vision-model.ts'

const noArea = { x: 0, y: 0, width: 10, height: 10 }
const never = new Promise<never>(() => undefined)

/** A 4:3 picture of black and white dots, or of one grey. */
function createPicture({
  isBlank = false,
  isPhoto = false,
  missing = null as DecodedPicture['missing']
} = {}): DecodedPicture & {
  limits: PixelLimit[]
} {
  const limits: PixelLimit[] = []
  return {
    width: 400,
    height: 300,
    mime: 'image/png',
    sha256: 'abc',
    missing,
    limits,
    encode(limit) {
      limits.push(limit)
      return Promise.resolve({ bytes: new Uint8Array(1000), mime: 'image/jpeg', width: 400, height: 300 })
    },
    crop: () => Promise.resolve(new Uint8Array(10)),
    part: () => expect.fail('not asked for'),
    withBoxes: () => expect.fail('not asked for'),
    pixels: () => ({
      width: 400,
      height: 300,
      data: Uint8ClampedArray.from({ length: 400 * 300 * 4 }, (_, at) =>
        at % 4 === 3 ? 255 : isBlank ? 128 : isPhoto ? softNoise(at) : (at >> 4) % 2 === 0 ? 0 : 255
      )
    })
  }
}

/** Many colors that change a little from pixel to pixel. */
function softNoise(at: number): number {
  return Math.round(128 + 90 * Math.sin(at / 900) + ((at * 7919) % 23))
}

interface Scene {
  vision: FakeVisionModel
  clock: FakeClock
  picture: ReturnType<typeof createPicture>
  events: DescribeEvent[]
  /** Stops, as the user does. */
  stop: AbortController
  /** Settled with what describe gave or threw. */
  done: Promise<{ description: Description | null; error: unknown }>
}

interface SceneOptions {
  streams?: FakeStream[]
  request?: Partial<DescriberRequest>
  isLocal?: boolean
  isBlank?: boolean
  isPhoto?: boolean
  missing?: DecodedPicture['missing']
  read?: (signal?: AbortSignal) => Promise<ReadText>
  readCodes?: () => Promise<PlacedCode[]>
}

function begin({
  streams = [],
  request = {},
  isLocal = false,
  isBlank = false,
  isPhoto = false,
  missing = null as DecodedPicture['missing'],
  read,
  readCodes
}: SceneOptions = {}): Scene {
  const vision = createFakeVisionModel({ provider: 'api.test', isLocal })
  vision.script(...streams)
  const clock = createFakeClock()
  const picture = createPicture({ isBlank, isPhoto, missing })
  const events: DescribeEvent[] = []
  const stop = new AbortController()
  const reader: TextReader = {
    read: (_, signal) => read?.(signal) ?? Promise.resolve({ text: 'Exit  →\n', words: [] }),
    close: () => Promise.resolve()
  }
  const done = describe(
    {
      vision: request.whyLocal ? null : vision,
      reader,
      codes: {
        read: readCodes ?? (() => Promise.resolve([{ format: 'QRCode', text: 'https://example.org', area: noArea }]))
      },
      clock
    },
    describerRequest(picture, { receivedAtMs: clock.nowMs(), ...request }),
    (event) => events.push(event),
    stop.signal
  ).then(
    (description) => ({ description, error: null }),
    (error: unknown) => ({ description: null, error })
  )
  return { vision, clock, picture, events, stop, done }
}

async function described(scene: Scene): Promise<Description> {
  const { description, error } = await scene.done
  if (!description) throw error
  return description
}

const captionOf = (events: DescribeEvent[]): string =>
  events.map((event) => (event.type === 'caption' ? event.text : '')).join('')
const fails = (code: ErrorCode, retryAfterMs?: number) => ({
  start: false,
  steps: [{ fail: new DescryError(code, retryAfterMs === undefined ? {} : { retryAfterMs }) }]
})
const codes = (description: Description): string[] => description.warnings.map((warning) => warning.code)

suite('a picture described by the model', () => {
  it('gives facts, then the caption as it comes, and the whole of it', async () => {
    const usage = { inputTokens: 36_835, outputTokens: 50 }
    const scene = begin({
      streams: [{ steps: answerSteps('Notice: private: a name\nA cat sleeps. It is red.\nTags: cat, red', usage) }]
    })
    const description = await described(scene)
    expect(description).toMatchObject({
      source: 'photo.png',
      width: 400,
      height: 300,
      mime: 'image/png',
      sha256: 'abc',
      caption: 'A cat sleeps. It is red.',
      notice: 'private: a name',
      tags: ['cat', 'red'],
      text: null,
      codes: [{ format: 'QRCode', text: 'https://example.org' }],
      unconfirmed: [],
      model: 'gpt-4o-mini',
      provider: 'api.test',
      usage,
      cached: false,
      offline: false,
      warnings: [],
      bytesSent: 1000
    })
    expect(description.costUsd).toBeCloseTo(0.00556, 5)
    expect(captionOf(scene.events)).toBe(description.caption)
    expect(scene.events.filter((event) => event.type === 'caption').length).toBeGreaterThan(3)
    expect(scene.events[0]).toMatchObject({ type: 'facts', facts: { isBlank: false } })
  })

  it('measures from sending to the first word and to the end', async () => {
    const gate = Promise.withResolvers<void>()
    const scene = begin({ streams: [{ steps: [{ wait: gate.promise }, ...answerSteps('A cat.')] }] })
    await scene.clock.advance(700)
    gate.resolve()
    expect((await described(scene)).timings).toEqual({ prepareMs: 0, requestMs: 700, firstTokenMs: 700, totalMs: 700 })
  })

  it('reads the codes of a screen when the request is out, not before, and tells them when they are there', async () => {
    const gate = Promise.withResolvers<void>()
    let requestsBefore = -1
    const scene: Scene = begin({
      request: { origin: 'screen' },
      streams: [{ steps: [{ wait: gate.promise }, ...answerSteps('A cat.')] }],
      readCodes: () => {
        requestsBefore = scene.vision.requests.length
        return Promise.resolve([{ format: 'EAN13', text: '4006381333931', area: noArea }])
      }
    })
    await scene.clock.advance(100)
    expect(requestsBefore).toBe(1)
    expect(scene.events.at(-1)).toMatchObject({ type: 'facts', facts: { codes: [{ format: 'EAN13' }] } })
    gate.resolve()
    expect((await described(scene)).codes).toEqual([{ format: 'EAN13', text: '4006381333931' }])
  })

  it('gives codes also with an answer that came before they were read', async () => {
    const description = await described(begin())
    expect(description.codes).toEqual([{ format: 'QRCode', text: 'https://example.org' }])
  })

  it('does without codes when their reader fails', async () => {
    const description = await described(begin({ readCodes: () => Promise.reject(new DescryError('internal')) }))
    expect(description).toMatchObject({ caption: 'A cat sleeps.', codes: [], warnings: [] })
  })

  it('sends fewer pixels for a brief answer', async () => {
    const brief = begin({ request: { detail: 'brief' } })
    const standard = begin()
    await Promise.all([brief.done, standard.done])
    expect(brief.picture.limits).toEqual([{ maxWidthPx: 910, maxHeightPx: 512 }])
    expect(standard.picture.limits).toEqual([{ maxWidthPx: 1365, maxHeightPx: 768 }])
  })

  it('says so when the answer was longer than it may be', async () => {
    const byModel = begin({ streams: [{ steps: [{ text: 'A cat' }, { finish: 'length' }] }] })
    const endless = begin({ streams: [{ steps: Array.from({ length: 2000 }, () => ({ text: 'cat cat cat. ' })) }] })
    for (const scene of [byModel, endless]) {
      const description = await described(scene)
      expect(codes(description)).toEqual(['cut-off'])
      expect(captionOf(scene.events)).toBe(description.caption)
      expect(description.caption.length).toBeLessThanOrEqual(6000)
    }
  })

  it('takes an answer of nothing but tags for no answer', async () => {
    const { error } = await begin({ streams: [{ steps: answerSteps('Tags: cat') }] }).done
    expect(error).toMatchObject({ code: 'bad-answer' })
  })
})

suite('a second request', () => {
  it.each(['rate-limited', 'provider-down'] as const)('follows %s after the wait asked for', async (code) => {
    const scene = begin({ streams: [fails(code, 5000), { steps: answerSteps('A cat.') }] })
    await scene.clock.advance(4999)
    expect(scene.vision.requests).toHaveLength(1)
    await scene.clock.advance(1)
    expect((await described(scene)).caption).toBe('A cat.')
    expect(scene.vision.requests).toHaveLength(2)
  })

  it('follows after a second when no wait was asked for', async () => {
    const scene = begin({ streams: [fails('rate-limited'), { steps: answerSteps('A cat.') }] })
    await scene.clock.advance(1000)
    expect((await described(scene)).caption).toBe('A cat.')
  })

  it('is not made when the wait would be longer than 20 s', async () => {
    const scene = begin({ streams: [fails('rate-limited', 20_001)] })
    expect((await scene.done).error).toMatchObject({ code: 'rate-limited' })
    expect(scene.vision.requests).toHaveLength(1)
  })

  it('is the last: a third is never made', async () => {
    const scene = begin({ streams: [fails('rate-limited', 0), fails('rate-limited', 0), { steps: answerSteps('A') }] })
    await scene.clock.advance(60_000)
    expect((await scene.done).error).toMatchObject({ code: 'rate-limited' })
    expect(scene.vision.requests).toHaveLength(2)
  })

  it.each(['bad-key', 'no-credit', 'refused', 'bad-answer', 'timed-out', 'cut-off', 'too-large'] as const)(
    'is not made after %s',
    async (code) => {
      const scene = begin({ streams: [fails(code)] })
      await scene.clock.advance(60_000)
      expect((await scene.done).error).toMatchObject({ code })
      expect(scene.vision.requests).toHaveLength(1)
    }
  )

  it('is not made once a word was given', async () => {
    const scene = begin({
      streams: [{ steps: [{ text: 'A cat sleeps. ' }, { fail: new DescryError('provider-down') }] }]
    })
    await scene.clock.advance(60_000)
    const description = await described(scene)
    expect(description).toMatchObject({ caption: 'A cat sleeps.', offline: false })
    expect(codes(description)).toEqual(['cut-off'])
    expect(scene.vision.requests).toHaveLength(1)
  })
})

suite('a model that is gone', () => {
  it('hands over to its successor, with its parameters and pixels, and says so', async () => {
    const scene = begin({ streams: [fails('model-gone'), { steps: answerSteps('A cat.') }] })
    const description = await described(scene)
    expect(scene.vision.requests.map((request) => request.model)).toEqual(['gpt-4o-mini', 'gpt-6-luna'])
    expect(scene.vision.requests[1]?.parameters).toHaveProperty('max_completion_tokens')
    expect(scene.picture.limits.at(-1)).toEqual({ maxWidthPx: 2048, maxHeightPx: 1152 })
    expect(description.model).toBe('gpt-6-luna')
    expect(description.warnings).toMatchObject([{ code: 'model-gone', message: expect.stringContaining('gpt-6-luna') }])
    expect(scene.events).toContainEqual({ type: 'warning', warning: description.warnings[0] })
  })

  it('says that a linked picture is missing', async () => {
    const scene = begin({ missing: 'linked-pictures', streams: [{ steps: answerSteps('An empty frame.') }] })
    expect((await described(scene)).warnings).toMatchObject([{ message: 'A linked picture is missing.' }])
  })

  it('says that part of the picture is missing, with a model and without', async () => {
    for (const whyLocal of [null, 'asked'] as const) {
      const scene = begin({
        missing: 'pixels',
        request: { whyLocal },
        streams: [{ steps: answerSteps('A cat.') }]
      })
      expect((await described(scene)).warnings).toMatchObject([{ message: 'Part of the picture is missing.' }])
    }
  })

  it('fails when it has no successor, or that one is gone too', async () => {
    const alone = begin({ streams: [fails('model-gone')], request: { model: 'llava' } })
    expect((await alone.done).error).toMatchObject({ code: 'model-gone' })
    const both = begin({ streams: [fails('model-gone'), fails('model-gone')] })
    expect((await both.done).error).toMatchObject({ code: 'model-gone' })
    expect(both.vision.requests).toHaveLength(2)
  })
})

suite('a silent server', () => {
  const silence: FakeStep[] = [{ wait: never }]

  it.each([
    ['another computer', false, null, 20_000],
    ['this computer', true, null, 120_000],
    ['one the user gave a time', false, 3000, 3000]
  ])('on %s has its time for the first token', async (_, isLocal, firstTokenTimeoutMs, ms) => {
    for (const start of [false, true]) {
      const scene = begin({ streams: [{ start, steps: silence }], isLocal, request: { firstTokenTimeoutMs } })
      await scene.clock.advance(ms - 1)
      expect(scene.vision.requests).toHaveLength(1)
      await scene.clock.advance(1)
      expect((await scene.done).error).toMatchObject({ code: 'timed-out' })
      expect(scene.vision.requests).toHaveLength(1)
      expect(scene.clock.pending).toBe(0)
    }
  })

  it('has 15 s between tokens; what had come is kept', async () => {
    const gate = Promise.withResolvers<void>()
    const scene = begin({
      streams: [{ steps: [{ text: 'A cat' }, { wait: gate.promise }, { text: ' sleeps.' }, ...silence] }]
    })
    await scene.clock.advance(14_999)
    gate.resolve()
    await scene.clock.advance(14_999)
    expect(captionOf(scene.events)).toBe('A cat sleeps.')
    await scene.clock.advance(1)
    const description = await described(scene)
    expect(description).toMatchObject({ caption: 'A cat sleeps.', usage: null, costUsd: null })
    expect(codes(description)).toEqual(['timed-out'])
  })
})

suite('an answer that breaks', () => {
  it('is what had come, with a warning', async () => {
    const scene = begin({
      streams: [{ steps: [{ text: 'A cat sleeps. Ta' }, { fail: new DescryError('cut-off') }] }]
    })
    const description = await described(scene)
    expect(description.caption).toBe('A cat sleeps. Ta')
    expect(codes(description)).toEqual(['cut-off'])
    expect(captionOf(scene.events)).toBe(description.caption)
  })

  it('is a failure when the provider refused after all', async () => {
    const scene = begin({ streams: [{ steps: [{ text: 'A cat' }, { fail: new DescryError('refused') }] }] })
    expect((await scene.done).error).toMatchObject({ code: 'refused' })
  })
})

suite('on this computer', () => {
  it.each(['no-key', 'offline'] as const)('%s gives the words and codes found here', async (whyLocal) => {
    const scene = begin({ request: { whyLocal } })
    const description = await described(scene)
    expect(description).toMatchObject({ offline: true, model: null, provider: null, bytesSent: 0, text: 'Exit  →' })
    expect(description.caption).toContain('Exit')
    expect(description.caption).toContain('https://example.org')
    expect(codes(description)).toEqual([whyLocal])
    expect(captionOf(scene.events)).toBe(description.caption)
    expect(scene.events).toContainEqual({ type: 'facts', facts: expect.objectContaining({ text: 'Exit  →' }) })
  })

  it('a provider that cannot be reached twice leaves the local description', async () => {
    const scene = begin({ streams: [fails('provider-down'), fails('provider-down')] })
    await scene.clock.advance(1000)
    const description = await described(scene)
    expect(description).toMatchObject({ offline: true, bytesSent: 0, text: 'Exit  →' })
    expect(codes(description)).toEqual(['provider-down'])
    expect(scene.vision.requests).toHaveLength(2)
  })

  it('only the text and the codes are given where only the text was wanted', async () => {
    const some = await described(begin({ request: { whyLocal: 'offline', detail: 'text' } }))
    expect(some.caption).toBe('Exit  →\nA QR code says: https://example.org')
    const none = await described(
      begin({
        request: { whyLocal: 'offline', detail: 'text' },
        read: () => Promise.resolve({ text: ' \n', words: [] }),
        readCodes: () => Promise.resolve([])
      })
    )
    expect(none).toMatchObject({ caption: 'No text was found.', text: null })
  })

  it('a blank picture is said to be blank, and nothing is sent', async () => {
    const scene = begin({ isBlank: true })
    const description = await described(scene)
    expect(description.caption).toMatch(/blank/iu)
    expect(description).toMatchObject({ offline: true, bytesSent: 0, warnings: [] })
    expect(scene.vision.requests).toEqual([])
  })

  it('a reader that fails takes nothing else away', async () => {
    const scene = begin({ request: { whyLocal: 'offline' }, read: () => Promise.reject(new DescryError('internal')) })
    const description = await described(scene)
    expect(description.text).toBeNull()
    expect(description.caption).toContain('https://example.org')
    expect(codes(description)).toEqual(['offline', 'internal'])
  })

  it('a language whose data is missing is named with what to do', async () => {
    const scene = begin({
      request: { whyLocal: 'asked' },
      read: () => Promise.resolve({ text: '', words: [], unreadLanguage: 'ar' })
    })
    expect((await described(scene)).warnings).toEqual([
      {
        code: 'unsupported',
        message: 'This looks like Arabic, which cannot be read yet.',
        next: 'To read it, add its data with: descry languages add ar'
      }
    ])
  })
})

suite('what the picture seems to be', () => {
  const instructionsOf = (scene: Scene): string => scene.vision.requests[0]?.instructions ?? ''
  const product = () => Promise.resolve([{ format: 'EAN13', text: '4006381333931', area: noArea }])

  it('is told to the model unless the user chose', async () => {
    const captured = begin({ request: { origin: 'screen' } })
    const chosen = begin({ request: { origin: 'screen', preset: 'chart' } })
    await Promise.all([captured.done, chosen.done])
    expect(instructionsOf(captured)).toMatch(/probably this kind of picture[^]{1,100}- Screen:/u)
    expect(instructionsOf(chosen)).toMatch(/The user says[^]{1,100}- Chart:/u)
  })

  it('is a product where a bar code is found in a photo: it is read before the request', async () => {
    const scene = begin({ readCodes: product, isPhoto: true })
    await scene.done
    expect(instructionsOf(scene)).toMatch(/probably this kind of picture[^]{1,100}- Product:/u)
  })
})

suite('words read here beside the model', () => {
  const words: ReadText = {
    text: 'Exit',
    words: [{ text: 'Exit', confidence: 90, box: { x: 1, y: 1, width: 9, height: 9 } }]
  }

  it('are begun when the request is out, and given out when they are there', async () => {
    const gate = Promise.withResolvers<void>()
    const reading = Promise.withResolvers<ReadText>()
    let requestsBefore = -1
    const scene: Scene = begin({
      streams: [{ steps: [{ wait: gate.promise }, ...answerSteps('A door.')] }],
      request: { checksText: true },
      read: () => {
        requestsBefore = scene.vision.requests.length
        return reading.promise
      }
    })
    await scene.clock.advance(100)
    expect(requestsBefore).toBe(1)
    reading.resolve(words)
    await settle()
    expect(scene.events.at(-1)).toMatchObject({ type: 'facts', facts: { text: 'Exit', codes: [{ format: 'QRCode' }] } })
    gate.resolve()
    expect(await described(scene)).toMatchObject({ caption: 'A door.', text: 'Exit' })
  })

  it('are waited for at the end, but not for long', async () => {
    let aborted = false
    const scene = begin({
      streams: [{ steps: answerSteps('It costs 49.90.') }],
      request: { checksText: true },
      read: (signal) => {
        signal?.addEventListener('abort', () => (aborted = true))
        return never
      }
    })
    // The claim itself was held for its 400 ms first.
    await scene.clock.advance(3399)
    expect(captionOf(scene.events)).toBe('It costs 49.90.')
    expect(scene.events.at(-1)).toEqual({ type: 'answered' })
    expect(aborted).toBe(false)
    await scene.clock.advance(1)
    expect(await described(scene)).toMatchObject({ text: null, isTextUnchecked: true, warnings: [] })
    expect(aborted).toBe(true)
  })

  it('are not waited for where the caption claims nothing', async () => {
    const scene = begin({ request: { checksText: true }, read: () => never })
    await scene.clock.advance(0)
    expect(await described(scene)).toMatchObject({ caption: 'A cat sleeps.', isTextUnchecked: false })
  })

  it('are no reason to fail when they cannot be read', async () => {
    const scene = begin({ request: { checksText: true }, read: () => Promise.reject(new DescryError('internal')) })
    expect(await described(scene)).toMatchObject({ text: null, warnings: [] })
  })

  it('are read once, also when the provider cannot be reached', async () => {
    let readings = 0
    const scene = begin({
      streams: [fails('provider-down'), fails('provider-down')],
      request: { checksText: true },
      read: () => {
        readings += 1
        return Promise.resolve(words)
      }
    })
    await scene.clock.advance(1000)
    expect(await described(scene)).toMatchObject({ offline: true, text: 'Exit' })
    expect(readings).toBe(1)
  })

  it('go into a preset that wants them, if they come in time', async () => {
    const preset = { name: 'mine', prompt: 'Sum up {text}' }
    const inTime = begin({ request: { preset }, read: () => Promise.resolve(words) })
    const late = begin({ request: { preset }, read: () => never })
    await late.clock.advance(3000)
    await Promise.all([inTime.done, late.done])
    expect(inTime.vision.requests[0]?.prompt).toContain('Sum up "Exit"')
    expect(late.vision.requests[0]?.prompt).toContain('Sum up (not known)')
  })

  it('are not read where they are known, as on a page of a PDF', async () => {
    const preset = { name: 'mine', prompt: 'Sum up {text}' }
    const request = { preset, knownText: ' Page one \n' }
    const scene = begin({ request, read: () => Promise.reject(new Error('must not be asked')) })
    const here = begin({
      request: { ...request, whyLocal: 'offline' },
      read: () => Promise.reject(new Error('nor here'))
    })
    expect(await described(scene)).toMatchObject({ text: 'Page one', warnings: [] })
    expect(scene.vision.requests[0]?.prompt).toContain('Sum up "Page one"')
    expect(await described(here)).toMatchObject({ text: 'Page one', caption: expect.stringContaining('Page one') })
  })
})

suite('a long answer and what follows', () => {
  it('has steps, with their places in the caption', async () => {
    const text = 'A login page.\nText: Welcome.\nControls: OK, button.\nTags: login'
    const description = await described(
      begin({ streams: [{ steps: answerSteps(text) }], request: { detail: 'detailed' } })
    )
    expect(description.caption).toBe('A login page.\n\nWelcome.\n\nOK, button.')
    expect(description.steps).toEqual([
      { step: 'summary', start: 0, end: 13 },
      { step: 'text', start: 15, end: 23 },
      { step: 'controls', start: 25, end: 36 }
    ])
  })

  it('takes earlier answers along', async () => {
    const earlier = [{ question: null, answer: 'A cat sleeps.' }]
    const scene = begin({ request: { earlier, question: 'Where?' } })
    await scene.done
    expect(scene.vision.requests[0]?.turns).toEqual([{ prompt: 'Describe this picture.', answer: 'A cat sleeps.' }])
  })

  it('sends a part with as many pixels as the model looks at, however brief the answer', async () => {
    const part = { name: 'top left', whole: createPicture(), area: noArea }
    const scene = begin({ request: { part, detail: 'brief' } })
    await scene.done
    expect(scene.picture.limits).toEqual([{ maxWidthPx: 1365, maxHeightPx: 768 }])
  })
})

suite('a bad answer', () => {
  it('that refuses in words is a refusal, and not a caption', async () => {
    const scene = begin({ streams: [{ steps: answerSteps("I'm sorry, but I can't assist with that.") }] })
    expect((await scene.done).error).toMatchObject({ code: 'refused' })
    expect(captionOf(scene.events)).toBe('')
  })

  it('that repeats itself is cut, and the stream ended', async () => {
    const scene = begin({
      streams: [{ steps: Array.from({ length: 500 }, () => ({ text: 'A grey cat sleeps here. ' })) }]
    })
    const description = await described(scene)
    expect(description).toMatchObject({
      caption: 'A grey cat sleeps here.',
      warnings: [{ code: 'cut-off', message: expect.stringContaining('repeat') }]
    })
    expect(captionOf(scene.events)).toBe(description.caption)
  })
})

suite('a stop', () => {
  it.each<[string, SceneOptions]>([
    ['before the first word', { streams: [{ steps: [{ wait: never }] }] }],
    ['in mid-stream', { streams: [{ steps: [{ text: 'A cat' }, { wait: never }] }] }],
    ['while it waits to try again', { streams: [fails('rate-limited', 20_000)] }],
    ['while words are read here', { request: { whyLocal: 'offline' }, read: () => never }]
  ])('%s is an AbortError at once', async (_, options) => {
    const scene = begin(options)
    await settle()
    await settle()
    scene.stop.abort()
    expect((await scene.done).error).toMatchObject({ name: 'AbortError' })
    expect(scene.clock.pending).toBe(0)
    const heard = scene.events.length
    await scene.clock.advance(60_000)
    expect(scene.events).toHaveLength(heard)
  })

  it('before the beginning sends nothing', async () => {
    const scene = begin()
    scene.stop.abort()
    expect((await scene.done).error).toMatchObject({ name: 'AbortError' })
    expect(scene.vision.requests).toEqual([])
  })
})
