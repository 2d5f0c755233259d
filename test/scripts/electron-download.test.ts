import { createHash } from 'node:crypto'
import { copyFile, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer, request, type Server } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { downloadEnvironment, downloadFailure } from '../../scripts/electron-download.ts'
import { fetchElectronRuntime } from '../../scripts/electron-runtime.ts'
import { t } from '#shared/messages/messages.ts'
import { startLoopbackServer, type LoopbackServer } from '#test/loopback-server.ts'

// Electron's own installer, with a stand-in for its package and for GitHub.
const root = join(import.meta.dirname, '../..')
const version = '45.4.1'
const artifact = `electron-v${version}-${process.platform}-${process.arch}.zip`

/** A zip file with one entry that is not compressed. */
function zipOf(name: string, content: Buffer): Buffer {
  const sizes = Buffer.alloc(18)
  sizes.writeUInt32LE(crc32(content), 4)
  sizes.writeUInt32LE(content.length, 8)
  sizes.writeUInt32LE(content.length, 12)
  sizes.writeUInt16LE(name.length, 16)
  const local = Buffer.concat([Buffer.from('PK\u0003\u0004\u0014\0\0\0\0\0', 'latin1'), sizes, Buffer.alloc(2)])
  const central = Buffer.concat([
    Buffer.from('PK\u0001\u0002\u0014\0\u0014\0\0\0\0\0', 'latin1'),
    sizes,
    Buffer.alloc(16)
  ])
  const end = Buffer.alloc(22)
  end.write('PK\u0005\u0006', 'latin1')
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(central.length + name.length, 12)
  end.writeUInt32LE(local.length + name.length + content.length, 16)
  return Buffer.concat([local, Buffer.from(name), content, central, Buffer.from(name), end])
}

const archive = zipOf('version', Buffer.from(version))

let folder: string
let mirror: LoopbackServer
/** What the mirror answers with. */
let reply: { status: number; body: Buffer }

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'descry-electron-'))
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction')
  mirror = await startLoopbackServer((_request, response) => response.writeHead(reply.status).end(reply.body))
})
afterAll(async () => {
  await mirror.close()
  await rm(folder, { recursive: true, force: true })
})

/** What is said while a download is slow, which depends on how busy this computer is. */
const progress: ReadonlySet<string> = new Set([t('shell.start.downloading'), t('shell.start.still-downloading')])

/** Runs the installer in a package of its own; what was told of its outcome, and whether it is installed. */
async function download(
  env: Record<string, string>
): Promise<{ told: string[]; hasWorked: boolean; installed: string | null }> {
  const copy = await mkdtemp(join(folder, 'package-'))
  await copyFile(join(root, 'node_modules/electron/install.js'), join(copy, 'install.js'))
  await writeFile(join(copy, 'package.json'), JSON.stringify({ version }))
  const sha256 = createHash('sha256').update(archive).digest('hex')
  await writeFile(join(copy, 'checksums.json'), JSON.stringify({ [artifact]: sha256 }))
  const told: string[] = []
  const hasWorked = await fetchElectronRuntime({
    installer: join(copy, 'install.js'),
    tell: (line) => void (progress.has(line) || told.push(line)),
    env: {
      PATH: process.env.PATH,
      SystemRoot: process.env.SystemRoot,
      ELECTRON_MIRROR: `http://127.0.0.1:${mirror.port}/`,
      electron_config_cache: join(copy, 'cache'),
      ...env
    }
  })
  const installed = await readFile(join(copy, 'dist/version'), 'utf8').catch(() => null)
  return { told, hasWorked, installed }
}

/** A port of this computer on which nothing listens. */
async function closedPort(): Promise<number> {
  const server = await startLoopbackServer(() => undefined)
  await server.close()
  return server.port
}

describe("Electron's installer", () => {
  it('installs what has the right checksum, without a word', async () => {
    reply = { status: 200, body: archive }
    expect(await download({})).toEqual({ told: [], hasWorked: true, installed: version })
  })

  it('refuses a file with another checksum', async () => {
    reply = { status: 200, body: zipOf('version', Buffer.from('other')) }
    expect(await download({})).toEqual({
      told: [
        'The download of Electron failed: its checksum is wrong, so it is damaged or not the original. Nothing was installed.'
      ],
      hasWorked: false,
      installed: null
    })
  })

  it('names the server and its answer', async () => {
    reply = { status: 503, body: Buffer.alloc(0) }
    const { told, hasWorked } = await download({})
    expect(hasWorked).toBe(false)
    expect(told).toEqual([`The download of Electron failed: 127.0.0.1:${mirror.port} answered 503.`])
  })

  it('says that there is no connection', async () => {
    const port = await closedPort()
    const { told } = await download({ ELECTRON_MIRROR: `http://127.0.0.1:${port}/` })
    expect(told).toEqual([`The download of Electron failed: no connection to 127.0.0.1:${port} (ECONNREFUSED).`])
  })

  it('names the proxy that cannot be reached, without its password', async () => {
    const port = await closedPort()
    const { told } = await download({ HTTPS_PROXY: `http://me:secret@127.0.0.1:${port}` })
    expect(told).toEqual([`The download of Electron failed at the proxy 127.0.0.1:${port} (ECONNREFUSED).`])
  })

  it('says when it cannot be saved', async () => {
    reply = { status: 200, body: archive }
    const file = join(folder, 'not-a-folder')
    await writeFile(file, '')
    const { told, hasWorked } = await download({ electron_config_cache: join(file, 'cache') })
    expect(hasWorked).toBe(false)
    expect(told).toEqual(['The download of Electron could not be saved (ENOTDIR).'])
  })
})

describe('through a proxy', () => {
  let proxy: Server
  /** What it was asked for. */
  const asked: string[] = []

  beforeAll(async () => {
    proxy = createServer((incoming, response) => {
      asked.push(`${incoming.method} ${incoming.url}`)
      const { pathname } = new URL(incoming.url ?? '')
      request({ port: mirror.port, path: pathname }, (answer) => answer.pipe(response)).end()
    })
    proxy.on('connect', (incoming, socket) => {
      asked.push(`CONNECT ${incoming.url}`)
      // Whatever the name, it is the mirror.
      const target = connect(mirror.port, '127.0.0.1', () => socket.write('HTTP/1.1 200 OK\r\n\r\n'))
      socket.pipe(target).pipe(socket)
      for (const end of [socket, target]) end.on('error', () => target.destroy())
    })
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  })
  afterAll(() => {
    proxy.closeAllConnections()
    proxy.close()
  })

  it.each(['HTTPS_PROXY', 'https_proxy', 'npm_config_https_proxy', 'npm_config_proxy'])(
    'named by %s, it is downloaded',
    async (name) => {
      reply = { status: 200, body: archive }
      asked.length = 0
      const { port } = proxy.address() as AddressInfo
      // A name that only the proxy can know.
      const { told, hasWorked, installed } = await download({
        ELECTRON_MIRROR: 'http://electron.invalid/',
        [name]: `http://127.0.0.1:${port}`
      })
      expect(told).toEqual([])
      expect({ hasWorked, installed }).toEqual({ hasWorked: true, installed: version })
      expect(asked[0]).toContain('electron.invalid')
    }
  )

  it('is not used for what NO_PROXY names', async () => {
    reply = { status: 200, body: archive }
    asked.length = 0
    const { port } = proxy.address() as AddressInfo
    const { hasWorked } = await download({ HTTPS_PROXY: `http://127.0.0.1:${port}`, NO_PROXY: '127.0.0.1' })
    expect(hasWorked).toBe(true)
    expect(asked).toEqual([])
  })
})

describe('the environment of the installer', () => {
  it("takes npm's settings where the user has set no variable", () => {
    expect(downloadEnvironment({ npm_config_cafile: '/ca.pem', npm_config_noproxy: 'intern' })).toEqual({
      npm_config_cafile: '/ca.pem',
      npm_config_noproxy: 'intern',
      NODE_USE_SYSTEM_CA: '1',
      NODE_EXTRA_CA_CERTS: '/ca.pem',
      no_proxy: 'intern'
    })
    const both = downloadEnvironment({ HTTPS_PROXY: 'http://mine', npm_config_proxy: 'http://npms' })
    expect(both.https_proxy).toBe('http://mine')
    expect(downloadEnvironment({ npm_config_proxy: 'null' })).not.toHaveProperty('ELECTRON_GET_USE_PROXY')
  })
})

describe('a failure', () => {
  const failed = (cause: object): string => `descry: download failed: ${JSON.stringify(cause)}\nTypeError: fetch failed`

  it('of a certificate says what to set', () => {
    expect(downloadFailure(failed({ host: 'github.com', code: 'SELF_SIGNED_CERT_IN_CHAIN' }), {})).toMatch(
      /^The download of Electron failed: the certificate of github\.com is not trusted \(SELF_SIGNED_CERT_IN_CHAIN\)\. .*NODE_EXTRA_CA_CERTS/u
    )
  })

  it('of an unknown kind ends with what the installer said', () => {
    const stack =
      'Error: Electron builds are not available on platform: haiku\n    at install.js:1:2\n\nNode.js v24.21.0\n'
    expect(downloadFailure(stack, {})).toBe(
      'The download of Electron failed: Error: Electron builds are not available on platform: haiku'
    )
  })
})
