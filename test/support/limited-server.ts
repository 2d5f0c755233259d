import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

export interface LimitedServer {
  readonly baseUrl: string
  /** How often each picture (by a digest of what was sent) was answered completely: what a provider bills. */
  readonly paid: Map<string, number>
  /** How often each was accepted: what a provider may bill even if the client has gone. */
  readonly asked: Map<string, number>
  readonly refused: number
  /** Answers that the limit allowed since the first request, and those that were given. */
  reached(): { allowed: number; answered: number; seconds: number }
  close(): Promise<void>
}

export interface Limits {
  /** Requests allowed at once, refilled steadily over `periodMs`, as OpenAI counts. */
  requests: number
  periodMs: number
  answerMs: number
}

/** A vision model with a rate limit that it states in its headers and enforces. */
export async function startLimitedServer({ requests, periodMs, answerMs }: Limits): Promise<LimitedServer> {
  const paid = new Map<string, number>()
  const asked = new Map<string, number>()
  let refused = 0
  let answered = 0
  let firstAtMs: number | null = null
  let lastAtMs = 0
  let level = requests
  let levelAtMs = performance.now()
  const perMs = requests / periodMs

  const respond = async (body: string, response: ServerResponse): Promise<void> => {
    const nowMs = performance.now()
    firstAtMs ??= nowMs
    level = Math.min(requests, level + (nowMs - levelAtMs) * perMs)
    levelAtMs = nowMs
    const isAllowed = level >= 1
    if (isAllowed) level -= 1
    const headers = {
      'x-ratelimit-limit-requests': String(requests),
      'x-ratelimit-remaining-requests': String(Math.max(0, Math.floor(level))),
      'x-ratelimit-reset-requests': `${Math.ceil((requests - level) / perMs)}ms`
    }
    if (!isAllowed) {
      refused += 1
      response.writeHead(429, {
        ...headers,
        'content-type': 'application/json',
        'retry-after-ms': String(Math.ceil((1 - level) / perMs))
      })
      response.end(JSON.stringify({ error: { message: 'Rate limit reached.', code: 'rate_limit_exceeded' } }))
      return
    }
    response.writeHead(200, { ...headers, 'content-type': 'text/event-stream' })
    const picture = createHash('sha256')
      .update(/"url":"data:[^"]+"/u.exec(body)?.[0] ?? body)
      .digest('hex')
    asked.set(picture, (asked.get(picture) ?? 0) + 1)
    await sleep(answerMs)
    const chunk = (rest: object): string =>
      `data: ${JSON.stringify({ id: 'x', object: 'chat.completion.chunk', created: 0, model: 'gpt-4o-mini', ...rest })}\n\n`
    response.write(
      chunk({
        choices: [
          {
            index: 0,
            delta: { content: `A picture, ${picture.slice(0, 8)}.\nTags: one, two, three` },
            finish_reason: null
          }
        ]
      })
    )
    response.write(chunk({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }))
    response.write(chunk({ choices: [], usage: { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 } }))
    response.end('data: [DONE]\n\n')
    if (response.destroyed) return
    answered += 1
    lastAtMs = performance.now()
    paid.set(picture, (paid.get(picture) ?? 0) + 1)
  }

  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => void respond(Buffer.concat(parts).toString('utf8'), response))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    paid,
    asked,
    get refused() {
      return refused
    },
    reached() {
      const elapsedMs = lastAtMs - (firstAtMs ?? lastAtMs)
      return { allowed: requests + elapsedMs * perMs, answered, seconds: elapsedMs / 1000 }
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    }
  }
}
