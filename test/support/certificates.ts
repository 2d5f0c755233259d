import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'

/** Certificates made for a test, as X.509 in DER (RFC 5280). */
export interface Certificate {
  /** PEM. */
  certificate: string
  /** PEM. */
  key: string
}

const der = (tag: number, ...parts: Uint8Array[]): Buffer => {
  const content = Buffer.concat(parts)
  const { length } = content
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}
const sequence = (...parts: Uint8Array[]): Buffer => der(0x30, ...parts)
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'))
const bits = (content: Uint8Array): Buffer => der(0x03, Buffer.from([0]), content)
const isTrue = der(0x01, Buffer.from([255]))

const commonName = '550403'
const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'))
const basicConstraints = '551d13'
const subjectAltName = '551d11'

const named = (name: string): Buffer => sequence(der(0x31, sequence(oid(commonName), der(0x0c, Buffer.from(name)))))
const time = (date: Date): Buffer =>
  der(0x17, Buffer.from(`${date.toISOString().replaceAll(/\D/gu, '').slice(2, 14)}Z`))
const extension = (id: string, value: Buffer): Buffer => sequence(oid(id), isTrue, der(0x04, value))

/** Who issues certificates. */
export interface Authority {
  name: string
  key: KeyObject
  /** PEM. */
  certificate: string
}

const dayMs = 86_400_000

/** Valid from yesterday until tomorrow. Without an issuer it signs itself. */
function issue(name: string, extensions: Buffer, issuer?: Authority): Authority {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1]), randomBytes(8)),
    ecdsaWithSha256,
    named(issuer?.name ?? name),
    sequence(time(new Date(Date.now() - dayMs)), time(new Date(Date.now() + dayMs))),
    named(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(extensions))
  )
  const whole = sequence(body, ecdsaWithSha256, bits(sign('sha256', body, issuer?.key ?? privateKey)))
  const lines = whole.toString('base64').match(/.{1,64}/gu) ?? []
  const certificate = ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
  return { name, key: privateKey, certificate }
}

/** One that nobody trusts yet. */
export function createAuthority(name: string): Authority {
  return issue(name, extension(basicConstraints, sequence(isTrue)))
}

/** For a server on 127.0.0.1. */
export function certifyLoopback(authority: Authority): Certificate {
  const address = der(0x87, Buffer.from([127, 0, 0, 1]))
  const { key, certificate } = issue('loopback', extension(subjectAltName, sequence(address)), authority)
  return { certificate, key: key.export({ type: 'pkcs8', format: 'pem' }).toString() }
}
