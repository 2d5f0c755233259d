import type { PixelLimit } from '#core/ports/pictures.ts'
import type { Detail, Usage } from '#shared/caption.ts'
import { providerOf, type Provider } from './providers.ts'

/** US dollars per million tokens. */
export interface Price {
  inputUsd: number
  outputUsd: number
}

/** What Descry needs to know about a vision model. Sources and dates: docs/contributing/providers.md. */
export interface Model {
  id: string
  /** More pixels than this don't help: the provider scales the picture down, or they only cost more. */
  limit: PixelLimit
  /** The limit when one sentence is enough. */
  briefLimit: PixelLimit
  imageDetail: 'high' | 'auto'
  /** Its parameter for the limit on output tokens, at any provider; null uses the provider's. */
  outputLimitName: 'max_tokens' | 'max_completion_tokens' | null
  /** Sent with every request. Reasoning is off where possible, so that speech doesn't have to wait for it. */
  parameters: Readonly<Record<string, unknown>>
  /** Tokens a model spends on thinking before it writes, on top of the answer. */
  reasoningTokens: number
  /** Null if the price is unknown. */
  price: Price | null
  /** The date its maker shuts it down, YYYY-MM-DD; null if none is announced. */
  shutdownDate: string | null
  /** The model to use once it is gone. */
  successor: string | null
}

// High-detail images are fitted into 2048 px and a short side of 768 px, then billed by 512-px tiles.
const tiles = {
  limit: { maxWidthPx: 1365, maxHeightPx: 768 },
  briefLimit: { maxWidthPx: 910, maxHeightPx: 512 },
  imageDetail: 'high',
  outputLimitName: 'max_tokens',
  // A low temperature leaves little room for invention. Reasoning models refuse the parameter.
  parameters: { temperature: 0.2 },
  reasoningTokens: 0
} as const satisfies Partial<Model>

// Billed by 32-px patches.
const patches = {
  limit: { maxWidthPx: 2048, maxHeightPx: 1152 },
  briefLimit: { maxWidthPx: 1365, maxHeightPx: 768 },
  imageDetail: 'high',
  outputLimitName: 'max_completion_tokens',
  parameters: { reasoning_effort: 'none' },
  reasoningTokens: 0
} as const satisfies Partial<Model>

// As much as Claude uses; the usual local models use less.
const modest = {
  limit: { maxWidthPx: 1568, maxHeightPx: 882 },
  briefLimit: { maxWidthPx: 1024, maxHeightPx: 576 },
  imageDetail: 'auto',
  outputLimitName: null,
  // Only parameters that every server understands.
  parameters: {},
  // Some of them reason, and not all let a request turn that off.
  reasoningTokens: 1000,
  price: null,
  shutdownDate: null,
  successor: null
} as const satisfies Partial<Model>

// The first GPT-5 models always reason; "minimal" is the lowest setting they accept.
const thinking = { parameters: { reasoning_effort: 'minimal' }, reasoningTokens: 1000 } as const

const models: readonly Model[] = [
  {
    ...tiles,
    id: 'gpt-4o-mini',
    price: { inputUsd: 0.15, outputUsd: 0.6 },
    shutdownDate: '2027-01-14',
    successor: 'gpt-6-luna'
  },
  {
    ...tiles,
    id: 'gpt-4o',
    price: { inputUsd: 2.5, outputUsd: 10 },
    shutdownDate: '2027-01-14',
    successor: 'gpt-6-luna'
  },
  {
    ...tiles,
    id: 'gpt-4.1',
    price: { inputUsd: 2, outputUsd: 8 },
    shutdownDate: '2027-01-14',
    successor: 'gpt-6-luna'
  },
  {
    ...patches,
    id: 'gpt-4.1-mini',
    outputLimitName: 'max_tokens',
    parameters: { temperature: 0.2 },
    price: { inputUsd: 0.4, outputUsd: 1.6 },
    shutdownDate: '2027-01-14',
    successor: 'gpt-6-luna'
  },
  {
    ...tiles,
    ...thinking,
    id: 'gpt-5',
    outputLimitName: 'max_completion_tokens',
    price: null,
    shutdownDate: '2026-12-11',
    successor: 'gpt-6.1-sol'
  },
  {
    ...patches,
    ...thinking,
    id: 'gpt-5-mini',
    price: { inputUsd: 0.25, outputUsd: 2 },
    shutdownDate: '2026-12-11',
    successor: 'gpt-6.1-terra'
  },
  {
    ...patches,
    ...thinking,
    id: 'gpt-5-nano',
    price: null,
    shutdownDate: '2026-12-11',
    successor: 'gpt-6-luna'
  },
  { ...patches, id: 'gpt-5.4-mini', price: { inputUsd: 0.75, outputUsd: 4.5 }, shutdownDate: null, successor: null },
  { ...patches, id: 'gpt-5.6-luna', price: { inputUsd: 0.2, outputUsd: 1.2 }, shutdownDate: null, successor: null },
  { ...patches, id: 'gpt-6-luna', price: { inputUsd: 0.1, outputUsd: 0.5 }, shutdownDate: null, successor: null },
  { ...patches, id: 'gpt-6.1-sol', price: { inputUsd: 2, outputUsd: 10 }, shutdownDate: null, successor: null },
  { ...patches, id: 'gpt-6.1-terra', price: null, shutdownDate: null, successor: null },

  // It hardly reasons unless asked to.
  { ...modest, id: 'gemini-3.5-flash-lite' },
  // Gemini 3 Flash accepted "none"; whether this model does is unknown.
  { ...modest, id: 'gemini-3.8-flash', parameters: { reasoning_effort: 'low' }, reasoningTokens: 2000 },
  { ...modest, id: 'gemini-3.1-flash-lite', price: { inputUsd: 0.25, outputUsd: 1.5 } },
  { ...modest, id: 'gemini-2.5-flash-lite', price: { inputUsd: 0.1, outputUsd: 0.4 } },
  {
    ...modest,
    id: 'gemini-2.5-flash',
    parameters: { reasoning_effort: 'none' },
    price: { inputUsd: 0.3, outputUsd: 2.5 },
    shutdownDate: '2026-12-01',
    successor: 'gemini-3.5-flash-lite'
  },

  // The newest Claude models refuse a temperature.
  { ...modest, id: 'claude-haiku-4-5', price: { inputUsd: 1, outputUsd: 5 } },
  { ...modest, id: 'claude-sonnet-4-6', price: { inputUsd: 3, outputUsd: 15 } },
  { ...modest, id: 'claude-sonnet-5', price: { inputUsd: 2, outputUsd: 10 } },
  { ...modest, id: 'claude-opus-5', price: { inputUsd: 5, outputUsd: 25 } }
]

/** Models that run on home computers, by how their names begin. Fewer pixels save seconds there. */
const families: readonly { name: RegExp; model: Omit<Model, 'id'> }[] = [
  // Any size, 28-px patches.
  { name: /^qwen.*vl/u, model: { ...modest, ...small(1280, 720) } },
  // Every picture is scaled to 896x896.
  { name: /^(?:gemma-?[34]|medgemma)/u, model: { ...modest, ...small(896, 896) } },
  // Four tiles of 560 px.
  { name: /^llama-?(?:3\.2.*vision|4)/u, model: { ...modest, ...small(1120, 1120) } },
  { name: /^minicpm-?[vo]/u, model: { ...modest, ...small(1344, 1344) } },
  { name: /^(?:llava|bakllava|moondream)/u, model: { ...modest, ...small(672, 672) } }
]

function small(maxWidthPx: number, maxHeightPx: number): Pick<Model, 'limit' | 'briefLimit'> {
  return {
    limit: { maxWidthPx, maxHeightPx },
    briefLimit: { maxWidthPx: Math.round(maxWidthPx * 0.75), maxHeightPx: Math.round(maxHeightPx * 0.75) }
  }
}

/**
 * The table's entry for an id. The id may also be a dated snapshot, a router's name ("openai/gpt-4o-mini",
 * "anthropic/claude-haiku-4.5"), or a name from Gemini's list ("models/…"). Any other model gets parameters that all
 * servers understand, including Ollama.
 */
export function findModel(id: string): Model {
  const slash = id.lastIndexOf('/') + 1
  const [maker, rest] = [id.slice(0, slash), id.slice(slash).toLowerCase()]
  const undated = rest.replace(/-\d{4}-?\d{2}-?\d{2}$/u, '')
  const name = undated.startsWith('claude') ? undated.replaceAll('.', '-') : undated
  const known = models.find((model) => model.id === name)
  // A router lists the successor under its maker's name, too.
  if (known?.successor && maker !== '') return { ...known, successor: maker + known.successor }
  return known ?? { ...(families.find((family) => family.name.test(name))?.model ?? modest), id }
}

/** Every model in the table. */
export function knownModels(): readonly Model[] {
  return models
}

/** The cost of a model's answer in US dollars; null if its price or the usage is unknown. */
export function costUsd(modelId: string, usage: Usage | null): number | null {
  const { price } = findModel(modelId)
  if (!price || !usage) return null
  return (usage.inputTokens * price.inputUsd + usage.outputTokens * price.outputUsd) / 1_000_000
}

// Room for the longest answer of each kind, with notice and tags, in languages that need three tokens per word.
const answerTokens: Record<Detail, number> = { brief: 300, standard: 600, detailed: 1800, text: 4000 }

/** The parameters of a request for an answer of this detail, under the names that the model and provider expect. */
export function requestParameters(
  model: Model,
  detail: Detail,
  provider: Provider = providerOf('')
): Record<string, unknown> {
  return {
    ...provider.parameters,
    ...model.parameters,
    [model.outputLimitName ?? provider.outputLimitName]: answerTokens[detail] + model.reasoningTokens,
    stream_options: { include_usage: true }
  }
}

/** OpenAI's image `detail` for a model, if its provider supports it. */
export function imageDetail(model: Model, provider: Provider): Model['imageDetail'] {
  return provider.hasImageDetail ? model.imageDetail : 'auto'
}

/** How many pixels are worth sending to `model` for an answer of this detail. */
export function pixelLimit(model: Model, detail: Detail): PixelLimit {
  return detail === 'brief' ? model.briefLimit : model.limit
}
