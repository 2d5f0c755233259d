import { leftOut, ok, toDo, type Check, type Observation } from './checks.ts'
import { testPicture } from './test-picture.ts'
import { createKeys } from '../keys.ts'
import type { Dependencies } from '../dependencies.ts'
import { findLocalServers } from '#adapters/providers/local-servers.ts'
import { listModels, type ListedModel } from '#adapters/providers/model-list.ts'
import { costUsd, findModel, imageDetail, pixelLimit, requestParameters } from '#core/describing/models/models.ts'
import { providerHelp, providerName, providerOf, providers } from '#core/describing/models/providers.ts'
import type { VisionModel } from '#core/ports/vision.ts'
import { estimateCostUsd } from '#core/spending/estimate.ts'
import { isOnThisComputer, providerAddress } from '#shared/addresses.ts'
import { asDescryError, failure } from '#shared/errors.ts'
import { formatList } from '#shared/messages/formats.ts'
import { t } from '#shared/messages/messages.ts'
import { dollars } from '#shared/spent.ts'

/** A model to be checked. */
export interface Target {
  /** Of the check: "Provider" or "Fallback". */
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
/** A locked keychain asks its user first, and gives up earlier than this. */
const keychainLimitMs = 70_000
/** A model that is shut down sooner, without a known successor, is something to do. */
const soonDays = 60

/** Key, address, model and, where allowed, one picture described. */
export function providerCheck(tools: Tools, target: Target, options: ProviderOptions): Check {
  const isLocal = isOnThisComputer(target.baseUrl)
  return {
    name: target.name,
    limitMs: keychainLimitMs + listLimitMs + (isLocal ? pictureLimitMs.local : pictureLimitMs.remote),
    async *run(signal) {
      if (options.isOffline && !isLocal) yield leftOut(t('doctor.offline'))
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
  else yield leftOut(t('doctor.not-sent'), t('doctor.not-sent.next'))
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
      seen: ok(isFromEnvironment ? t('doctor.key-environment', { address }) : t('doctor.key-stored', { address })),
      value
    }
  if (!provider.needsKey) return { seen: ok(t('doctor.key-not-needed', { provider: providerName(baseUrl) })), value }
  // The error says what to do: there is no keychain, or it was not unlocked.
  if (unavailable !== null) throw unavailable
  const message =
    environmentKey === null
      ? t('doctor.no-key', { address })
      : t('doctor.no-key-but-environment', { address, other: providerAddress(environmentKey.baseUrl) })
  return { seen: toDo(message, t('doctor.no-key.next', { howToStart: providerHelp(provider.id).howToStart })), value }
}

async function listOf(
  baseUrl: string,
  apiKey: string | null,
  signal: AbortSignal
): Promise<{ seen: Observation[]; isReachable: boolean; models: ListedModel[] | null }> {
  const { id, isLocal, isListGuarded, listKeyHeader } = providerOf(baseUrl)
  const { howToStart } = providerHelp(id)
  const provider = providerName(baseUrl)
  const limit = AbortSignal.timeout(listLimitMs)
  try {
    const options = { apiKey, keyHeader: listKeyHeader, signal: AbortSignal.any([signal, limit]) }
    const models = await listModels(baseUrl, options)
    const isKeyAccepted = apiKey !== null && isListGuarded
    const seen = ok(isKeyAccepted ? t('doctor.reachable-with-key', { provider }) : t('doctor.reachable', { provider }))
    return { seen: [seen], isReachable: true, models }
  } catch (error) {
    signal.throwIfAborted()
    if (limit.aborted) {
      const late = toDo(t('doctor.slow', { provider, seconds: listLimitMs / 1000 }), t('doctor.slow.next'))
      return { seen: [late], isReachable: false, models: null }
    }
    const { code, message, next } = asDescryError(error)
    // Nothing was asked: the key would have gone over plain http.
    if (code === 'no-permission') throw error
    if (code === 'provider-down') {
      const isPlain = message === failure(code).message
      const seen = isPlain
        ? toDo(t('doctor.unreachable', { provider }), isLocal ? t('doctor.start-it', { howToStart }) : next)
        : toDo(t('doctor.unreachable-because', { provider, reason: message }), next)
      return { seen: [seen], isReachable: false, models: null }
    }
    // Some servers describe pictures but have no list of models.
    if (id === 'custom' && code === 'bad-answer')
      return { seen: [leftOut(t('doctor.no-list', { provider }))], isReachable: true, models: null }
    return { seen: [toDo(t('doctor.answers', { provider, message }), next)], isReachable: false, models: null }
  }
}

function* modelSeen(baseUrl: string, model: string, listed: ListedModel[]): Generator<Observation> {
  const provider = providerName(baseUrl)
  const isMeant = ({ id }: ListedModel): boolean =>
    id === model || id === `models/${model}` || id === `${model}:latest` || id.startsWith(`${model}-20`)
  const found = listed.find(isMeant)
  if (found) yield ok(t('doctor.offers', { provider, model }))
  else if (providerOf(baseUrl).isListComplete) {
    yield toDo(t('doctor.does-not-offer', { provider, model }), t('doctor.choose-model'))
    return
  } else yield leftOut(t('doctor.may-offer', { provider, model }))

  const { successor, shutdownDate } = findModel(model)
  const date = found?.shutdownDate ?? (providerOf(baseUrl).id === 'azure' ? null : shutdownDate)
  if (date === null) return
  if (successor !== null) yield ok(t('doctor.leaves-to', { model, date, successor }))
  else if (Date.parse(date) - Date.now() < soonDays * 86_400_000)
    yield toDo(t('doctor.leaves', { model, date }), t('doctor.choose-model'))
  else yield ok(t('doctor.leaves', { model, date }))
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
  const times = { first: tenths(firstMs ?? 0), all: tenths(clock.nowMs() - startMs) }
  const described = pieces > 1 ? t('doctor.described-streaming', times) : t('doctor.described-at-once', times)
  return ok(
    dueUsd === null || dueUsd === 0 ? described : t('doctor.described-cost', { described, price: dollars(dueUsd) })
  )
}

/** Seconds, to a tenth. */
function tenths(ms: number): number {
  return Math.round(ms / 100) / 10
}

/** Servers on this computer that offer models. */
export function localServersCheck(find: typeof findLocalServers = findLocalServers): Check {
  return {
    name: t('doctor.name.servers'),
    limitMs: 5000,
    async *run() {
      const servers = await find()
      if (servers.length === 0) yield ok(t('doctor.no-local-servers'))
      for (const { provider, baseUrl, models } of servers) {
        const seeing = models.filter(({ seesPictures }) => seesPictures !== false).map(({ id }) => id)
        const server = providers.find(({ id }) => id === provider && id !== 'custom')?.name ?? t('doctor.some-server')
        yield seeing.length > 0
          ? ok(t('doctor.local-server', { server, address: baseUrl, models: formatList(seeing.slice(0, 5)) }))
          : ok(t('doctor.local-server-blind', { server }))
      }
    }
  }
}
