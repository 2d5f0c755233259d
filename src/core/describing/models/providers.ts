import { isAzure, isOnThisComputer } from '#shared/addresses.ts'
import { t } from '#shared/messages/messages.ts'

export const providerIds = [
  'openai',
  'azure',
  'gemini',
  'anthropic',
  'openrouter',
  'ollama',
  'lm-studio',
  'llama-cpp',
  'custom'
] as const
export type ProviderId = (typeof providerIds)[number]

/** What Descry needs to know about a provider. Sources and dates: docs/contributing/providers.md. */
export interface Provider {
  id: ProviderId
  /** Display name. */
  name: string
  /** Chat Completions address without the trailing path. The user replaces RESOURCE; if empty, the user enters it. */
  baseUrl: string
  /** It answers no request without a key. */
  needsKey: boolean
  /** Software that runs on the user's computer. For an address, use `isOnThisComputer`. */
  isLocal: boolean
  /** Null if only the user or the server can say. */
  defaultModel: string | null
  /** Models that accept pictures, best known first. The server's own list may have more. */
  models: readonly string[]
  /** The parameter for the limit on output tokens, for models whose table entry has none. */
  outputLimitName: 'max_tokens' | 'max_completion_tokens'
  /** Sent with every request, unless the model has its own. */
  parameters: Readonly<Record<string, unknown>>
  /** Supports OpenAI's image `detail`. */
  hasImageDetail: boolean
  /** For its list of models: `x-api-key` if no Bearer token is documented. Chat accepts a Bearer token everywhere. */
  listKeyHeader: 'authorization' | 'x-api-key'
  /** The list of models requires a valid key. */
  isListGuarded: boolean
  /** Models that are not in the list cannot be used. */
  isListComplete: boolean
}

const remote = {
  needsKey: true,
  isLocal: false,
  outputLimitName: 'max_tokens',
  parameters: {},
  hasImageDetail: false,
  listKeyHeader: 'authorization',
  isListGuarded: true,
  isListComplete: true
} as const satisfies Partial<Provider>

const local = {
  ...remote,
  needsKey: false,
  isLocal: true,
  defaultModel: null,
  isListGuarded: false
} as const satisfies Partial<Provider>

/** Any address without a preset. */
const custom: Provider = {
  ...remote,
  id: 'custom',
  get name() {
    return t('providers.custom.name')
  },
  baseUrl: '',
  needsKey: false,
  defaultModel: null,
  models: [],
  // The address may be a proxy for OpenAI; other servers ignore this.
  hasImageDetail: true,
  isListGuarded: false,
  isListComplete: false
}

/** In the order in which the user sees them. */
export const providers: readonly Provider[] = [
  {
    ...remote,
    id: 'openai',
    name: 'OpenAI',
    baseUrl: 'https://api.openai.com/v1',
    defaultModel: 'gpt-4o-mini',
    models: ['gpt-4o-mini', 'gpt-6-luna', 'gpt-6.1-terra', 'gpt-6.1-sol'],
    // All of OpenAI's chat models accept it; the newer ones accept nothing else.
    outputLimitName: 'max_completion_tokens',
    hasImageDetail: true
  },
  {
    ...remote,
    id: 'azure',
    name: 'Azure OpenAI',
    baseUrl: 'https://RESOURCE.openai.azure.com/openai/v1',
    // The name of a deployment, which is often the model's name.
    defaultModel: 'gpt-4o-mini',
    models: ['gpt-4o-mini', 'gpt-6-luna'],
    outputLimitName: 'max_completion_tokens',
    hasImageDetail: true,
    // The list contains everything that could be deployed.
    isListComplete: false
  },
  {
    ...remote,
    id: 'gemini',
    name: 'Google Gemini',
    baseUrl: 'https://generativelanguage.googleapis.com/v1beta/openai',
    defaultModel: 'gemini-3.5-flash-lite',
    models: ['gemini-3.5-flash-lite', 'gemini-3.8-flash', 'gemini-3.1-flash-lite', 'gemini-2.5-flash-lite']
  },
  {
    ...remote,
    id: 'anthropic',
    name: 'Anthropic Claude',
    baseUrl: 'https://api.anthropic.com/v1',
    defaultModel: 'claude-haiku-4-5',
    models: ['claude-haiku-4-5', 'claude-sonnet-5', 'claude-opus-5'],
    listKeyHeader: 'x-api-key',
    // Short names such as claude-haiku-4-5 are accepted for dated ones.
    isListComplete: false
  },
  {
    ...remote,
    id: 'openrouter',
    name: 'OpenRouter',
    baseUrl: 'https://openrouter.ai/api/v1',
    defaultModel: 'openai/gpt-4o-mini',
    models: ['openai/gpt-4o-mini', 'openai/gpt-6-luna', 'anthropic/claude-haiku-4.5'],
    hasImageDetail: true,
    isListGuarded: false
  },
  {
    ...local,
    id: 'ollama',
    name: 'Ollama',
    baseUrl: 'http://127.0.0.1:11434/v1',
    models: ['gemma3', 'qwen2.5vl', 'qwen3-vl', 'llama3.2-vision', 'minicpm-v', 'llava'],
    // Without it, qwen3-vl and others reason for a minute first. Models that cannot reason accept it too.
    parameters: { reasoning_effort: 'none' }
  },
  {
    ...local,
    id: 'lm-studio',
    name: 'LM Studio',
    baseUrl: 'http://127.0.0.1:1234/v1',
    models: []
  },
  {
    ...local,
    id: 'llama-cpp',
    name: 'llama.cpp server',
    baseUrl: 'http://127.0.0.1:8080/v1',
    models: [],
    // It answers with the model it has loaded, regardless of the request.
    isListComplete: false
  },
  custom
]

/** Where to get a key, or what else to do first, and what happens to the pictures: whole sentences. */
export function providerHelp(id: ProviderId): { howToStart: string; privacy: string } {
  return { howToStart: t(`providers.${id}.start`), privacy: t(`providers.${id}.privacy`) }
}

/** The preset an address belongs to; `custom` for any other address and for invalid ones. */
export function providerOf(baseUrl: string): Provider {
  if (!URL.canParse(baseUrl)) return custom
  const { hostname, port } = new URL(baseUrl)
  if (isAzure(baseUrl)) return named('azure')
  if (isOnThisComputer(baseUrl)) {
    return providers.find((one) => one.isLocal && new URL(one.baseUrl).port === port) ?? custom
  }
  const isTheirs = ({ id, isLocal, baseUrl }: Provider): boolean =>
    !isLocal && id !== 'azure' && id !== 'custom' && new URL(baseUrl).hostname === hostname
  return providers.find(isTheirs) ?? custom
}

function named(id: ProviderId): Provider {
  return providers.find((one) => one.id === id) ?? custom
}

/** "OpenAI"; for an address without a preset, its host: "llm.example:8000". */
export function providerName(baseUrl: string): string {
  const { id, name } = providerOf(baseUrl)
  return id === 'custom' && URL.canParse(baseUrl) ? new URL(baseUrl).host : name
}
