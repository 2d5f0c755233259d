import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fetchPicture } from '#adapters/picture-address.ts'
import { bombPicture, cornerPicture } from '#test/pictures.ts'

let server: Server
let base = ''
let picture: Uint8Array
const asked: string[] = []
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
  '/short': (_, response) => response.setHeader('content-type', 'image/png').end(picture.subarray(0, 60)),
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

describe('an address', () => {
  it.each(['/picture.png', '/untyped', '/download', '/slowly', '/once'])(
    'gives the bytes of its picture: %s',
    async (path) => {
      expect(Buffer.from(picture).equals(await fetchPicture(base + path))).toBe(true)
    }
  )

  it.each([
    ['/missing', 'not-found', 'The picture was not found.'],
    ['/gone', 'not-found', 'The picture was not found.'],
    ['/broken', 'not-found', 'The address could not be reached.'],
    ['/half', 'not-found', 'The address could not be reached.'],
    ['/loop', 'not-found', 'The address could not be reached.'],
    ['/to-nowhere', 'not-found', 'The address could not be reached.'],
    ['/login', 'no-permission', 'The address needs a login.'],
    ['/page', 'unsupported', 'The address does not lead to a picture.'],
    ['/pdf', 'unsupported', 'PDF files are not supported.'],
    ['/to-file', 'unsupported', 'Only http and https addresses are fetched.'],
    ['/to-data', 'unsupported', 'Only http and https addresses are fetched.'],
    ['/liar.png', 'bad-image', 'The picture is damaged or not a picture.'],
    ['/short', 'bad-image', 'The picture is damaged or not a picture.'],
    ['/bomb.png', 'too-large', 'The picture is too large: 60000 by 60000 pixels.'],
    ['/says-huge', 'too-large', 'The picture is too large: more than 100 megabytes.']
  ])('fails as it should: %s', async (path, code, message) => {
    await expect(fetchPicture(base + path)).rejects.toMatchObject({ name: 'DescryError', code, message })
  })

  it('is followed through five redirects at most', async () => {
    asked.length = 0
    await expect(fetchPicture(`${base}/loop`)).rejects.toMatchObject({ code: 'not-found' })
    expect(asked).toHaveLength(6)
  })

  it.each(['file:///etc/hostname', 'ftp://127.0.0.1/a.png', 'data:image/png;base64,AAAA'])(
    'is refused unless it is http or https: %s',
    async (url) => {
      await expect(fetchPicture(url)).rejects.toMatchObject({ code: 'unsupported' })
    }
  )

  it('is not found when it is none, or nobody answers there', async () => {
    for (const url of ['not an address', 'http://', 'http://127.0.0.1:1/a.png'])
      await expect(fetchPicture(url)).rejects.toMatchObject({
        code: 'not-found',
        message: 'The address could not be reached.'
      })
  })

  it.each(['/stall', '/stall-in-body', '/drip'])('has a time limit for all of it: %s', async (path) => {
    await expect(fetchPicture(base + path, undefined, 150)).rejects.toMatchObject({ code: 'timed-out' })
  })

  it('stops when asked, and hangs up', async () => {
    for (const path of ['/stall', '/stall-in-body']) {
      const [controller, before] = [new AbortController(), hungUp]
      const fetching = fetchPicture(base + path, controller.signal)
      setTimeout(() => controller.abort(), 100)
      await expect(fetching).rejects.toMatchObject({ name: 'AbortError' })
      await expect.poll(() => hungUp).toBeGreaterThan(before)
    }
    await expect(fetchPicture(`${base}/picture.png`, AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' })
  })

  it('is given up after 100 MB when it never ends', async () => {
    await expect(fetchPicture(`${base}/endless`)).rejects.toMatchObject({ code: 'too-large' })
    expect(endlessBytes).toBeLessThan(150_000_000)
  })
})
