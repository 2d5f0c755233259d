import { describe, expect, it } from 'vitest'
import type { RateLimits, VisionEvent, VisionModel, VisionRequest } from '#core/ports/vision.ts'
import { DescryError, isAbort } from '#shared/errors.ts'

/** Situations that both the fake and the real adapter can be put in. */
export interface VisionSituations {
  answers(words: string[], limits?: RateLimits): Promise<VisionModel>
  fails(code: 'bad-key' | 'rate-limited'): Promise<VisionModel>
  breaksOff(words: string[]): Promise<VisionModel>
  stallsAfter(words: string[]): Promise<VisionModel>
  /** What the last request contained, as the server saw it. Omitted for wrappers of a model that passes the contract. */
  lastRequest?: () => SeenRequest
}

/** The messages of a request, oldest first, and which of the user's came with the picture. */
export interface SeenRequest {
  instructions: string
  conversation: string[]
  pictureBeside: number[]
}

const limits: RateLimits = {
  limitRequests: 500,
  limitTokens: 200_000,
  remainingRequests: 499,
  remainingTokens: 163_165,
  resetRequestsMs: 120,
  resetTokensMs: 360_000
}

export const visionRequest: VisionRequest = {
  model: 'gpt-4o-mini',
  parameters: { max_tokens: 100, stream_options: { include_usage: true } },
  instructions: 'Describe.',
  turns: [],
  prompt: 'What is here?',
  picture: { bytes: new Uint8Array([255, 216, 255, 1, 2, 3]), mime: 'image/jpeg', width: 2, height: 1 },
  imageDetail: 'high'
}

export async function collect(stream: AsyncIterable<VisionEvent>): Promise<{ events: VisionEvent[]; error: unknown }> {
  const events: VisionEvent[] = []
  try {
    for await (const event of stream) events.push(event)
    return { events, error: null }
  } catch (error) {
    return { events, error }
  }
}

function texts(events: VisionEvent[]): string[] {
  return events.filter((event) => event.type === 'text').map((event) => event.text)
}

/** What every VisionModel must do. */
export function visionContract(name: string, situations: VisionSituations): void {
  describe(`VisionModel contract: ${name}`, () => {
    it('starts, yields the words as they arrive, and finishes once', async () => {
      const model = await situations.answers(['A cat', ' sleeps.'])
      const { events, error } = await collect(model.stream(visionRequest, new AbortController().signal))
      expect(error).toBeNull()
      expect(events[0]).toEqual({ type: 'started', limits: null })
      expect(texts(events)).toEqual(['A cat', ' sleeps.'])
      expect(events.at(-1)).toMatchObject({ type: 'finished', reason: 'stop', model: 'gpt-4o-mini' })
      expect(events.filter((event) => event.type === 'finished')).toHaveLength(1)
    })

    const { lastRequest } = situations
    if (lastRequest) aboutServer(situations, lastRequest)

    it.each(['bad-key', 'rate-limited'] as const)('fails with a DescryError: %s', async (code) => {
      const model = await situations.fails(code)
      const { error } = await collect(model.stream(visionRequest, new AbortController().signal))
      expect(error).toBeInstanceOf(DescryError)
      expect((error as DescryError).code).toBe(code)
    })

    it('yields what arrived before the stream broke off, then cut-off', async () => {
      const model = await situations.breaksOff(['A cat'])
      const { events, error } = await collect(model.stream(visionRequest, new AbortController().signal))
      expect(texts(events)).toEqual(['A cat'])
      expect(error).toMatchObject({ name: 'DescryError', code: 'cut-off' })
    })

    it('throws an AbortError when it is stopped in mid-stream', async () => {
      const model = await situations.stallsAfter(['A cat'])
      const controller = new AbortController()
      let error: unknown = null
      try {
        for await (const event of model.stream(visionRequest, controller.signal)) {
          if (event.type === 'text') controller.abort()
        }
      } catch (thrown) {
        error = thrown
      }
      expect(isAbort(error)).toBe(true)
    })

    it('throws an AbortError and sends nothing when it was stopped before', async () => {
      const model = await situations.answers(['A cat'])
      const { events, error } = await collect(model.stream(visionRequest, AbortSignal.abort()))
      expect(events).toEqual([])
      expect(isAbort(error)).toBe(true)
    })
  })
}

function aboutServer(situations: VisionSituations, lastRequest: () => SeenRequest): void {
  it('reports the remaining rate limit as soon as the server does', async () => {
    const model = await situations.answers(['A cat'], limits)
    const { events } = await collect(model.stream(visionRequest, new AbortController().signal))
    expect(events[0]).toEqual({ type: 'started', limits })
  })

  it('sends the earlier conversation, with the picture next to the first question', async () => {
    const model = await situations.answers(['It is red.'])
    const turns = [
      { prompt: 'Describe this picture.', answer: 'A cat sleeps.' },
      { prompt: 'Where?', answer: 'On a sofa.' }
    ]
    await collect(model.stream({ ...visionRequest, turns, prompt: 'Its color?' }, new AbortController().signal))
    expect(lastRequest()).toEqual({
      instructions: 'Describe.',
      conversation: ['Describe this picture.', 'A cat sleeps.', 'Where?', 'On a sofa.', 'Its color?'],
      pictureBeside: [0]
    })
  })
}
