import { expect, it } from 'vitest'
import { createForgivingModel, notingSent, type RefusedParameters } from '#core/describing/models/model-wrappers.ts'
import type { SentLog } from '#core/ports/storage.ts'
import { DescryError } from '#shared/errors.ts'
import { answerSteps, createFakeVisionModel } from '#test/fake-vision-model.ts'
import { collect, visionRequest } from '#test/vision-contract.ts'

const refusing = (refusedParameter: string) => ({
  steps: [{ fail: new DescryError('bad-answer', { refusedParameter }) }]
})
const answering = { steps: answerSteps('A cat.') }
const request = { ...visionRequest, parameters: { max_tokens: 10, temperature: 0.2 } }
const signal = new AbortController().signal

it('asks once more with the other name for the limit, and remembers', async () => {
  const vision = createFakeVisionModel()
  const refused: RefusedParameters = new Map()
  vision.script(refusing('max_tokens'), answering, answering)
  const { events, error } = await collect(createForgivingModel(vision, refused).stream(request, signal))
  expect(error).toBeNull()
  expect(events.filter(({ type }) => type === 'started')).toHaveLength(2)
  await collect(createForgivingModel(vision, refused).stream(request, signal))
  expect(vision.requests.map(({ parameters }) => parameters)).toEqual([
    request.parameters,
    { max_completion_tokens: 10, temperature: 0.2 },
    { max_completion_tokens: 10, temperature: 0.2 }
  ])
})

it('leaves out what has no other name, for this model alone', async () => {
  const vision = createFakeVisionModel()
  const refused: RefusedParameters = new Map()
  vision.script(refusing('temperature'), answering, answering)
  await collect(createForgivingModel(vision, refused).stream(request, signal))
  await collect(createForgivingModel(vision, refused).stream({ ...request, model: 'another' }, signal))
  expect(vision.requests.map(({ parameters }) => 'temperature' in parameters)).toEqual([true, false, true])
})

it.each(['seed', 'max_tokens'])('gives up on a complaint that cannot be met or comes again: %s', async (name) => {
  const vision = createFakeVisionModel()
  vision.script(refusing(name), refusing(name))
  const { error } = await collect(createForgivingModel(vision, new Map()).stream(request, signal))
  expect(error).toMatchObject({ code: 'bad-answer', refusedParameter: name })
  expect(vision.requests.length).toBeLessThanOrEqual(2)
})

it('hands on everything else as it is: the request, what comes, and how it ends', async () => {
  const vision = createFakeVisionModel({ provider: 'here', isLocal: true })
  const failure = new DescryError('cut-off')
  vision.script({ steps: [{ text: 'A ' }, { text: 'cat' }, { fail: failure }] })
  const forgiving = createForgivingModel(vision, new Map())
  const { events, error } = await collect(forgiving.stream(request, signal))
  expect(events.map(({ type }) => type)).toEqual(['started', 'text', 'text'])
  expect(error).toBe(failure)
  expect(vision.requests).toEqual([request])
  expect(forgiving).toMatchObject({ provider: 'here', isLocal: true })
})

it('sends nothing when it was stopped before', async () => {
  const vision = createFakeVisionModel()
  const { error } = await collect(createForgivingModel(vision, new Map()).stream(request, AbortSignal.abort()))
  expect(error).toMatchObject({ name: 'AbortError' })
  expect(vision.requests).toEqual([])
})

it('notes each picture that a server got, and what its answer cost', async () => {
  const noted: [sent: object, costUsd: number | null][] = []
  const log: SentLog = {
    note(sent) {
      const entry: (typeof noted)[number] = [sent, null]
      noted.push(entry)
      return (costUsd) => void (entry[1] = costUsd)
    },
    newest: () => [],
    clear: () => undefined
  }
  const vision = createFakeVisionModel({ provider: 'api.test' })
  const usage = { inputTokens: 1000, outputTokens: 100 }
  vision.script(
    { steps: answerSteps('A cat.', usage) },
    { start: false, steps: [{ fail: new DescryError('provider-down') }] }
  )
  const noting = notingSent(vision, 'https://api.test/v1', log)
  const hidden = [{ kind: 'iban', count: 1 } as const]
  await collect(noting.stream({ ...visionRequest, model: 'gpt-4o-mini', hidden }, signal))
  await collect(noting.stream(visionRequest, signal))
  const { width: widthPx, height: heightPx, bytes } = visionRequest.picture
  expect(noted).toEqual([
    [{ provider: 'api.test', model: 'gpt-4o-mini', widthPx, heightPx, bytes: bytes.byteLength, hidden }, 0.00021]
  ])
})
