import dgram from 'node:dgram'
import dns from 'node:dns'
import { syncBuiltinESMExports } from 'node:module'
import net from 'node:net'

/**
 * From now on nothing in this thread connects, listens or looks up a name, fetch included: Node's permission model does not
 * cover the network before Node 25, and Electron has none (docs/decisions/0108). Pipes to the parent process stay.
 */
export function closeNetwork(): void {
  const refuse = (): never => {
    throw new Error('The helper process has no network.')
  }
  const close = (owner: object, names: RegExp): void => {
    for (const name of Object.getOwnPropertyNames(owner))
      if (names.test(name)) Object.defineProperty(owner, name, { value: refuse })
  }
  close(net.Socket.prototype, /^connect$/u)
  close(net.Server.prototype, /^listen$/u)
  close(dgram.Socket.prototype, /^(?:bind|connect|send)$/u)
  const lookups = /^(?:lookup|resolve|reverse)/u
  for (const owner of [dns, dns.promises, dns.Resolver.prototype, dns.promises.Resolver.prototype])
    close(owner, lookups)
  // For what has imported these by name.
  syncBuiltinESMExports()
}
