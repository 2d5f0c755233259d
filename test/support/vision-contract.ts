import { describe, expect, it } from 'vitest'
import type { VisionEvent, VisionModel, VisionRequest } from '#core/ports.ts'
import { DescryError, isAbort } from '#shared/errors.ts'

/** Situations that both the fake and the real adapter can be put in. */
export interface VisionSituations {
  answers(words: string[]): Promise<VisionModel>
  fails(code: 'bad-key' | 'rate-limited'): Promise<VisionModel>
  breaksOff(words: string[]): Promise<VisionModel>
  stallsAfter(words: string[]): Promise<VisionModel>
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

/** What every VisionModel keeps. */
export function visionContract(name: string, situations: VisionSituations): void {
  describe(`VisionModel contract: ${name}`, () => {
    it('starts, gives the words as they come, and finishes once', async () => {
      const model = await situations.answers(['A cat', ' sleeps.'])
      const { events, error } = await collect(model.stream(visionRequest, new AbortController().signal))
      expect(error).toBeNull()
      expect(events[0]).toEqual({ type: 'started' })
      expect(texts(events)).toEqual(['A cat', ' sleeps.'])
      expect(events.at(-1)).toMatchObject({ type: 'finished', reason: 'stop', model: 'gpt-4o-mini' })
      expect(events.filter((event) => event.type === 'finished')).toHaveLength(1)
    })

    it.each(['bad-key', 'rate-limited'] as const)('fails with a DescryError: %s', async (code) => {
      const model = await situations.fails(code)
      const { error } = await collect(model.stream(visionRequest, new AbortController().signal))
      expect(error).toBeInstanceOf(DescryError)
      expect((error as DescryError).code).toBe(code)
    })

    it('gives what came before the stream broke off, then cut-off', async () => {
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

    it('throws an AbortError, and sends nothing, when it was stopped before', async () => {
      const model = await situations.answers(['A cat'])
      const { events, error } = await collect(model.stream(visionRequest, AbortSignal.abort()))
      expect(events).toEqual([])
      expect(isAbort(error)).toBe(true)
    })
  })
}
