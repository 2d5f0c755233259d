import { isOnThisComputer } from '#shared/addresses.ts'

/**
 * What is for this computer must not leave it, whatever proxy the environment names: node's fetch (NODE_USE_ENV_PROXY)
 * would ask the proxy for 127.0.0.1, which is another computer there. It heeds `no_proxy` as it is at each request.
 */
export function keepOffProxy(address: string, env: NodeJS.ProcessEnv = process.env): void {
  if (!isOnThisComputer(address)) return
  const { hostname } = new URL(address)
  const listed = env.no_proxy ?? env.NO_PROXY ?? ''
  if (listed.trim() === '*' || listed.split(/[\s,]+/u).includes(hostname)) return
  env.no_proxy = listed === '' ? hostname : `${listed},${hostname}`
}
