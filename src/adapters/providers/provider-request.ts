import { lookup } from 'node:dns/promises'
import { isOnThisComputer, isSafeForKey } from '#shared/addresses.ts'
import { DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import { ipAddressIn, isPrivateAddress } from '../private-address.ts'
import { limitBody, maxAnswerBytes, readErrorBody, type BodyLimits } from './limited-body.ts'

/** Rules for every request to a provider. */

/** All addresses of a host name. */
export type ResolveHost = (host: string) => Promise<string[]>

const resolveHost: ResolveHost = async (host) => (await lookup(host, { all: true })).map(({ address }) => address)

/**
 * Refuses what others could read on the way: a key over an unencrypted connection, anything over one that leaves the own
 * network, and a connection whose certificate nobody checks. Errors: no-permission.
 */
export async function requireSafeAddress(
  baseUrl: string,
  apiKey: string | null,
  resolve: ResolveHost = resolveHost
): Promise<void> {
  if (isOnThisComputer(baseUrl)) return
  if (isSafeForKey(baseUrl)) {
    // Node reads it at each connection. Whoever answers could then read everything.
    if (process.env.NODE_TLS_REJECT_UNAUTHORIZED === '0') throw refused('certificates-unchecked')
    return
  }
  if (apiKey !== null) throw refused('not-encrypted')
  if (!(await isOnOwnNetwork(baseUrl, resolve))) throw refused('not-encrypted-outside')
}

function refused(why: 'certificates-unchecked' | 'not-encrypted' | 'not-encrypted-outside'): DescryError {
  return new DescryError('no-permission', { message: t(`providers.${why}`), next: t(`providers.${why}.next`) })
}

/** False if any address of the host is on the public internet. Errors: provider-down if the name is not found. */
async function isOnOwnNetwork(address: string, resolve: ResolveHost): Promise<boolean> {
  const url = new URL(address)
  const ip = ipAddressIn(url)
  if (ip !== null) return isPrivateAddress(ip)
  try {
    return (await resolve(url.hostname)).every(isPrivateAddress)
  } catch (cause) {
    throw new DescryError('provider-down', { next: t('providers.check-network'), cause })
  }
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

/** The status is there already. */
const errorTimeoutMs = 3000

/**
 * fetch for providers: no redirects, since the user agreed to one address, and a body that ends or fails at its limits.
 *
 * @param limits of an answer. Of an unsuccessful response, only what arrives within 3 s is read, and at most 64 KB.
 */
export async function fetchFromProvider(
  url: string | URL | Request,
  init: Omit<RequestInit, 'headers'> & { headers: Record<string, string> },
  limits: Partial<BodyLimits> = {}
): Promise<Response> {
  const response = await fetch(url, {
    ...init,
    // Compressed, a few kilobytes could become gigabytes. A server that compresses anyway is counted unpacked.
    headers: { ...init.headers, 'accept-encoding': 'identity' },
    redirect: 'manual'
  })
  if (!response.body) return response
  const { status, statusText, headers } = response
  const body = response.ok
    ? response.body.pipeThrough(limitBody({ maxBytes: maxAnswerBytes, maxLineBytes: maxAnswerBytes, ...limits }))
    : Uint8Array.from(await readErrorBody(response.body, errorTimeoutMs))
  return new Response(body, { status, statusText, headers })
}
