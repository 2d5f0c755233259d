import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { createServer as createTcpServer, type AddressInfo } from 'node:net'
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { fetchPicture, type FetchOptions, type Resolve } from '#adapters/pictures/picture-address.ts'
import { isPrivateAddress } from '#adapters/private-address.ts'
import { certifyLoopback, createAuthority } from '#test/certificates.ts'
import { bombPicture, cornerPicture } from '#test/pictures.ts'

/** As for what was typed on the command line: loopback is fine. */
const fetchTyped = (url: string, options: FetchOptions = {}): Promise<Uint8Array> =>
  fetchPicture(url, { ...options, mayBePrivate: true })

let server: Server
let base = ''
let picture: Uint8Array
const asked: string[] = []
const at = (host: string, path = '/picture.png'): string => `${base.replace('127.0.0.1', host)}${path}`
/** Bytes that the endless answer managed to hand over. */
let endlessBytes = 0
/** Connections that the client gave up. */
let hungUp = 0

const answers: Record<string, RequestListener> = {
  '/picture.png': (_, response) => response.setHeader('content-type', 'image/png').end(picture),
  '/untyped': (_, response) => response.end(picture),
  '/download': (_, response) => response.setHeader('content-type', 'application/octet-stream').end(picture),
  '/slowly': (_, response) => {
    response.write(picture.subarray(0, 40))
    setTimeout(() => response.end(picture.subarray(40)), 50)
  },
  '/as-text': (_, response) => response.setHeader('content-type', 'text/plain').end(picture),
  '/as-xml': (_, response) => response.setHeader('content-type', 'application/xml').end(picture),
  '/as-download': (_, response) => response.setHeader('content-type', 'application/x-download').end(picture),
  '/long-as-text': (_, response) =>
    response.setHeader('content-type', 'text/plain').end(Buffer.concat([picture, Buffer.alloc(60_000)])),
  '/gzip': (_, response) => response.setHeader('content-encoding', 'gzip').end(gzipSync(picture)),
  '/gzip-as-text': (_, response) =>
    response.writeHead(200, { 'content-encoding': 'GZIP', 'content-type': 'text/plain' }).end(gzipSync(picture)),
  '/gzip-unsaid': (_, response) => response.setHeader('content-type', 'image/png').end(gzipSync(picture)),
  '/gzip-untrue': (_, response) => response.setHeader('content-encoding', 'gzip').end(picture),
  '/deflate': (_, response) => response.setHeader('content-encoding', 'deflate').end(deflateSync(picture)),
  '/brotli': (_, response) => response.setHeader('content-encoding', 'br').end(brotliCompressSync(picture)),
  '/zstd': (_, response) => response.setHeader('content-encoding', 'zstd').end(zstdCompressSync(picture)),
  '/gzip-bomb': (_, response) =>
    response.setHeader('content-encoding', 'gzip').end(gzipSync(Buffer.alloc(100_000_001))),
  '/picky': ({ headers }, response) =>
    headers['user-agent']?.startsWith('Descry') ? response.end(picture) : response.writeHead(403).end(),
  '/long-page': (_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).write('<h1>Hello</h1>'.repeat(5000))
  },
  '/page': (_, response) => response.setHeader('content-type', 'text/html; charset=utf-8').end('<h1>Hello</h1>'),
  '/liar.png': (_, response) => response.setHeader('content-type', 'image/png').end('<h1>Hello</h1>'),
  '/bomb.png': (_, response) => response.setHeader('content-type', 'image/png').end(bombPicture()),
  '/pdf': (_, response) => response.setHeader('content-type', 'application/pdf').end('%PDF-1.7'),
  '/gone': (_, response) => response.writeHead(410).end(),
  '/login': (_, response) => response.writeHead(403).end('no'),
  '/broken': (_, response) => response.writeHead(500).end('stack trace'),
  '/half': (_, response) => {
    response.writeHead(200, { 'content-type': 'image/png', 'content-length': picture.length })
    response.write(picture.subarray(0, 60), () => response.destroy())
  },
  '/short': (_, response) => response.setHeader('content-type', 'image/png').end(picture.subarray(0, 30)),
  '/stall': (request) => request.on('close', () => (hungUp += 1)),
  '/stall-in-body': (request, response) => {
    response.writeHead(200, { 'content-type': 'image/png' }).write(picture.subarray(0, 60))
    request.socket.on('close', () => (hungUp += 1))
  },
  '/drip': (request, response) => {
    const drip = setInterval(() => response.write('x'), 20)
    request.socket.on('close', () => clearInterval(drip))
  },
  '/says-huge': (_, response) => {
    response.writeHead(200, { 'content-type': 'image/png', 'content-length': 300_000_000 })
    response.write('x')
  },
  '/endless': (_, response) => {
    response.writeHead(200, { 'content-type': 'image/png' })
    const block = Buffer.alloc(1_000_000)
    const pour = (): void => {
      while (!response.destroyed && response.write(block)) endlessBytes += block.length
    }
    response.on('drain', pour)
    pour()
  },
  '/once': (_, response) => response.writeHead(302, { location: 'picture.png' }).end(),
  '/loop': (_, response) => response.writeHead(301, { location: '/loop' }).end(),
  '/to-file': (_, response) => response.writeHead(302, { location: 'file:///etc/hostname' }).end(),
  '/to-data': (_, response) => response.writeHead(302, { location: 'data:image/png;base64,AAAA' }).end(),
  '/to-loopback': (_, response) => response.writeHead(302, { location: at('127.0.0.2') }).end(),
  '/to-name': (_, response) => response.writeHead(307, { location: at('inside.example') }).end(),
  '/to-nowhere': (_, response) => response.writeHead(302).end()
}

beforeAll(async () => {
  picture = await cornerPicture('png')
  server = createServer((request, response) => {
    asked.push(request.url ?? '')
    const answer = answers[request.url ?? ''] ?? ((_, missing) => missing.writeHead(404).end())
    answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

describe('an address that was typed', () => {
  it('may lead to a PDF', async () => {
    expect(Buffer.from(await fetchPicture(`${base}/pdf`, { mayBePrivate: true })).toString()).toBe('%PDF-1.7')
  })

  const usual = ['/picture.png', '/untyped', '/download', '/slowly', '/once', '/picky']
  const mistyped = ['/as-text', '/as-xml', '/as-download']
  const packed = ['/gzip', '/gzip-as-text', '/gzip-unsaid', '/gzip-untrue', '/deflate', '/brotli', '/zstd']
  it.each([...usual, ...mistyped, ...packed])('gives the bytes of its picture: %s', async (path) => {
    expect(Buffer.from(picture).equals(await fetchTyped(base + path))).toBe(true)
  })

  it.each([
    ['/missing', 'not-found', 'The picture was not found.'],
    ['/gone', 'not-found', 'The picture was not found.'],
    ['/broken', 'not-found', 'The address could not be reached.'],
    ['/half', 'not-found', 'The address could not be reached.'],
    ['/loop', 'not-found', 'The address could not be reached.'],
    ['/to-nowhere', 'not-found', 'The address could not be reached.'],
    ['/login', 'no-permission', 'This website requires you to sign in.'],
    ['/page', 'unsupported', 'This address does not lead to a picture.'],
    ['/long-page', 'unsupported', 'This address does not lead to a picture.'],
    ['/gzip-bomb', 'too-large', 'The picture is larger than 100 megabytes.'],
    ['/to-file', 'unsupported', 'Only http and https addresses can be opened.'],
    ['/to-data', 'unsupported', 'Only http and https addresses can be opened.'],
    ['/liar.png', 'bad-image', 'This is text, not a picture.'],
    ['/short', 'bad-image', 'This PNG file is damaged or incomplete.'],
    ['/bomb.png', 'too-large', 'The picture is too large: 60000 by 60000 pixels.'],
    ['/says-huge', 'too-large', 'The picture is larger than 100 megabytes.']
  ])('fails as it should: %s', async (path, code, message) => {
    await expect(fetchTyped(base + path)).rejects.toMatchObject({ name: 'DescryError', code, message })
  })

  it.each([
    ['another protocol', 'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n'],
    [
      'an upgrade, and half a body',
      'HTTP/1.1 200 OK\r\nconnection: upgrade\r\nupgrade: h2c\r\ncontent-length: 9\r\n\r\na'
    ],
    ['nothing', ''],
    ['half a head', 'HTTP/1.1 20'],
    ['a promise of an answer', 'HTTP/1.1 100 Continue\r\n\r\n'],
    ['half a chunk', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nab'],
    ['no HTTP at all', 'hello\r\n\r\n']
  ])('fails when the server hangs up after %s', async (_, head) => {
    const rude = createTcpServer((socket) => {
      socket.on('error', () => undefined)
      socket.once('data', () => socket.end(head))
    })
    await new Promise<void>((resolve) => rude.listen(0, '127.0.0.1', resolve))
    try {
      const address = `http://127.0.0.1:${(rude.address() as AddressInfo).port}/a.png`
      await expect(fetchTyped(address)).rejects.toMatchObject({ code: 'not-found' })
    } finally {
      rude.close()
    }
  })

  it('gives a long picture whose type is wrong', async () => {
    expect(await fetchTyped(`${base}/long-as-text`)).toHaveLength(picture.length + 60_000)
  })

  it('is followed through five redirects at most', async () => {
    asked.length = 0
    await expect(fetchTyped(`${base}/loop`)).rejects.toMatchObject({ code: 'not-found' })
    expect(asked).toHaveLength(6)
  })

  it.each(['file:///etc/hostname', 'ftp://127.0.0.1/a.png', 'data:image/png;base64,AAAA'])(
    'is refused unless it is http or https: %s',
    async (url) => {
      await expect(fetchTyped(url)).rejects.toMatchObject({ code: 'unsupported' })
    }
  )

  it('is not found when it is invalid, or nothing answers there', async () => {
    for (const url of ['not an address', 'http://', 'http://127.0.0.1:1/a.png'])
      await expect(fetchTyped(url)).rejects.toMatchObject({
        code: 'not-found',
        message: 'The address could not be reached.'
      })
  })

  it.each(['/stall', '/stall-in-body', '/drip'])('has a timeout for the whole fetch: %s', async (path) => {
    await expect(fetchTyped(base + path, { timeoutMs: 150 })).rejects.toMatchObject({ code: 'timed-out' })
  })

  it('stops when asked, and hangs up', async () => {
    for (const path of ['/stall', '/stall-in-body']) {
      const [controller, before] = [new AbortController(), hungUp]
      const fetching = fetchTyped(base + path, { signal: controller.signal })
      setTimeout(() => controller.abort(), 100)
      await expect(fetching).rejects.toMatchObject({ name: 'AbortError' })
      await expect.poll(() => hungUp).toBeGreaterThan(before)
    }
    await expect(fetchTyped(`${base}/picture.png`, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: 'AbortError'
    })
  })

  it('is abandoned after 100 MB if it never ends', async () => {
    await expect(fetchTyped(`${base}/endless`)).rejects.toMatchObject({ code: 'too-large' })
    expect(endlessBytes).toBeLessThan(150_000_000)
  })
})

describe('an address from the clipboard', () => {
  /** 127.0.0.1 stands for the public internet, all else of 127.0.0.0/8 for the user's own network. */
  const isPrivate = (ip: string): boolean => ip !== '127.0.0.1' && isPrivateAddress(ip)
  const refused = { code: 'no-permission', message: 'This address is on your own network.' }
  const names = (table: Record<string, string[]>): { asked: string[]; resolve: Resolve } => {
    const asked: string[] = []
    const resolve: Resolve = async (host) => {
      asked.push(host)
      return (table[host] ?? []).map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
    }
    return { asked, resolve }
  }

  it.each(['127.0.0.1', '127.1', '0x7f000001', '2130706433', '[::1]', '[::ffff:127.0.0.1]', 'localhost'])(
    'never reaches this computer: %s',
    async (host) => {
      asked.length = 0
      await expect(fetchPicture(at(host))).rejects.toMatchObject(refused)
      expect(asked).toEqual([])
    }
  )

  it('is fetched from the public internet', async () => {
    const { resolve } = names({ 'pictures.example': ['127.0.0.1'] })
    const bytes = await fetchPicture(at('pictures.example'), { resolve, isPrivate })
    expect(Buffer.from(picture).equals(bytes)).toBe(true)
  })

  it('is refused when any address of its name is private', async () => {
    const { resolve } = names({ 'mixed.example': ['127.0.0.1', '10.0.0.1'], router: ['192.168.1.1'] })
    await expect(fetchPicture(at('mixed.example'), { resolve, isPrivate })).rejects.toMatchObject(refused)
    await expect(fetchPicture(at('router'), { resolve, isPrivate })).rejects.toMatchObject(refused)
  })

  it('connects to the address that was checked, without another lookup', async () => {
    const answers = [['127.0.0.1'], ['127.0.0.2']]
    let lookups = 0
    const resolve: Resolve = async () => {
      lookups += 1
      return (answers.shift() ?? []).map((address) => ({ address, family: 4 }))
    }
    const bytes = await fetchPicture(at('rebinding.example'), { resolve, isPrivate })
    expect(Buffer.from(picture).equals(bytes)).toBe(true)
    expect(lookups).toBe(1)
    // Now the name has moved into the own network.
    await expect(fetchPicture(at('rebinding.example'), { resolve, isPrivate })).rejects.toMatchObject(refused)
  })

  it.each(['/to-loopback', '/to-name'])('is checked again at each redirect: %s', async (path) => {
    const { resolve, asked: looked } = names({ 'pictures.example': ['127.0.0.1'], 'inside.example': ['127.0.0.2'] })
    asked.length = 0
    await expect(fetchPicture(at('pictures.example', path), { resolve, isPrivate })).rejects.toMatchObject(refused)
    expect(asked).toEqual([path])
    expect(looked.length).toBe(path === '/to-name' ? 2 : 1)
  })
})

describe('an address on the public internet that was typed', () => {
  const found = (...addresses: string[]): Resolve => {
    return async () => addresses.map((address) => ({ address, family: 4 }))
  }

  it.each(['/to-loopback', '/to-name'])('never leads into the own network: %s', async (path) => {
    const isPrivate = (ip: string): boolean => ip !== '127.0.0.1'
    const resolve: Resolve = (host) => found(host === 'inside.example' ? '127.0.0.2' : '127.0.0.1')(host, { all: true })
    asked.length = 0
    for (const host of ['pictures.example', '127.0.0.1'])
      await expect(fetchTyped(at(host, path), { resolve, isPrivate })).rejects.toMatchObject({ code: 'no-permission' })
    expect(asked).toEqual([path, path])
  })

  it('may be in the own network and lead within it', async () => {
    const isPrivate = (): boolean => true
    expect(await fetchTyped(at('nas.home', '/to-name'), { resolve: found('127.0.0.1'), isPrivate })).toHaveLength(
      picture.length
    )
  })

  it('is not opened with a certificate that nobody vouches for, whatever the environment says', async () => {
    const { certificate, key } = certifyLoopback(createAuthority('Nobody'))
    let requests = 0
    const secure = createSecureServer({ cert: certificate, key }, (_, response) => {
      requests += 1
      response.end(picture)
    })
    await new Promise<void>((resolve) => secure.listen(0, '127.0.0.1', resolve))
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
    try {
      const address = `https://127.0.0.1:${(secure.address() as AddressInfo).port}/picture.png`
      await expect(fetchTyped(address)).rejects.toMatchObject({ code: 'not-found' })
      expect(requests).toBe(0)
    } finally {
      vi.unstubAllEnvs()
      secure.close()
    }
  })

  it('may lead to another one', async () => {
    const bytes = await fetchTyped(at('pictures.example', '/once'), {
      resolve: found('127.0.0.1'),
      isPrivate: () => false
    })
    expect(bytes).toHaveLength(picture.length)
  })

  it('is not asked at an own address that its name has besides', async () => {
    const isPrivate = (ip: string): boolean => ip === '127.0.0.1'
    asked.length = 0
    // Nobody listens at the public one.
    await expect(
      fetchTyped(at('both.example'), { resolve: found('127.0.0.1', '127.0.0.9'), isPrivate })
    ).rejects.toMatchObject({ code: 'not-found' })
    expect(asked).toEqual([])
    expect(await fetchTyped(at('nas.home'), { resolve: found('127.0.0.1'), isPrivate })).toHaveLength(picture.length)
  })
})

describe('private addresses', () => {
  const own = [
    '0.0.0.0 10.1.2.3 100.64.0.1 127.0.0.53 169.254.169.254 172.16.0.1 172.31.255.255 192.168.0.1 198.18.0.1',
    '224.0.0.251 240.0.0.1 255.255.255.255 :: ::1 ::ffff:10.0.0.1 ::ffff:8.8.8.8 ::8.8.8.8 fe80::1 fe80::1%eth0',
    'fc00::1 fd12::1 ff02::fb 2001::1 2001:db8::1 2002:0a00:0001::1 64:ff9b::10.0.0.1 64:ff9b:1::1 fec0::1'
  ]
  it.each(own.flatMap((line) => line.split(' ')))('%s is', (ip) => expect(isPrivateAddress(ip)).toBe(true))

  it.each(['8.8.8.8', '100.63.255.255', '172.15.0.1', '172.32.0.1', '2606:4700::1111', '64:ff9b::8.8.8.8'])(
    '%s is not',
    (ip) => expect(isPrivateAddress(ip)).toBe(false)
  )
})
