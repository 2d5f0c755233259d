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
