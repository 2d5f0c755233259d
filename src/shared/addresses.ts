/** True for an http(s) address on this computer: what is sent there does not leave it. False for what is no address. */
export function isOnThisComputer(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { hostname } = new URL(address)
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127\.\d+\.\d+\.\d+$/u.test(hostname)
  )
}

/** False for an address to which a key would go readable on the way: plain http to another computer. */
export function isSafeForKey(address: string): boolean {
  return URL.parse(address)?.protocol === 'https:' || isOnThisComputer(address)
}

/** Azure's hosts for resources, in its public cloud and those of governments and China. */
export function isAzure(address: string): boolean {
  const { hostname = '' } = URL.parse(address) ?? {}
  return /\.(?:openai|services\.ai|cognitiveservices)\.azure\.(?:com|us|cn)$/u.test(hostname)
}

/**
 * A provider's address in the one way in which it is kept, asked and holds its key: without name and password, question mark,
 * slash at its end, and what is often copied along. Another scheme, host, port or path is another provider.
 *
 * @throws TypeError for what is no address.
 */
export function providerAddress(typed: string): string {
  const { origin, pathname } = new URL(typed)
  // Azure shows no path, or one of its older interface.
  if (isAzure(typed)) return `${origin}/openai/v1`
  return origin + pathname.replace(/(?:\/chat\/completions)?\/*$/u, '')
}
