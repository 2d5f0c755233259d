import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { keepOffProxy } from '#adapters/providers/provider-request.ts'
import { startModelServer } from '#test/model-server.ts'

test('requests to this computer do not go through a proxy', async () => {
  const server = await startModelServer()
  const asked: (string | undefined)[] = []
  const proxy = createServer((request) => asked.push(request.url))
  proxy.on('connect', (request, socket) => {
    asked.push(request.url)
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n')
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
  const program = `
    import { listModels } from '#adapters/providers/model-list.ts'
    const list = (baseUrl) => listModels(baseUrl, { apiKey: null, signal: AbortSignal.timeout(9000) })
    console.log(JSON.stringify(await list(process.argv[1])))
    await list('https://models.invalid/v1').catch(() => {})`
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '-e', program, server.baseUrl],
    { env: { ...process.env, NODE_USE_ENV_PROXY: '1', HTTP_PROXY: address, HTTPS_PROXY: address, no_proxy: '' } }
  )
  expect(stdout).toContain('gpt-4o-mini')
  expect(asked).toEqual(['models.invalid:443'])
  proxy.closeAllConnections()
  proxy.close()
  await server.close()
})

test.each([
  ['http://127.0.0.1:1234/v1', undefined, '127.0.0.1'],
  ['http://[::1]:1234/v1', '', '[::1]'],
  ['http://localhost/v1', '.example,10.0.0.1', '.example,10.0.0.1,localhost'],
  ['http://localhost/v1', 'localhost .example', 'localhost .example'],
  ['http://localhost/v1', '*', '*'],
  ['https://api.openai.com/v1', '.example', '.example']
])('%s with no_proxy %j makes it %j', (baseUrl, before, after) => {
  const env = before === undefined ? {} : { NO_PROXY: before }
  keepOffProxy(baseUrl, env)
  expect(env).toMatchObject(before === after ? { NO_PROXY: after } : { no_proxy: after })
})
