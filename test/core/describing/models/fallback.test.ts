import { describe, expect, it } from 'vitest'
import { askInTurn, type Choice, type Fallback } from '#core/describing/models/fallback.ts'
import { DescryError, errorCodes, type ErrorCode, type Failure } from '#shared/errors.ts'
import { createFakeVisionModel } from '#test/fake-vision-model.ts'

const openai: Choice = {
  vision: createFakeVisionModel({ provider: 'api.openai.com' }),
  model: 'gpt-4o-mini',
  baseUrl: 'https://api.openai.com/v1'
}
const ollamaUrl = 'http://127.0.0.1:11434/v1'
const far = 'https://openrouter.ai/api/v1'

function setUp({ baseUrl = ollamaUrl, model = 'gemma3', maySend = (): boolean => true } = {}) {
  let connected = 0
  const warnings: Failure[] = []
  const asked: string[] = []
  const fallback: Fallback = {
    baseUrl,
    model,
    maySend,
    connect: async () => {
      connected += 1
      return createFakeVisionModel({ provider: new URL(baseUrl).host })
    }
  }
  /** `failures`: what each in turn fails with; null is an answer. */
  const run = (failures: (Error | null)[], other: Fallback | null = fallback) =>
    askInTurn(
      openai,
      other,
      async ({ baseUrl, model }) => {
        asked.push(`${baseUrl} ${model}`)
        const failure = failures.shift()
        if (failure) throw failure
        return 'answer'
      },
      (warning) => warnings.push(warning)
    )
  return { run, warnings, asked, connections: () => connected }
}

const down = new DescryError('provider-down')

describe('the fallback', () => {
  it('is left alone, its key too, while the first answers', async () => {
    const { run, warnings, connections } = setUp()
    expect(await run([null])).toEqual({ choice: openai, result: 'answer' })
    expect([connections(), warnings]).toEqual([0, []])
  })

  it('is asked, by its own model, when the first is down, and that is said', async () => {
    const { run, warnings, asked } = setUp()
    const { choice, result } = await run([down, null])
    expect(result).toBe('answer')
    expect(choice).toMatchObject({ baseUrl: ollamaUrl, model: 'gemma3', vision: { provider: '127.0.0.1:11434' } })
    expect(asked).toEqual(['https://api.openai.com/v1 gpt-4o-mini', `${ollamaUrl} gemma3`])
    expect(warnings).toEqual([
      { code: 'provider-down', message: 'OpenAI cannot be reached. Using Ollama instead.', next: '' }
    ])
  })

  it.each(errorCodes)('%s', async (code) => {
    const goesOn: Record<string, string[]> = { far: [], local: [] }
    for (const [place, baseUrl] of [
      ['far', far],
      ['local', ollamaUrl]
    ] as const) {
      const { run } = setUp({ baseUrl })
      const outcome = await run([new DescryError(code), null]).catch((error: unknown) => error)
      if (!(outcome instanceof DescryError)) goesOn[place]?.push(code)
      else expect(outcome.code).toBe(code)
    }
    const isPassing = ['provider-down', 'timed-out', 'rate-limited', 'cut-off'].includes(code)
    expect(goesOn).toEqual({
      far: isPassing ? [code] : [],
      local: isPassing || code === 'no-credit' ? [code] : []
    })
  })

  it('is asked with the reason that the first gives, which is not that it cannot be reached', async () => {
    const { run, warnings } = setUp()
    await run([new DescryError('provider-down', { message: 'The model is still loading.' }), null])
    expect(warnings.map(({ message }) => message)).toEqual(['The model is still loading. Using Ollama instead.'])
  })

  it('is not asked when the user stops', async () => {
    const { run, asked } = setUp()
    await expect(run([new DOMException('Stopped.', 'AbortError')])).rejects.toMatchObject({ name: 'AbortError' })
    expect(asked).toHaveLength(1)
  })

  it('is not asked without consent, nor when that ends while its key is looked up', async () => {
    const without = setUp({ maySend: () => false })
    await expect(without.run([down])).rejects.toBe(down)
    expect(without.connections()).toBe(0)

    const answers = [true, false]
    const ended = setUp({ maySend: () => answers.shift() ?? false })
    await expect(ended.run([down])).rejects.toBe(down)
    expect([ended.asked.length, ended.warnings]).toEqual([1, []])
  })

  it('is not the same model again', async () => {
    const { run, asked } = setUp({ baseUrl: openai.baseUrl, model: openai.model })
    await expect(run([down])).rejects.toBe(down)
    expect(asked).toHaveLength(1)
  })

  it('that fails too leaves the first failure, and says its own', async () => {
    const { run, warnings } = setUp()
    await expect(run([down, new DescryError('model-gone')])).rejects.toBe(down)
    expect(warnings.map(({ code, message }) => [code, message] as [ErrorCode, string])).toEqual([
      ['provider-down', 'OpenAI cannot be reached. Using Ollama instead.'],
      ['model-gone', 'Ollama failed too. This model is no longer available.']
    ])
  })

  it('can be none', async () => {
    await expect(setUp().run([down], null)).rejects.toBe(down)
  })
})
