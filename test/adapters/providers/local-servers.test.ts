import { text } from 'node:stream/consumers'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { findLocalServers, type LocalServer } from '#adapters/providers/local-servers.ts'
import { startLoopbackServer, type LoopbackServer } from '#test/loopback-server.ts'

const open: LoopbackServer[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()))
})

async function serve(answer: RequestListener): Promise<LoopbackServer> {
  const server = await startLoopbackServer(answer)
  open.push(server)
  return server
}

const json = (response: ServerResponse, value: unknown, status = 200): void =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
const list = (...ids: string[]) => ({ object: 'list', data: ids.map((id) => ({ id, object: 'model' })) })

const ollama: RequestListener = (request, response) => {
  if (request.url === '/v1/models') return json(response, list('gemma3:latest', 'llama3:8b', 'nomic-embed-text:latest'))
  if (request.url !== '/api/show') return json(response, {}, 404)
  void showModel(request, response)
}
async function showModel(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { model } = JSON.parse(await text(request)) as { model: string }
  const capabilities = { g: ['completion', 'vision'], l: ['completion', 'tools'], n: ['embedding'] }
  json(response, { capabilities: capabilities[model[0] as 'g'] })
}
const lmStudio: RequestListener = (request, response) => {
  if (request.url === '/v1/models') return json(response, list('qwen2.5-vl-7b', 'mistral', 'embedder', 'new'))
  if (request.url === '/api/v1/models') return json(response, { error: 'Unexpected endpoint' })
  json(response, {
    data: [
      { id: 'qwen2.5-vl-7b', type: 'vlm' },
      { id: 'mistral', type: 'llm' },
      { id: 'embedder', type: 'embeddings' }
    ]
  })
}
const llamaCpp: RequestListener = (request, response) => {
  if (request.url === '/v1/models') return json(response, { data: [{ id: 'gemma.gguf', owned_by: 'llamacpp' }] })
  json(response, { modalities: { vision: true, audio: false } })
}

/** A port on which nobody listens. */
async function unusedPort(): Promise<number> {
  const server = await startLoopbackServer(() => undefined)
  await server.close()
  return server.port
}

async function find(answers: {
  ollama?: RequestListener
  lmStudio?: RequestListener
  llamaCpp?: RequestListener
  host?: string
}): Promise<{ found: LocalServer[]; tookMs: number }> {
  const port = async (answer: RequestListener | undefined): Promise<number> =>
    answer ? (await serve(answer)).port : unusedPort()
  const ports = {
    ollama: await port(answers.ollama),
    lmStudio: await port(answers.lmStudio),
    llamaCpp: await port(answers.llamaCpp)
  }
  const before = performance.now()
  const found = await findLocalServers({ env: { OLLAMA_HOST: answers.host }, ports })
  return { found, tookMs: performance.now() - before }
}

describe('servers on this computer', () => {
  it("do not include Ollama's cloud models, since a picture would leave this computer", async () => {
    const withCloud: RequestListener = (request, response) => {
      if (request.url === '/v1/models')
        return json(response, list('gemma3', 'qwen3-vl:235b-cloud', 'kimi:cloud', 'renamed'))
      void text(request).then((body) =>
        json(response, {
          capabilities: ['completion', 'vision'],
          ...(body.includes('renamed') && { remote_model: 'qwen3-vl:235b', remote_host: 'https://ollama.com:443' })
        })
      )
    }
    const { found } = await find({ ollama: withCloud })
    expect(found[0]?.models).toEqual([{ id: 'gemma3', seesPictures: true }])
  })

  it('are found, with their models and whether they can see pictures', async () => {
    const { found } = await find({ ollama, lmStudio, llamaCpp })
    expect(found.map(({ provider, models }) => ({ provider, models }))).toEqual([
      {
        provider: 'ollama',
        models: [
          { id: 'gemma3:latest', seesPictures: true },
          { id: 'llama3:8b', seesPictures: false }
        ]
      },
      {
        provider: 'lm-studio',
        models: [
          { id: 'qwen2.5-vl-7b', seesPictures: true },
          { id: 'mistral', seesPictures: false },
          { id: 'new', seesPictures: null }
        ]
      },
      { provider: 'llama-cpp', models: [{ id: 'gemma.gguf', seesPictures: true }] }
    ])
    expect(found[0]?.baseUrl).toBe(`http://127.0.0.1:${open[0]?.port}/v1`)
  })

  it('are read from LM Studio’s newer list, too', async () => {
    const { found } = await find({
      lmStudio(request, response) {
        if (request.url === '/v1/models') return json(response, list('gemma', 'phi', 'embedder'))
        if (request.url === '/api/v0/models') return json(response, {}, 404)
        const models = [
          { type: 'llm', key: 'gemma', capabilities: { vision: true } },
          { type: 'llm', key: 'phi', capabilities: { vision: false } },
          { type: 'embedding', key: 'embedder' }
        ]
        json(response, { models })
      }
    })
    expect(found[0]?.models).toEqual([
      { id: 'gemma', seesPictures: true },
      { id: 'phi', seesPictures: false }
    ])
  })

  it('are none when none is running', async () => {
    expect((await find({})).found).toEqual([])
  })

  it('of an unknown kind, whose models may or may not see pictures, are found too', async () => {
    const { found } = await find({ llamaCpp: (_, response) => json(response, list('something')) })
    expect(found).toMatchObject([{ provider: 'custom', models: [{ id: 'something', seesPictures: null }] }])
  })

  it('are found where OLLAMA_HOST says, and no other computer is asked', async () => {
    const elsewhere = await serve(ollama)
    for (const host of [
      `127.0.0.1:${elsewhere.port}`,
      `:${elsewhere.port}`,
      `0.0.0.0:${elsewhere.port}`,
      `http://localhost:${elsewhere.port}/`
    ]) {
      const { found } = await find({ host })
      expect(found, host).toMatchObject([{ provider: 'ollama', baseUrl: `http://127.0.0.1:${elsewhere.port}/v1` }])
    }
    for (const host of ['ollama.example:11434', 'https://localhost:1', 'x y', '']) {
      expect((await find({ host })).found, host).toEqual([])
    }
  })

  it('are sent the names of their own models and nothing else', async () => {
    await find({ ollama, lmStudio, llamaCpp })
    expect(open.map(({ requests }) => new Set(requests))).toEqual([
      new Set(['GET /v1/models', 'POST /api/show']),
      new Set(['GET /v1/models', 'GET /api/v0/models', 'GET /api/v1/models']),
      new Set(['GET /v1/models', 'GET /props'])
    ])
  })
})

describe('something that is not such a server', () => {
  it.each<[string, RequestListener]>([
    ['never answers', () => undefined],
    ['stops in the middle', (_, response) => void response.writeHead(200).write('{"data":[')],
    ['serves a page', (_, response) => void response.end('<html>Router login</html>')],
    ['has other JSON', (_, response) => json(response, { data: 'none' })],
    ['wants a key', (_, response) => json(response, { error: 'Unauthorized' }, 401)],
    ['points elsewhere', (_, response) => void response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end()],
    ['hangs up', (request) => void request.socket.destroy()],
    [
      'never ends',
      (_, response) => {
        const more = (): void => {
          while (!response.destroyed && response.write('"'.repeat(65_536)));
        }
        response.writeHead(200)
        response.on('drain', more)
        more()
      }
    ]
  ])('%s: is ignored, and the others are found in time', async (_, answer) => {
    const { found, tookMs } = await find({ ollama: answer, lmStudio })
    expect(found.map(({ provider }) => provider)).toEqual(['lm-studio'])
    // 300 ms for each of two questions; the rest is for a busy machine.
    expect(tookMs).toBeLessThan(10_000)
  })

  it('an Ollama that says nothing about its models still lists them', async () => {
    const { found } = await find({
      ollama: (request, response) => {
        if (request.url === '/v1/models') json(response, list('gemma3:latest'))
      }
    })
    expect(found).toMatchObject([{ models: [{ id: 'gemma3:latest', seesPictures: null }] }])
  })
})
