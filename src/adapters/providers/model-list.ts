import { DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import { providerFailure, responseFailure } from './openai-failures.ts'
import { withoutKey } from './key-filter.ts'
import { fetchFromProvider, keepOffProxy, requireSafeAddress } from './provider-request.ts'

/** One entry of a server's list of models. */
export interface ListedModel {
  id: string
  /** YYYY-MM-DD, the day the provider turns it off; null if it does not say. */
  shutdownDate: string | null
  ownedBy: string | null
}

export interface ListOptions {
  apiKey: string | null
  /** Anthropic's list needs `x-api-key`. */
  keyHeader?: 'authorization' | 'x-api-key'
  signal: AbortSignal
}

/**
 * GET /models of an OpenAI-compatible server. No picture is sent, and no redirect is followed.
 *
 * @throws bad-key, provider-down, timed-out, rate-limited, bad-answer; an AbortError when the signal fired.
 */
export async function listModels(baseUrl: string, options: ListOptions): Promise<ListedModel[]> {
  const { apiKey, keyHeader = 'authorization', signal } = options
  await requireSafeAddress(baseUrl, apiKey)
  const key: Record<string, string> =
    apiKey === null
      ? {}
      : keyHeader === 'x-api-key'
        ? { 'x-api-key': apiKey, 'anthropic-version': '2023-06-01' }
        : { authorization: `Bearer ${apiKey}` }
  keepOffProxy(baseUrl)
  let response: Response
  let text: string
  try {
    response = await fetchFromProvider(`${baseUrl.replace(/\/+$/u, '')}/models`, {
      headers: { accept: 'application/json', 'user-agent': 'Descry', ...key },
      signal
    })
    if (!response.ok) throw await responseFailure(response, apiKey)
    // The longest list known, OpenRouter's, is half a megabyte.
    text = withoutKey(await response.text(), apiKey)
  } catch (error) {
    signal.throwIfAborted()
    throw error instanceof DescryError ? error : providerFailure(error, apiKey)
  }
  const list = entries(text)
  if (list) return list
  throw new DescryError('bad-answer', {
    message: t('providers.not-a-provider'),
    next: t('providers.not-a-provider.next')
  })
}

/** Null when this is not a list of models. */
function entries(text: string): ListedModel[] | null {
  try {
    const { data } = JSON.parse(text) as { data?: unknown }
    if (!Array.isArray(data)) return null
    return data.flatMap((entry: Record<string, unknown> | null) => {
      if (typeof entry?.['id'] !== 'string') return []
      const { id, shutdown_date: date, owned_by: owner } = entry
      return [{ id, shutdownDate: dateOnly(date), ownedBy: typeof owner === 'string' ? owner : null }]
    })
  } catch {
    return null
  }
}

/** "2027-01-14", "2027-01-14T00:00:00Z" or seconds since 1970. */
function dateOnly(value: unknown): string | null {
  if (typeof value === 'number') return new Date(value * 1000).toISOString().slice(0, 10)
  return typeof value === 'string' ? (/^\d{4}-\d{2}-\d{2}/u.exec(value)?.[0] ?? null) : null
}
