import { describe, expect, it } from 'vitest'
import { costUsd, findModel, knownModels, pixelLimit, requestParameters } from '#core/describing/models/models.ts'
import { details } from '#shared/caption.ts'
import { defaultSettings } from '#shared/settings.ts'

describe('the table of models', () => {
  it('knows the default model, its end and its successor', () => {
    expect(findModel(defaultSettings.model)).toMatchObject({ shutdownDate: '2027-01-14', successor: 'gpt-6-luna' })
  })

  it('has each model once, and successors that are in the table and stay', () => {
    const ids = knownModels().map((model) => model.id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const { successor } of knownModels()) {
      if (successor === null) continue
      expect(ids).toContain(successor)
      expect(findModel(successor).shutdownDate).toBeNull()
    }
  })

  it('finds a model by its dated name and by a router’s name', () => {
    expect(findModel('gpt-4o-mini-2024-07-18').id).toBe('gpt-4o-mini')
    expect(findModel('openai/gpt-4o-mini').id).toBe('gpt-4o-mini')
  })

  it('never sends more for a brief answer than for a long one', () => {
    for (const model of [...knownModels(), findModel('llava')]) {
      expect(pixelLimit(model, 'brief').maxWidthPx).toBeLessThan(pixelLimit(model, 'standard').maxWidthPx)
    }
  })

  it('asks an unknown server for nothing but max_tokens and usage', () => {
    for (const detail of details) {
      expect(Object.keys(requestParameters(findModel('llava'), detail)).toSorted()).toEqual([
        'max_tokens',
        'stream_options'
      ])
    }
  })

  it('keeps reasoning models from thinking first, and sends them no temperature', () => {
    const parameters = requestParameters(findModel('gpt-6-luna'), 'standard')
    expect(parameters).toMatchObject({ reasoning_effort: 'none' })
    expect(parameters).not.toHaveProperty('temperature')
    expect(parameters).not.toHaveProperty('max_tokens')
  })
})

describe('the cost', () => {
  it('of a screen with gpt-4o-mini is about half a cent', () => {
    expect(costUsd('gpt-4o-mini', { inputTokens: 36_835, outputTokens: 0 })).toBeCloseTo(0.0055, 4)
    expect(costUsd('gpt-4o-mini-2024-07-18', { inputTokens: 1_000_000, outputTokens: 1_000_000 })).toBeCloseTo(0.75, 9)
  })

  it('is unknown without a price or without usage', () => {
    expect(costUsd('llava', { inputTokens: 1, outputTokens: 1 })).toBeNull()
    expect(costUsd('gpt-4o-mini', null)).toBeNull()
  })
})
