import { promises, type LookupAddress } from 'node:dns'
import { request as requestPlain, type IncomingMessage, type RequestOptions } from 'node:http'
import { request as requestSecure } from 'node:https'
import type { LookupFunction } from 'node:net'
import { callbackify, promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate, zstdDecompress } from 'node:zlib'
import { DescryError, isAbort } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import { isPdf, isPictureHead, maxPictureBytes, readPictureHeader, tooManyBytes } from './picture-header.ts'
import { ipAddressIn, isPrivateAddress } from '../private-address.ts'

/** For the whole fetch, including redirects and body. */
const defaultTimeoutMs = 20_000
const maxRedirects = 5

/** Types of pictures, and what servers send when they do not know one. Of anything else the first bytes decide. */
const usualTypes = /^(?:image\/|application\/octet-stream|binary\/octet-stream|application\/pdf|video\/mp4)/iu
const headBytes = 20_000

/** Large archives refuse requests that do not say which program makes them. */
const userAgent = 'Descry'

/** Looks up all addresses of a host name. */
export type Resolve = (host: string, options: { all: true }) => Promise<LookupAddress[]>

export interface FetchOptions {
  signal?: AbortSignal | undefined
  /** For the whole fetch; default 20 s. */
  timeoutMs?: number
  /**
   * The address may be in the user's own network, because the user typed it. Never for one from the clipboard. One that is
   * on the public internet leads nowhere else.
   */
  mayBePrivate?: boolean
  /** Default: the system's. */
  resolve?: Resolve
  isPrivate?: (ip: string) => boolean
}

/**
 * The bytes of the picture or PDF at an http(s) address: at most 100 MB and 5 redirects, none of them from https to http.
 * Unless it `mayBePrivate`, every address is checked before a connection is made, including those of redirects. So are
 * the redirects of one that may be private, but is on the public internet.
 * The bytes decide what it is, since servers name all kinds of types.
 * Errors: not-found (404, 410, unreachable, no such address), timed-out, too-large, unsupported (not a picture type), bad-image, no-permission (the server requires a login; a private address); an AbortError when the signal fired.
 */
export async function fetchPicture(url: string, options: FetchOptions = {}): Promise<Uint8Array> {
  const { signal, timeoutMs = defaultTimeoutMs } = options
  const timeLimit = AbortSignal.timeout(timeoutMs)
  try {
    const response = await follow(url, options, signal ? AbortSignal.any([signal, timeLimit]) : timeLimit)
    const bytes = await readBody(response)
    if (!isPdf(bytes)) readPictureHeader(bytes)
    return bytes
  } catch (error) {
    if (error instanceof DescryError) throw error
    if (signal?.aborted) throw isAbort(error) ? error : new DOMException('Fetching was stopped.', 'AbortError')
    if (timeLimit.aborted) throw new DescryError('timed-out', { message: t('pictures.address-slow'), cause: error })
    throw unreachable(error)
  }
}

async function follow(url: string, options: FetchOptions, signal: AbortSignal): Promise<IncomingMessage> {
  const { isPrivate = isPrivateAddress, resolve = promises.lookup } = options
  let mayBePrivate = options.mayBePrivate ?? false
  let address = webAddress(url)
  for (let step = 0; step <= maxRedirects; step += 1) {
    if (!mayBePrivate) refusePrivateNumber(address, isPrivate)
    const { response, connectedTo } = await ask(address, {
      signal,
      lookup: checkedLookup(resolve, isPrivate, mayBePrivate)
    })
    const { statusCode = 0, headers } = response
    // A website must not send Descry to the router.
    mayBePrivate &&= connectedTo !== null && isPrivate(connectedTo)
    if (statusCode >= 200 && statusCode < 300) return response
    response.destroy()
    if (statusCode < 300 || statusCode >= 400 || headers.location === undefined) throw refusal(statusCode)
    const next = webAddress(headers.location, address)
    if (address.protocol === 'https:' && next.protocol === 'http:') throw unreachable('https led to http')
    address = next
  }
  throw unreachable('too many redirects')
}

interface Asked {
  response: IncomingMessage
  /** The IP address that the connection leads to. */
  connectedTo: string | null
}

/** Uses Node's own client instead of fetch, because its `lookup` returns the very address that is connected to. */
function ask(address: URL, options: RequestOptions): Promise<Asked> {
  const request = address.protocol === 'https:' ? requestSecure : requestPlain
  let connectedTo: string | null = null
  return new Promise((resolve, reject) => {
    // A new connection, since the address of a reused one was not checked.
    const headers = { accept: 'image/*,*/*;q=0.5', 'accept-encoding': 'identity', 'user-agent': userAgent }
    // Certificates are checked whatever NODE_TLS_REJECT_UNAUTHORIZED says.
    request(address, { ...options, agent: false, rejectUnauthorized: true, headers }, (response) =>
      resolve({ response, connectedTo })
    )
      // Asked later, a socket that the server has closed no longer knows.
      .on('socket', (socket) => socket.once('connect', () => (connectedTo = socket.remoteAddress ?? null)))
      .on('error', reject)
      // Without these, Node hangs up on a server that switches to another protocol, and nothing is called ever again.
      .on('upgrade', (_, socket) => socket.destroy())
      .on('close', () => reject(unreachable('no response')))
      .end()
  })
}

/**
 * Resolves a name, and fails if any of its addresses is private, so that it does not matter which one is used. If they may
 * be, a name that has both kinds, which no honest one has, is taken to be public.
 */
function checkedLookup(resolve: Resolve, isPrivate: (ip: string) => boolean, mayBePrivate: boolean): LookupFunction {
  const find = callbackify(async (host: string) => {
    const found = await resolve(host, { all: true })
    const publicOnes = found.filter(({ address }) => !isPrivate(address))
    if (mayBePrivate) return publicOnes.length > 0 ? publicOnes : found
    if (found.length === 0 || publicOnes.length < found.length) throw ownNetwork()
    return found
  })
  return (host, { all }, done) =>
    find(host, (error, found) => {
      const [first] = found ?? []
      if (error || !first) done(error, '')
      else if (all) done(null, found)
      else done(null, first.address, first.family)
    })
}

/** A numeric address is not looked up, so it is checked here. */
function refusePrivateNumber(address: URL, isPrivate: (ip: string) => boolean): void {
  const ip = ipAddressIn(address)
  if (ip !== null && isPrivate(ip)) throw ownNetwork()
}

function ownNetwork(): DescryError {
  return new DescryError('no-permission', {
    message: t('pictures.address-private'),
    next: t('pictures.save-first')
  })
}

function webAddress(url: string, base?: URL): URL {
  const address = URL.parse(url, base?.href)
  if (!address) throw unreachable('not an address')
  if (address.protocol !== 'http:' && address.protocol !== 'https:')
    throw new DescryError('unsupported', {
      message: t('pictures.address-not-web'),
      next: t('pictures.save-as-file')
    })
  return address
}

function refusal(status: number): DescryError {
  if (status === 404 || status === 410) return new DescryError('not-found')
  if (status === 401 || status === 403)
    return new DescryError('no-permission', { message: t('pictures.address-login'), next: t('pictures.save-first') })
  return unreachable(`status ${status}`)
}

function unreachable(cause: unknown): DescryError {
  return new DescryError('not-found', {
    message: t('pictures.address-unreachable'),
    next: t('pictures.check-address'),
    cause
  })
}

/** Counts bytes while they arrive, since a server may announce no length, or a wrong one. */
async function readBody(response: IncomingMessage): Promise<Uint8Array> {
  if (Number(response.headers['content-length'] ?? 0) > maxPictureBytes) {
    response.destroy()
    throw tooManyBytes()
  }
  const { 'content-type': type = 'image/*', 'content-encoding': encoding = '' } = response.headers
  let isPromising = encoding !== '' || usualTypes.test(type)
  const chunks: Uint8Array[] = []
  let total = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    total += chunk.length
    // Leaving the loop destroys the stream.
    if (total > maxPictureBytes) throw tooManyBytes()
    chunks.push(chunk)
    if (isPromising || total < headBytes) continue
    if (!isPicture(Buffer.concat(chunks, total))) throw noPicture()
    isPromising = true
  }
  const bytes = await unpacked(Buffer.concat(chunks, total), encoding)
  if (!isPromising && !isPicture(bytes)) throw noPicture()
  return bytes
}

function isPicture(bytes: Uint8Array): boolean {
  return isPdf(bytes) || isPictureHead(bytes)
}

function noPicture(): DescryError {
  return new DescryError('unsupported', {
    message: t('pictures.address-no-picture'),
    next: t('pictures.check-address')
  })
}

const unpackers: Record<string, (bytes: Uint8Array, limit: { maxOutputLength: number }) => Promise<Buffer>> = {
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
  zstd: promisify(zstdDecompress)
}

/** Some servers compress although asked not to, and some only say so. Errors: too-large. */
async function unpacked(bytes: Uint8Array, encoding: string): Promise<Uint8Array> {
  const unpack = isGzip(bytes) ? promisify(gunzip) : unpackers[encoding.trim().toLowerCase()]
  if (!unpack || isPicture(bytes)) return bytes
  try {
    return await unpack(bytes, { maxOutputLength: maxPictureBytes })
  } catch (error) {
    if (error instanceof RangeError) throw tooManyBytes()
    throw error
  }
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b
}
