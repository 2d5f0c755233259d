import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import { afterEach, describe, expect, it, test, vi } from 'vitest'
import { keepOffProxy, requireSafeAddress } from '#adapters/providers/provider-request.ts'
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

describe('what may be sent where', () => {
  afterEach(() => {
    vi.unstubAllEnvs()
  })
  const hosts: Record<string, string[]> = {
    'models.example': ['93.184.215.14'],
    'nas.home': ['192.168.1.5', 'fd12::5'],
    'both.example': ['192.168.1.5', '93.184.215.14']
  }
  const resolve = async (host: string): Promise<string[]> => {
    const found = hosts[host]
    if (!found) throw new Error(`getaddrinfo ENOTFOUND ${host}`)
    return found
  }
  const outcome = (address: string, apiKey: string | null): Promise<string> =>
    requireSafeAddress(address, apiKey, resolve).then(
      () => 'sent',
      (error: { code: string; message: string }) => `${error.code}: ${error.message}`
    )
  const outside = 'no-permission: This address is not encrypted and outside your network.'
  const keyStays = 'no-permission: This address is not encrypted, so the key was not sent.'

  it.each([
    ['https://models.example/v1', 'sent', 'sent'],
    ['https://93.184.215.14/v1', 'sent', 'sent'],
    ['http://127.0.0.1:1234/v1', 'sent', 'sent'],
    ['http://localhost:1234/v1', 'sent', 'sent'],
    ['http://[::1]:1234/v1', 'sent', 'sent'],
    ['http://192.168.1.5/v1', 'sent', keyStays],
    ['http://nas.home/v1', 'sent', keyStays],
    ['http://[fd12::5]/v1', 'sent', keyStays],
    ['http://models.example/v1', outside, keyStays],
    ['http://both.example/v1', outside, keyStays],
    ['http://93.184.215.14/v1', outside, keyStays],
    ['http://0x5db8d70e/v1', outside, keyStays],
    ['http://[2606:4700::1111]/v1', outside, keyStays],
    ['http://missing.example/v1', 'provider-down: The provider cannot be reached.', keyStays]
  ])('%s: without a key %s, with one %s', async (address, withoutKey, withKey) => {
    expect(await outcome(address, null)).toBe(withoutKey)
    expect(await outcome(address, 'sk-1')).toBe(withKey)
  })

  it('sends nothing to another computer while certificates are not checked', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
    const refused = 'no-permission: NODE_TLS_REJECT_UNAUTHORIZED turns off certificate checks.'
    expect(await outcome('https://models.example/v1', 'sk-1')).toBe(refused)
    expect(await outcome('https://models.example/v1', null)).toBe(refused)
    expect(await outcome('https://localhost:8443/v1', 'sk-1')).toBe('sent')
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '1')
    expect(await outcome('https://models.example/v1', 'sk-1')).toBe('sent')
  })
})
