import { leftOut, ok, toDo, type Check, type Observation } from './checks.ts'
import { testPicture } from './test-picture.ts'
import { createKeys } from '../keys.ts'
import type { Dependencies } from '../dependencies.ts'
import { findLocalServers } from '#adapters/providers/local-servers.ts'
import { listModels, type ListedModel } from '#adapters/providers/model-list.ts'
import { costUsd, findModel, imageDetail, pixelLimit, requestParameters } from '#core/describing/models/models.ts'
import { providerName, providerOf, providers } from '#core/describing/models/providers.ts'
import type { VisionModel } from '#core/ports/vision.ts'
import { estimateCostUsd } from '#core/spending/estimate.ts'
import { isOnThisComputer, providerAddress } from '#shared/addresses.ts'
import { asDescryError, failure } from '#shared/errors.ts'
import { dollars } from '#shared/spent.ts'

/** A model to be looked at. */
export interface Target {
  /** "Provider" or "Fallback". */
  name: string
  baseUrl: string
  model: string
}

export interface ProviderOptions {
  /** Nothing may leave this computer. */
  isOffline: boolean
  /** The user agreed that the test picture is sent, which may cost. */
  maySend: boolean
}

type Tools = Pick<Dependencies, 'keys' | 'environmentKey' | 'connectVision' | 'decoder' | 'clock' | 'spending'>

const listLimitMs = 10_000
const pictureLimitMs = { remote: 40_000, local: 150_000 }
/** A locked keychain asks its user first, and gives up by itself before this. */
const keychainLimitMs = 70_000
/** A model that leaves sooner, and has no known successor, is something to do. */
const soonDays = 60

/** Key, address, model and, where allowed, one picture described. */
export function providerCheck(tools: Tools, target: Target, options: ProviderOptions): Check {
  const isLocal = isOnThisComputer(target.baseUrl)
  return {
    name: target.name,
    limitMs: keychainLimitMs + listLimitMs + (isLocal ? pictureLimitMs.local : pictureLimitMs.remote),
    async *run(signal) {
      if (options.isOffline && !isLocal) yield leftOut('It was not asked, because of --offline.')
      else yield* lookAt(tools, target, options, signal)
    }
  }
}

async function* lookAt(
  tools: Tools,
  { baseUrl, model }: Target,
  { maySend }: ProviderOptions,
  signal: AbortSignal
): AsyncGenerator<Observation> {
  const key = await findKey(tools, baseUrl)
  yield key.seen
  if (key.seen.state === 'to-do') return
  const list = await listOf(baseUrl, key.value, signal)
  yield* list.seen
  if (!list.isReachable) return
  if (list.models) yield* modelSeen(baseUrl, model, list.models)
  if (maySend) yield await sendPicture(tools, tools.connectVision(baseUrl, key.value), { baseUrl, model }, signal)
  else yield leftOut('No picture was sent, since that may cost a little.', 'To try it, run descry doctor --send.')
}

async function findKey(
  { keys: store, environmentKey }: Tools,
  baseUrl: string
): Promise<{ seen: Observation; value: string | null }> {
  const address = providerAddress(baseUrl)
  const provider = providerOf(baseUrl)
  let unavailable: unknown = null
  const get = (address: string): Promise<string | null> =>
    store.get(address).catch((error: unknown) => {
      unavailable = error
      throw error
    })
  const value = await createKeys({ ...store, get }, environmentKey).find(baseUrl)
  const isFromEnvironment = environmentKey !== null && environmentKey.key === value
  if (value !== null)
    return {
      seen: ok(isFromEnvironment ? `OPENAI_API_KEY is used for ${address}.` : `A key for ${address} is stored.`),
      value
    }
  if (!provider.needsKey) return { seen: ok(`${providerName(baseUrl)} is asked without a key.`), value }
  // With what to do: the system has no keychain, or nobody unlocked it.
  if (unavailable !== null) throw unavailable
  const stray =
    environmentKey === null ? '' : ` OPENAI_API_KEY is meant for ${providerAddress(environmentKey.baseUrl)}.`
  const next = `${provider.howToStart} Then run descry key set.`
  return { seen: toDo(`No key for ${address} is stored.${stray}`, next), value }
}

async function listOf(
  baseUrl: string,
  apiKey: string | null,
  signal: AbortSignal
): Promise<{ seen: Observation[]; isReachable: boolean; models: ListedModel[] | null }> {
  const { id, isLocal, howToStart, isListGuarded, listKeyHeader } = providerOf(baseUrl)
  const name = providerName(baseUrl)
  const limit = AbortSignal.timeout(listLimitMs)
  try {
    const options = { apiKey, keyHeader: listKeyHeader, signal: AbortSignal.any([signal, limit]) }
    const models = await listModels(baseUrl, options)
    const accepts = apiKey !== null && isListGuarded ? ' and accepts the key' : ''
    return { seen: [ok(`${name} can be reached${accepts}.`)], isReachable: true, models }
  } catch (error) {
    signal.throwIfAborted()
    if (limit.aborted) {
      const late = toDo(`${name} did not answer in ${listLimitMs / 1000} seconds.`, 'Check the network, and try again.')
      return { seen: [late], isReachable: false, models: null }
    }
    const { code, message, next } = asDescryError(error)
    // Nothing was asked: the key would have gone over plain http.
    if (code === 'no-permission') throw error
    if (code === 'provider-down') {
      const isPlain = message === failure(code).message
      const seen = isPlain
        ? toDo(`${name} cannot be reached.`, isLocal ? `Start it. ${howToStart}` : next)
        : toDo(`${name} cannot be reached. ${message}`, next)
      return { seen: [seen], isReachable: false, models: null }
    }
    // Some servers have no list and describe all the same.
    if (id === 'custom' && code === 'bad-answer')
      return { seen: [leftOut(`${name} answers, but does not list its models.`)], isReachable: true, models: null }
    return { seen: [toDo(`${name} answers: ${message}`, next)], isReachable: false, models: null }
  }
}

function* modelSeen(baseUrl: string, model: string, listed: ListedModel[]): Generator<Observation> {
  const name = providerName(baseUrl)
  const isMeant = ({ id }: ListedModel): boolean =>
    id === model || id === `models/${model}` || id === `${model}:latest` || id.startsWith(`${model}-20`)
  const found = listed.find(isMeant)
  if (found) yield ok(`${name} offers ${model}.`)
  else if (providerOf(baseUrl).isListComplete) {
    yield toDo(`${name} does not offer ${model} to you.`, 'Choose another model in settings.')
    return
  } else yield leftOut(`${name} does not say whether it offers ${model}.`)

  const { successor, shutdownDate } = findModel(model)
  const date = found?.shutdownDate ?? (providerOf(baseUrl).id === 'azure' ? null : shutdownDate)
  if (date === null) return
  const leaves = `${model} is switched off on ${date}`
  if (successor !== null) yield ok(`${leaves}. Then ${successor} takes over by itself.`)
  else if (Date.parse(date) - Date.now() < soonDays * 86_400_000)
    yield toDo(`${leaves}.`, 'Choose another model in settings.')
  else yield ok(`${leaves}.`)
}

/** One sentence about the test picture, as it streams in. */
async function sendPicture(
  { decoder, clock, spending }: Tools,
  vision: VisionModel,
  { baseUrl, model: id }: Omit<Target, 'name'>,
  signal: AbortSignal
): Promise<Observation> {
  const model = findModel(id)
  const provider = providerOf(baseUrl)
  const decoded = await decoder.decode(testPicture())
  const picture = await decoded.encode(pixelLimit(model, 'brief'))
  const estimateUsd = estimateCostUsd(id, baseUrl, decoded, 'brief')
  const expected = spending.expect(estimateUsd)
  let dueUsd: number | null = 0
  const startMs = clock.nowMs()
  let firstMs: number | null = null
  let pieces = 0
  const request = {
    model: id,
    parameters: requestParameters(model, 'brief', provider),
    instructions: 'You describe pictures to blind people.',
    turns: [],
    prompt: 'Describe this picture in one sentence of about twenty words.',
    picture,
    imageDetail: imageDetail(model, provider)
  }
  try {
    for await (const event of vision.stream(request, signal)) {
      if (event.type === 'text') {
        firstMs ??= clock.nowMs() - startMs
        pieces += 1
        dueUsd = estimateUsd
      } else if (event.type === 'finished' && estimateUsd !== 0) dueUsd = costUsd(id, event.usage) ?? estimateUsd
    }
  } finally {
    spending.settle(expected, dueUsd)
  }
  const times = `first word after ${seconds(firstMs ?? 0)}, all of it after ${seconds(clock.nowMs() - startMs)}`
  const paid = dueUsd === null || dueUsd === 0 ? '' : ` It cost ${dollars(dueUsd)}.`
  const how = pieces > 1 ? 'word by word' : 'in one piece, so speech begins late'
  return ok(`A test picture was described ${how}: ${times}.${paid}`)
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} seconds`
}

/** Servers with models on this computer, which could be used. */
export function localServersCheck(find: typeof findLocalServers = findLocalServers): Check {
  return {
    name: 'Servers here',
    limitMs: 5000,
    async *run() {
      const servers = await find()
      if (servers.length === 0) yield ok('No server with models runs on this computer; none is needed.')
      for (const { provider, baseUrl, models } of servers) {
        const seeing = models.filter(({ seesPictures }) => seesPictures !== false).map(({ id }) => id)
        // By what it is, not by its port.
        const name = provider === 'custom' ? 'A server' : providers.find(({ id }) => id === provider)?.name
        yield seeing.length > 0
          ? ok(`${name} runs here at ${baseUrl}, with ${seeing.slice(0, 5).join(', ')}.`)
          : ok(`${name} runs here, without a model that sees pictures.`)
      }
    }
  }
}
