import { readFileSync } from 'node:fs'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'

/**
 * Makes this process trust the certificate authorities that the system trusts, and those in the file that
 * NODE_EXTRA_CA_CERTS names, besides those that come with Node. Companies add one of their own, with which their proxy signs
 * every connection. Node reads the variable itself, except in the packed program, where a fuse closes it together with
 * NODE_OPTIONS (docs/decisions/0070).
 *
 * Takes some 200 ms. What cannot be read is left out: then a request says that the certificate is not valid.
 */
export function trustSystemCertificates(env: NodeJS.ProcessEnv): void {
  trust(() => getCACertificates('system'))
  const { NODE_EXTRA_CA_CERTS: file } = env
  if (file) trust(() => [readFileSync(file, 'utf8')])
}

function trust(more: () => string[]): void {
  try {
    setDefaultCACertificates([...new Set([...getCACertificates('default'), ...more()])])
  } catch {
    // No such file, or no certificate in it.
  }
}
