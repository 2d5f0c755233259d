import { afterEach, describe, expect, it } from 'vitest'
import { listModels } from '#adapters/providers/model-list.ts'
import { startLoopbackServer, type LoopbackServer } from '#test/loopback-server.ts'
import { startModelServer } from '#test/model-server.ts'

const signal = new AbortController().signal
let server: LoopbackServer | null = null
afterEach(async () => {
  await server?.close()
  server = null
})

async function list(body: string, status = 200) {
  server = await startLoopbackServer((_, response) => void response.writeHead(status).end(body))
  return listModels(`http://127.0.0.1:${server.port}/v1`, { apiKey: 'sk-secret', signal })
}

describe('the list of models', () => {
  it('says when a model shuts down, however the date is written', async () => {
    const dates = ['2027-01-14', '2027-01-14T00:00:00Z', 1_799_884_800, 'soon', undefined]
    const data = dates.map((shutdown_date, index) => ({ id: `m${index}`, shutdown_date }))
    expect((await list(JSON.stringify({ data }))).map(({ shutdownDate }) => shutdownDate)).toEqual([
      '2027-01-14',
      '2027-01-14',
      '2027-01-14',
      null,
      null
    ])
  })

  it('sends the key in the header that the provider needs, and follows no redirect', async () => {
    const seen: (string | string[] | undefined)[] = []
    server = await startLoopbackServer((request, response) => {
      seen.push(request.headers.authorization ?? request.headers['x-api-key'])
      response.writeHead(307, { location: 'http://127.0.0.1:9/v1/models' }).end()
    })
    const baseUrl = `http://127.0.0.1:${server.port}/v1/`
    for (const keyHeader of ['authorization', 'x-api-key'] as const) {
      await expect(listModels(baseUrl, { apiKey: 'sk-1', keyHeader, signal })).rejects.toMatchObject({
        code: 'bad-answer'
      })
    }
    expect(seen).toEqual(['Bearer sk-1', 'sk-1'])
    expect(server.requests).toEqual(['GET /v1/models', 'GET /v1/models'])
  })

  it.each([
    [401, '{"error":{"message":"Incorrect API key: sk-secret"}}', 'bad-key'],
    [429, '[{"error":{"code":429,"message":"Slow down.","status":"RESOURCE_EXHAUSTED"}}]', 'rate-limited'],
    [500, 'Internal error', 'provider-down'],
    [404, '<html>Nothing here</html>', 'bad-answer'],
    [200, '<html>Hello</html>', 'bad-answer'],
    [200, '{"data":{}}', 'bad-answer'],
    [200, 'null', 'bad-answer']
  ])('%i %s is %s, without the key', async (status, body, code) => {
    const failure = await list(body, status).catch((error: unknown) => error as Error)
    expect(failure).toMatchObject({ code })
    expect(String((failure as Error).cause)).not.toContain('sk-secret')
  })

  it('never sends a key over plain http to another computer', async () => {
    await expect(listModels('http://provider.example/v1', { apiKey: 'sk', signal })).rejects.toMatchObject({
      code: 'no-permission'
    })
  })

  it('reports an outage when nothing answers, and an abort as an abort', async () => {
    const gone = await startModelServer()
    await gone.close()
    await expect(listModels(gone.baseUrl, { apiKey: null, signal })).rejects.toMatchObject({ code: 'provider-down' })
    await expect(listModels(gone.baseUrl, { apiKey: null, signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: 'AbortError'
    })
  })
})
