import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { certifyLoopback, createAuthority } from '#test/certificates.ts'
import { run } from '#test/process.ts'

/** Asks the server as the packed program does, where Node has not read NODE_EXTRA_CA_CERTS at its start. */
const program = `
  const [url, file, isTrusting] = process.argv.slice(2)
  if (file) process.env.NODE_EXTRA_CA_CERTS = file
  if (isTrusting) {
    const { trustSystemCertificates } = await import(${JSON.stringify(
      new URL('../../src/adapters/certificates.ts', import.meta.url).href
    )})
    trustSystemCertificates(process.env)
  }
  console.log(await fetch(url).then((response) => response.text(), (error) => error.cause.code))`

let folder: string
let server: Server
let url: string
/** The certificate of the company that signed the server's. */
let file: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'descry-certificates-'))
  const authority = createAuthority('A company')
  file = join(folder, 'company.pem')
  await writeFile(file, authority.certificate)
  await writeFile(join(folder, 'broken.pem'), '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n')
  await writeFile(join(folder, 'program.mjs'), program)
  const { certificate, key } = certifyLoopback(authority)
  server = createServer({ cert: certificate, key }, (_request, response) => response.end('Hello'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await rm(folder, { recursive: true, force: true })
})

async function ask(
  { isTrusting, extraFile = '' }: { isTrusting: boolean; extraFile?: string },
  env: Record<string, string> = {}
): Promise<string> {
  const { NODE_EXTRA_CA_CERTS: _, NODE_USE_SYSTEM_CA: __, ...own } = process.env
  const words = [join(folder, 'program.mjs'), url, extraFile, ...(isTrusting ? ['trusting'] : [])]
  const { stdout, stderr } = await run(process.execPath, words, { env: { ...own, ...env } })
  expect(stderr.toString()).toBe('')
  return stdout.toString().trim()
}

const untrusted = 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'

describe('a server that a company has certified', () => {
  it('is not trusted without more', async () => {
    expect(await ask({ isTrusting: false, extraFile: file })).toBe(untrusted)
    expect(await ask({ isTrusting: true })).toBe(untrusted)
  })

  it('is trusted if NODE_EXTRA_CA_CERTS names its authority', async () => {
    expect(await ask({ isTrusting: true, extraFile: file })).toBe('Hello')
  })

  // OpenSSL's variable stands for the store of the system; those of Windows and macOS are not for tests to change.
  it('is trusted if the system trusts its authority', { tags: ['linux'] }, async () => {
    expect(await ask({ isTrusting: false }, { SSL_CERT_FILE: file })).toBe(untrusted)
    expect(await ask({ isTrusting: true }, { SSL_CERT_FILE: file })).toBe('Hello')
  })

  it('is trusted or not, whatever else is wrong with the file of NODE_EXTRA_CA_CERTS', async () => {
    for (const extraFile of [join(folder, 'missing.pem'), join(folder, 'broken.pem')])
      expect(await ask({ isTrusting: true, extraFile })).toBe(untrusted)
    if (process.platform === 'linux')
      expect(await ask({ isTrusting: true, extraFile: join(folder, 'missing.pem') }, { SSL_CERT_FILE: file })).toBe(
        'Hello'
      )
  })
})
