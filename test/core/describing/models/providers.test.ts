import { describe, expect, it } from 'vitest'
import { findModel, imageDetail, requestParameters } from '#core/describing/models/models.ts'
import {
  providerHelp,
  providerIds,
  providerName,
  providerOf,
  providers,
  type Provider
} from '#core/describing/models/providers.ts'
import { isOnThisComputer } from '#shared/addresses.ts'
import { defaultSettings, settingsSchema } from '#shared/settings.ts'

const azure = 'https://my-pictures.openai.azure.com/openai/v1'

function provider(id: Provider['id']): Provider {
  const found = providers.find((one) => one.id === id)
  if (!found) throw new Error(id)
  return found
}

describe('the table of providers', () => {
  it('has each once, with what a person must know, in whole sentences or commands', () => {
    expect(providers.map(({ id }) => id)).toEqual([...providerIds])
    for (const { id, name } of providers) {
      const { howToStart, privacy } = providerHelp(id)
      expect(name).not.toBe('')
      expect(howToStart.length).toBeGreaterThan(20)
      expect(privacy).toMatch(/^Pictures .*\.$/u)
    }
  })

  it('has addresses that can be chosen as they are, but for Azure’s, which lacks the resource', () => {
    for (const { id, baseUrl } of providers) {
      if (id === 'custom') continue
      expect(settingsSchema.shape.baseUrl.safeParse(baseUrl).success).toBe(true)
      expect(baseUrl.includes('RESOURCE')).toBe(id === 'azure')
    }
  })

  it('needs a key and https for what is far, and neither here', () => {
    for (const { id, baseUrl, isLocal, needsKey } of providers) {
      if (id === 'custom') continue
      expect(isOnThisComputer(baseUrl)).toBe(isLocal)
      expect(needsKey).toBe(!isLocal)
      expect(baseUrl.startsWith('https:')).toBe(!isLocal)
    }
  })

  it('recommends no model that is on its way out without a successor', () => {
    for (const { models, defaultModel } of providers) {
      for (const id of [...models, ...(defaultModel === null ? [] : [defaultModel])]) {
        const { shutdownDate, successor } = findModel(id)
        expect(shutdownDate === null || successor !== null, id).toBe(true)
      }
    }
  })
})

describe('the provider of an address', () => {
  it.each([
    [defaultSettings.baseUrl, 'openai'],
    ['https://api.openai.com/v1/', 'openai'],
    ['https://api.openai.com.evil.example/v1', 'custom'],
    [azure, 'azure'],
    ['https://x.services.ai.azure.com/openai/v1', 'azure'],
    ['https://generativelanguage.googleapis.com/v1beta/openai', 'gemini'],
    ['https://api.anthropic.com/v1', 'anthropic'],
    ['https://openrouter.ai/api/v1', 'openrouter'],
    ['http://localhost:11434/v1', 'ollama'],
    ['http://[::1]:1234/v1', 'lm-studio'],
    ['http://127.0.0.1:8080/v1', 'llama-cpp'],
    ['http://127.0.0.1:9999/v1', 'custom'],
    ['http://192.168.1.2:11434/v1', 'custom'],
    ['https://resource.example/v1', 'custom'],
    ['not an address', 'custom']
  ])('%s is %s', (baseUrl, id) => {
    expect(providerOf(baseUrl).id).toBe(id)
  })

  it('is called by its name, or by its host where it has none', () => {
    expect(providerName(azure)).toBe('Azure OpenAI')
    expect(providerName('https://llm.example:8000/v1')).toBe('llm.example:8000')
  })
})

describe('the parameters of a request', () => {
  it('are those of the model, wherever it runs', () => {
    for (const id of ['openai', 'azure', 'custom'] as const) {
      expect(requestParameters(findModel('gpt-4o-mini'), 'brief', provider(id))).toMatchObject({
        temperature: 0.2,
        max_tokens: 300
      })
    }
    expect(requestParameters(findModel('openai/gpt-6-luna'), 'brief', provider('openrouter'))).toMatchObject({
      reasoning_effort: 'none',
      max_completion_tokens: 300
    })
  })

  it('for a model nobody knows are what its provider takes', () => {
    const names = (id: Provider['id']): string[] =>
      Object.keys(requestParameters(findModel('gpt-9'), 'brief', provider(id))).toSorted()
    expect(names('openai')).toEqual(['max_completion_tokens', 'stream_options'])
    expect(names('azure')).toEqual(['max_completion_tokens', 'stream_options'])
    expect(names('custom')).toEqual(['max_tokens', 'stream_options'])
    expect(names('lm-studio')).toEqual(['max_tokens', 'stream_options'])
  })

  it('keep local models from thinking first where the server can', () => {
    expect(requestParameters(findModel('qwen3-vl:8b'), 'brief', provider('ollama'))).toMatchObject({
      reasoning_effort: 'none'
    })
  })

  it('never give Claude a temperature, nor other providers OpenAI’s image detail', () => {
    expect(requestParameters(findModel('claude-opus-5'), 'brief', provider('anthropic'))).not.toHaveProperty(
      'temperature'
    )
    expect(imageDetail(findModel('gpt-4o-mini'), provider('openai'))).toBe('high')
    expect(imageDetail(findModel('gpt-4o-mini'), provider('gemini'))).toBe('auto')
  })
})

describe('the names of models', () => {
  it.each([
    ['anthropic/claude-haiku-4.5', 'claude-haiku-4-5'],
    ['claude-haiku-4-5-20251001', 'claude-haiku-4-5'],
    ['models/gemini-3.5-flash-lite', 'gemini-3.5-flash-lite']
  ])('%s is %s', (id, name) => {
    expect(findModel(id).id).toBe(name)
  })

  it('of a router name the successor as the router does', () => {
    expect(findModel('openai/gpt-4o-mini').successor).toBe('openai/gpt-6-luna')
  })

  it.each(['qwen2.5vl:7b', 'qwen/qwen2.5-vl-7b', 'gemma3:4b', 'llama3.2-vision', 'minicpm-v', 'llava:13b'])(
    '%s gets fewer pixels than a model that nobody knows',
    (id) => {
      const { limit } = findModel(id)
      expect(limit.maxWidthPx).toBeLessThan(findModel('unheard-of').limit.maxWidthPx)
      expect(findModel(id)).toMatchObject({ id, price: null, parameters: {} })
    }
  )
})
