import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface BatchRequestLine {
  custom_id: string
  method: string
  url: string
  // oxlint-disable-next-line typescript/no-explicit-any -- tests reach into whatever was sent
  body: any
}

/** How a batch ends, given its requests: the lines of its two files, and its status. */
export type BatchPlan = (requests: BatchRequestLine[]) => {
  status: 'completed' | 'failed' | 'expired'
  answers?: object[]
  errors?: object[]
  messages?: string[]
  /** Of each message. */
  code?: string
}

export interface BatchServer {
  readonly baseUrl: string
  /** The requests of each batch that was made. */
  readonly made: BatchRequestLine[][]
  /** Ids of the files that are still there. */
  readonly files: ReadonlyMap<string, string>
  plan(plan: BatchPlan): void
  /** The next creation works, but its reply is lost. */
  loseNextReply(): void
  /** The next creation is refused with this status, or its connection cut before anything is created. */
  refuseNext(how: number | 'cut'): void
  /** The next file that is fetched is cut off halfway. */
  cutNextDownload(): void
  close(): Promise<void>
}

export function batchAnswer({ custom_id }: BatchRequestLine, content: string): object {
  const message = { role: 'assistant', content }
  const usage = { prompt_tokens: 1000, completion_tokens: 100, total_tokens: 1100 }
  const body = {
    id: 'x',
    object: 'chat.completion',
    model: 'gpt-4o-mini',
    choices: [{ index: 0, message, finish_reason: 'stop' }],
    usage
  }
  return { id: 'r', custom_id, response: { status_code: 200, request_id: 'q', body }, error: null }
}

/** OpenAI's files and batches, in memory. A batch ends when it is checked the second time. */
export async function startBatchServer(): Promise<BatchServer> {
  const files = new Map<string, string>()
  const batches = new Map<string, { marker: string; fileId: string; looks: number; requests: BatchRequestLine[] }>()
  const made: BatchRequestLine[][] = []
  let plan: BatchPlan = (requests) => ({
    status: 'completed',
    answers: requests.map((one) => batchAnswer(one, `Picture.\nTags: a`))
  })
  let losesReply = false
  let refusal: number | 'cut' | null = null
  let cutsDownload = false
  const names = new Map<string, string>()
  let uploads = 0

  const lines = (values: object[] = []): string => values.map((value) => `${JSON.stringify(value)}\n`).join('')
  const stateOf = (id: string): object => {
    const batch = batches.get(id)
    if (!batch) return {}
    const base = {
      id,
      input_file_id: batch.fileId,
      object: 'batch',
      endpoint: '/v1/chat/completions',
      metadata: { descry: batch.marker }
    }
    const total = batch.requests.length
    if (batch.looks < 2) return { ...base, status: 'in_progress', request_counts: { total, completed: 0, failed: 0 } }
    const { status, answers, errors, messages, code } = plan(batch.requests)
    if (answers) files.set(`out-${id}`, lines(answers))
    if (errors) files.set(`err-${id}`, lines(errors))
    return {
      ...base,
      status,
      request_counts: { total, completed: answers?.length ?? 0, failed: errors?.length ?? 0 },
      output_file_id: answers ? `out-${id}` : null,
      error_file_id: errors ? `err-${id}` : null,
      errors: messages ? { object: 'list', data: messages.map((message) => ({ message, code })) } : null
    }
  }
  const read = async (request: IncomingMessage): Promise<string> => {
    const parts: Buffer[] = []
    for await (const part of request as AsyncIterable<Buffer>) parts.push(part)
    return Buffer.concat(parts).toString('utf8')
  }

  const server = createServer((request, response) => {
    void read(request).then((body) => {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost')
      const send = (value: object): void => {
        response.writeHead(200, { 'content-type': 'application/json' })
        response.end(JSON.stringify(value))
      }
      const content = /^\/v1\/files\/(.+)\/content$/u.exec(pathname)?.[1]
      const batchId = /^\/v1\/batches\/(.+)$/u.exec(pathname)?.[1]
      if (content !== undefined) {
        const text = files.get(content) ?? ''
        if (!cutsDownload) return response.end(text)
        cutsDownload = false
        response.write(text.slice(0, text.length / 2), () => request.socket.destroy())
        return
      }
      if (request.method === 'DELETE') {
        files.delete(pathname.slice('/v1/files/'.length))
        return send({ deleted: true })
      }
      if (pathname === '/v1/files' && request.method === 'GET') {
        const data = [...names].filter(([id]) => files.has(id)).map(([id, filename]) => ({ id, filename }))
        return send({ object: 'list', has_more: false, data })
      }
      if (pathname === '/v1/files') {
        uploads += 1
        const id = `file-${uploads}`
        names.set(id, /filename="([^"]+)"/u.exec(body)?.[1] ?? '')
        files.set(
          id,
          body
            .split(/\r?\n/u)
            .filter((line) => line.startsWith('{"custom_id"'))
            .join('\n')
        )
        return send({ id, object: 'file', purpose: 'batch' })
      }
      if (pathname === '/v1/batches' && request.method === 'POST' && refusal !== null) {
        if (refusal === 'cut') request.socket.destroy()
        else response.writeHead(refusal, { 'content-type': 'application/json' }).end('{"error":{"message":"No."}}')
        refusal = null
        return
      }
      if (pathname === '/v1/batches' && request.method === 'POST') {
        const { input_file_id, metadata } = JSON.parse(body)
        const id = `batch-${batches.size + 1}`
        const requests = (files.get(input_file_id) ?? '')
          .split('\n')
          .map((line) => JSON.parse(line) as BatchRequestLine)
        batches.set(id, { marker: metadata.descry, fileId: input_file_id, looks: 0, requests })
        made.push(requests)
        if (!losesReply) return send(stateOf(id))
        losesReply = false
        return request.socket.destroy()
      }
      if (pathname === '/v1/batches')
        return send({ object: 'list', has_more: false, data: [...batches.keys()].map(stateOf) })
      const batch = batches.get(batchId ?? '')
      if (!batch) return response.writeHead(404).end('{}')
      batch.looks += 1
      return send(stateOf(batchId ?? ''))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    made,
    files,
    plan: (next) => void (plan = next),
    loseNextReply: () => void (losesReply = true),
    refuseNext: (how) => void (refusal = how),
    cutNextDownload: () => void (cutsDownload = true),
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    }
  }
}
