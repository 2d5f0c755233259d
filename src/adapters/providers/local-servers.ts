import { isOnThisComputer } from '#shared/addresses.ts'
import { listModels } from './model-list.ts'
import { fetchFromProvider } from './provider-request.ts'

/** A model server found on this computer. */
export interface LocalServer {
  /** Id of the preset in the provider table. */
  provider: 'ollama' | 'lm-studio' | 'llama-cpp' | 'custom'
  baseUrl: string
  /** `seesPictures` is null if the server does not say. */
  models: { id: string; seesPictures: boolean | null }[]
}

export interface LocalServerOptions {
  env?: NodeJS.ProcessEnv
  ports?: { ollama: number; lmStudio: number; llamaCpp: number }
  /** For each request. */
  timeoutMs?: number
}

const usualPorts = { ollama: 11_434, lmStudio: 1234, llamaCpp: 8080 }
/** Ollama has to be asked about each model separately. */
const maxModels = 40

/**
 * Finds Ollama, LM Studio, llama.cpp's server and other OpenAI-compatible servers on their ports on this computer. They are
 * asked which models they have; nothing else is sent, and nothing to another computer. Never throws.
 */
export async function findLocalServers(options: LocalServerOptions = {}): Promise<LocalServer[]> {
  const { env = process.env, ports = usualPorts, timeoutMs = 300 } = options
  const ollamas = new Set([`http://127.0.0.1:${ports.ollama}`, ollamaAddress(env.OLLAMA_HOST) ?? []].flat())
  const found = await Promise.all([
    ...[...ollamas].map((origin) => findServer(origin, 'ollama', timeoutMs)),
    findServer(`http://127.0.0.1:${ports.lmStudio}`, 'lm-studio', timeoutMs),
    findServer(`http://127.0.0.1:${ports.llamaCpp}`, 'custom', timeoutMs)
  ])
  return found.filter((server) => server !== null)
}

/** Null when there is no such server. */
async function findServer(
  origin: string,
  usual: LocalServer['provider'],
  timeoutMs: number
): Promise<LocalServer | null> {
  try {
    const baseUrl = `${origin}/v1`
    const listed = await listModels(baseUrl, { apiKey: null, signal: AbortSignal.timeout(timeoutMs) })
    const provider = listed.some(({ ownedBy }) => ownedBy === 'llamacpp') ? 'llama-cpp' : usual
    const ids = listed.map(({ id }) => id)
    const sight = await sightOf(provider, origin, ids, timeoutMs)
    const models = ids.filter((id) => !['no-chat', 'elsewhere'].includes(sight.get(id) ?? ''))
    return {
      provider,
      baseUrl,
      models: models.map((id) => ({ id, seesPictures: toBoolean(sight.get(id)) }))
    }
  } catch {
    return null
  }
}

type Sight = 'sees' | 'blind' | 'no-chat' | 'elsewhere'

/** Ollama forwards requests for "qwen3-vl:235b-cloud", so a picture would leave this computer. */
const runsElsewhere = /[:-]cloud$/iu

const toBoolean = (sight: Sight | undefined): boolean | null => (sight === undefined ? null : sight === 'sees')

/** What each server says, in its own way; models it says nothing about are missing. */
async function sightOf(
  provider: LocalServer['provider'],
  origin: string,
  ids: string[],
  timeoutMs: number
): Promise<Map<string, Sight>> {
  if (provider === 'ollama') {
    const told = ids.map(async (id, index) => {
      if (runsElsewhere.test(id)) return [[id, 'elsewhere'] as const]
      if (index >= maxModels) return []
      const { capabilities, remote_host: host } = await ask(`${origin}/api/show`, timeoutMs, { model: id })
      if (typeof host === 'string' && host !== '') return [[id, 'elsewhere'] as const]
      return Array.isArray(capabilities) ? [[id, sightIn(capabilities)] as const] : []
    })
    return new Map((await Promise.all(told)).flat())
  }
  if (provider === 'lm-studio') {
    // The older API still exists.
    const [current, older] = await Promise.all([
      ask(`${origin}/api/v1/models`, timeoutMs),
      ask(`${origin}/api/v0/models`, timeoutMs)
    ])
    const types: Record<string, Sight> = { vlm: 'sees', llm: 'blind', embedding: 'no-chat', embeddings: 'no-chat' }
    return new Map(
      [...entries(older['data']), ...entries(current['models'])].flatMap(({ id, key, type, capabilities }) => {
        const sees = (capabilities as { vision?: unknown } | undefined)?.vision === true
        const sight = sees ? 'sees' : types[String(type)]
        return sight === undefined ? [] : [[String(key ?? id), sight] as const]
      })
    )
  }
  if (provider === 'llama-cpp') {
    const { modalities } = await ask(`${origin}/props`, timeoutMs)
    const vision = (modalities as { vision?: unknown } | undefined)?.vision
    return typeof vision === 'boolean' ? new Map(ids.map((id) => [id, vision ? 'sees' : 'blind'])) : new Map()
  }
  return new Map()
}

function entries(list: unknown): Record<string, unknown>[] {
  return Array.isArray(list) ? list.filter((one) => typeof one === 'object' && one !== null) : []
}

function sightIn(capabilities: unknown[]): Sight {
  if (capabilities.includes('vision')) return 'sees'
  return capabilities.includes('completion') ? 'blind' : 'no-chat'
}

/** A JSON object from a server on this computer; an empty one if there is no answer. */
async function ask(url: string, timeoutMs: number, body?: object): Promise<Record<string, unknown>> {
  try {
    const response = await fetchFromProvider(url, {
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
      headers: body ? { 'content-type': 'application/json' } : {},
      signal: AbortSignal.timeout(timeoutMs)
    })
    const value: unknown = response.ok ? await response.json() : null
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}

/** OLLAMA_HOST in the forms that Ollama accepts ("127.0.0.1", ":11500", "http://localhost:80"); null for another computer. */
function ollamaAddress(host: string | undefined): string | null {
  const trimmed = host?.trim() ?? ''
  const url = `${trimmed.includes('://') ? '' : 'http://'}${trimmed.startsWith(':') ? '127.0.0.1' : ''}${trimmed}`
  if (trimmed === '' || !URL.canParse(url)) return null
  const { protocol, hostname, port } = new URL(url)
  // A server that listens on every address can be reached locally.
  if (!(isOnThisComputer(url) || hostname === '0.0.0.0') || protocol !== 'http:') return null
  // With a scheme the default port is that of http; without one it is Ollama's.
  return `http://127.0.0.1:${port || (trimmed.includes('://') ? 80 : usualPorts.ollama)}`
}
