import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createMeteredDescriber } from '#app/metered-describer.ts'
import { createParts, type Parts } from '#app/parts.ts'
import { plainOptions } from '#app/picture-describer.ts'
import { DescryError } from '#shared/errors.ts'
import { defaultSettings } from '#shared/settings.ts'
import { createFakeVisionModel } from '#test/fake-vision-model.ts'
import { photoPicture } from '#test/pictures.ts'

let home: string
let parts: Parts

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'descry-metered-'))
  // Real OCR takes a second, and the words do not matter here.
  const reader = { read: () => Promise.resolve({ text: '', words: [] }), close: () => Promise.resolve() }
  parts = { ...createParts({ DESCRY_HOME: home }), reader }
})
afterEach(() => rm(home, { recursive: true }))

it.each([
  [5, true],
  [0.00001, false]
])("asks a fallback that costs money within the month's limit of %d dollars only", async (monthlyLimitUsd, isAsked) => {
  const free = createFakeVisionModel({ isLocal: true })
  const down = { start: false, steps: [{ fail: new DescryError('provider-down', { retryAfterMs: 0 }) }] }
  free.script(down, down)
  const paid = createFakeVisionModel()
  const describer = createMeteredDescriber({ ...parts, connectVision: () => free }, () => ({
    ...defaultSettings,
    monthlyLimitUsd,
    whenLimitReached: 'stop'
  }))
  const options = {
    ...plainOptions,
    checksText: false,
    detail: 'brief',
    language: 'en',
    model: 'llava',
    baseUrl: 'http://127.0.0.1:11434/v1',
    apiKey: null,
    fallback: {
      baseUrl: 'https://api.openai.com/v1',
      model: 'gpt-4o-mini',
      maySend: () => true,
      connect: () => Promise.resolve(paid)
    },
    firstTokenTimeoutMs: null,
    receivedAtMs: parts.clock.nowMs()
  } as const
  const request = { bytes: await photoPicture(64, 48), source: 'a.jpg', options: { ...options, earlier: [] } }
  const description = await describer.describe(request, () => undefined, new AbortController().signal)
  expect(paid.requests).toHaveLength(isAsked ? 1 : 0)
  expect(description.offline).toBe(!isAsked)
})
