// @module-tag python3
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { run } from '#test/process.ts'
import { fetchNvdaClient } from '../../scripts/fetch-nvda-client.ts'

// A stand-in archive of the same layout is served from loopback.
let folder: string
let archive: Buffer
let server: Server
let url: string

const make = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED) as z:
    z.writestr("license.txt", "LGPL 2.1 " * 100)
    for processor in ("x86", "x64", "arm64"):
        z.writestr(processor + "/nvdaControllerClient.dll", processor * 1000)
    z.writestr("empty/", "", zipfile.ZIP_STORED)
`

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'descry-nvda-client-'))
  const path = join(folder, 'client.zip')
  expect((await run('/usr/bin/python3', ['-c', make, path])).code).toBe(0)
  archive = await readFile(path)
  server = createServer((request, response) => {
    if (request.url === '/client.zip') response.end(archive)
    else response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/client.zip`
})
afterAll(async () => {
  server.close()
  await rm(folder, { recursive: true, force: true })
})

const sha256 = (): string => createHash('sha256').update(archive).digest('hex').toUpperCase()

test('unpacks an archive with the right checksum for both processors, with its license', async () => {
  const out = join(folder, 'good')
  await fetchNvdaClient({ version: '1', url, sha256: sha256() }, out)
  expect(await readFile(join(out, 'x64/nvdaControllerClient.dll'), 'utf8')).toBe('x64'.repeat(1000))
  expect(await readFile(join(out, 'arm64/nvdaControllerClient.dll'), 'utf8')).toBe('arm64'.repeat(1000))
  expect(await readFile(join(out, 'arm64/license.txt'), 'utf8')).toContain('LGPL')
})

test('writes nothing without a checksum, with a wrong one, or without an archive', async () => {
  const out = join(folder, 'bad')
  await expect(fetchNvdaClient({ version: '1', url, sha256: '' }, out)).rejects.toThrow('the wrong checksum')
  await expect(fetchNvdaClient({ version: '1', url, sha256: '0'.repeat(64) }, out)).rejects.toThrow(
    'the wrong checksum'
  )
  await expect(fetchNvdaClient({ version: '1', url: `${url}x`, sha256: sha256() }, out)).rejects.toThrow('404')
  expect(existsSync(out)).toBe(false)
})
