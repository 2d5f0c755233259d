import { DescryError, isAbort } from '#shared/errors.ts'
import { maxPictureBytes, readPictureHeader, tooManyBytes } from './picture-header.ts'

/** The whole fetch, redirects and body included. */
const defaultLimitMs = 20_000
const maxRedirects = 5

/** Types under which servers hand out pictures; the bytes decide in the end. */
const possibleTypes = /^(?:image\/|application\/octet-stream|binary\/octet-stream|application\/pdf|video\/mp4)/iu

/**
 * The bytes of the picture at an http(s) address; at most 100 MB, 5 redirects and `limitMs` in all.
 * Errors: not-found (404, 410, unreachable, no such address), timed-out, too-large, unsupported (not a picture type),
 * bad-image, no-permission (the server wants a login); an AbortError when the signal fired.
 */
export async function fetchPicture(url: string, signal?: AbortSignal, limitMs = defaultLimitMs): Promise<Uint8Array> {
  const timeLimit = AbortSignal.timeout(limitMs)
  try {
    const response = await follow(url, signal ? AbortSignal.any([signal, timeLimit]) : timeLimit)
    const type = response.headers.get('content-type')
    if (type !== null && !possibleTypes.test(type)) {
      await response.body?.cancel()
      throw new DescryError('unsupported', { message: 'The address does not lead to a picture.', next: 'Check it.' })
    }
    const bytes = await readBody(response)
    readPictureHeader(bytes)
    return bytes
  } catch (error) {
    if (error instanceof DescryError) throw error
    if (signal?.aborted) throw isAbort(error) ? error : new DOMException('Fetching was stopped.', 'AbortError')
    if (timeLimit.aborted) throw new DescryError('timed-out', { message: 'The address took too long.', cause: error })
    throw unreachable(error)
  }
}

/** Redirects are followed by hand: each step is checked, and fetch's own limit is 20. */
async function follow(url: string, signal: AbortSignal): Promise<Response> {
  let address = webAddress(url)
  for (let step = 0; step <= maxRedirects; step += 1) {
    const response = await fetch(address, { redirect: 'manual', signal, headers: { accept: 'image/*,*/*;q=0.5' } })
    const location = response.headers.get('location')
    if (response.ok) return response
    await response.body?.cancel()
    if (response.status < 300 || response.status >= 400 || location === null) throw refusal(response.status)
    address = webAddress(location, address)
  }
  throw unreachable('too many redirects')
}

function webAddress(url: string, base?: URL): URL {
  const address = URL.parse(url, base?.href)
  if (!address) throw unreachable('not an address')
  if (address.protocol !== 'http:' && address.protocol !== 'https:')
    throw new DescryError('unsupported', {
      message: 'Only http and https addresses are fetched.',
      next: 'Save the picture as a file.'
    })
  return address
}

function refusal(status: number): DescryError {
  if (status === 404 || status === 410) return new DescryError('not-found')
  if (status === 401 || status === 403)
    return new DescryError('no-permission', { message: 'The address needs a login.', next: 'Save the picture first.' })
  return unreachable(`status ${status}`)
}

function unreachable(cause: unknown): DescryError {
  return new DescryError('not-found', {
    message: 'The address could not be reached.',
    next: 'Check the address.',
    cause
  })
}

/** Counted while it streams: a server may announce no length, or a wrong one. */
async function readBody(response: Response): Promise<Uint8Array> {
  if (Number(response.headers.get('content-length') ?? 0) > maxPictureBytes) {
    await response.body?.cancel()
    throw tooManyBytes()
  }
  const chunks: Uint8Array[] = []
  let total = 0
  for await (const chunk of response.body ?? []) {
    total += chunk.length
    // Leaving the loop cancels the stream.
    if (total > maxPictureBytes) throw tooManyBytes()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, total)
}
