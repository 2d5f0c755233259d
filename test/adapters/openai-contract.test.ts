// @module-tag openai-schema
import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createOpenAiModel } from '#adapters/providers/openai.ts'
import { findModel, knownModels, requestParameters } from '#core/describing/models/models.ts'
import { buildPrompt } from '#core/describing/prompts/prompts.ts'
import { details } from '#shared/caption.ts'
import { openAiSchemaFile } from '../../scripts/test-needs.ts'
import { startModelServer, type ModelServer } from '#test/model-server.ts'
import { collect, visionRequest } from '#test/vision-contract.ts'

describe("request bodies against OpenAI's schema", () => {
  let server: ModelServer
  let validate: ReturnType<Ajv2020['compile']>

  beforeAll(async () => {
    server = await startModelServer()
    const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false })
    validate = ajv.compile(JSON.parse(readFileSync(openAiSchemaFile, 'utf8')) as object)
  })
  afterAll(() => server.close())

  async function sentBody(modelId: string, detail: (typeof details)[number]): Promise<unknown> {
    const model = findModel(modelId)
    const vision = createOpenAiModel({ baseUrl: server.baseUrl, apiKey: 'sk-test' })
    const request = {
      ...visionRequest,
      ...buildPrompt({
        detail,
        preset: null,
        probablePreset: 'screen',
        question: 'What is it?',
        earlier: [
          { question: null, answer: 'A login page.' },
          { question: 'Whose?', answer: 'It does not tell.' }
        ],
        part: null,
        language: 'de',
        windowTitle: 'Title',
        applicationName: 'App',
        text: 'Sign in',
        isPartlyHidden: false
      }),
      model: modelId,
      parameters: requestParameters(model, detail),
      imageDetail: model.imageDetail
    }
    const { error } = await collect(vision.stream(request, new AbortController().signal))
    expect(error).toBeNull()
    return server.requests.at(-1)?.body
  }

  it.each([...knownModels().map((model) => model.id), 'llava:13b'])('%s', async (id) => {
    for (const detail of details) {
      expect(validate(await sentBody(id, detail)), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true)
    }
  })

  it('is a schema that can fail', async () => {
    const body = (await sentBody('gpt-4o-mini', 'brief')) as Record<string, unknown>
    expect(validate({ ...body, max_tokens: 'many' })).toBe(false)
    expect(validate({ ...body, messages: [{ role: 'user', content: [{ type: 'image_url' }] }] })).toBe(false)
    expect(validate({ ...body, reasoning_effort: 'no' })).toBe(false)
    const [system, user, assistant] = body['messages'] as object[]
    expect(validate({ ...body, messages: [system, user, { ...assistant, role: 'model' }] })).toBe(false)
  })
})
