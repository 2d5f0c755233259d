import { isOnThisComputer, isSafeForKey } from '#shared/addresses.ts'
import { DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'

/** Rules for every request to a provider. */

/** Refuses to send a key over an unencrypted connection. Errors: no-permission. */
export function requireSafeAddress(baseUrl: string, apiKey: string | null): void {
  if (apiKey === null || isSafeForKey(baseUrl)) return
  throw new DescryError('no-permission', {
    message: t('providers.not-encrypted'),
    next: t('providers.not-encrypted.next')
  })
}

/**
 * Requests to this computer must not leave it, whatever proxy the environment names: with NODE_USE_ENV_PROXY, Node's
 * fetch would ask the proxy for 127.0.0.1, which is another computer there. It reads `no_proxy` again for each request.
 */
export function keepOffProxy(address: string, env: NodeJS.ProcessEnv = process.env): void {
  if (!isOnThisComputer(address)) return
  const { hostname } = new URL(address)
  const listed = env.no_proxy ?? env.NO_PROXY ?? ''
  if (listed.trim() === '*' || listed.split(/[\s,]+/u).includes(hostname)) return
  env.no_proxy = listed === '' ? hostname : `${listed},${hostname}`
}

/** The first `maxBytes` of a body as text, without waiting for the rest. */
export async function readText(response: Response, maxBytes: number): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength
    text += decoder.decode(chunk, { stream: true })
    if (bytes >= maxBytes) break
  }
  return text
}
