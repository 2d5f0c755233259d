import { appendFileSync } from 'node:fs'
import dns from 'node:dns'
import { Socket } from 'node:net'

/**
 * For `node --import`: whatever wants to leave the process, its worker threads included, is noted in the file that
 * DESCRY_NETWORK_LOG names, and fails.
 */
function refuse(what: string): never {
  appendFileSync(process.env.DESCRY_NETWORK_LOG ?? '/dev/stderr', `${what}\n`)
  throw new Error(`No network here: ${what}`)
}

Socket.prototype.connect = () => refuse('connect')
Object.assign(dns, { lookup: () => refuse('lookup') })
globalThis.fetch = () => refuse('fetch')
