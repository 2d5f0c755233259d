import { BlockList, isIP, isIPv4 } from 'node:net'

/**
 * What is not the public internet: this computer, its network, and ranges that lead back there.
 * https://www.iana.org/assignments/iana-ipv4-special-registry, https://www.iana.org/assignments/iana-ipv6-special-registry
 */
const privateIPv4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3'
]
/** Only 2000::/3 of IPv6 is public; these parts of it are not, or contain an IPv4 address. */
const privateIPv6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']
/** Contains an IPv4 address in its last 32 bits. */
const nat64 = '64:ff9b::/96'

function list(family: 'ipv4' | 'ipv6', subnets: string[]): BlockList {
  const blocked = new BlockList()
  for (const subnet of subnets) {
    const [network = '', bits] = subnet.split('/')
    blocked.addSubnet(network, Number(bits), family)
  }
  return blocked
}
const blockedIPv4 = list('ipv4', privateIPv4)
const blockedIPv6 = list('ipv6', privateIPv6)
const publicIPv6 = list('ipv6', ['2000::/3'])
const translatedIPv6 = list('ipv6', [nat64])

/** The IP address in an address, IPv6 without brackets; null for a name. */
export function ipAddressIn({ hostname }: URL): string | null {
  const host = hostname.replace(/^\[(.*)\]$/u, '$1')
  return isIP(host) === 0 ? null : host
}

/** False only for an IP address on the public internet. IPv6 without brackets. */
export function isPrivateAddress(address: string): boolean {
  if (isIPv4(address)) return blockedIPv4.check(address, 'ipv4')
  const plain = address.replace(/%.*$/u, '')
  if (translatedIPv6.check(plain, 'ipv6')) return isPrivateAddress(lastIPv4(plain))
  return !publicIPv6.check(plain, 'ipv6') || blockedIPv6.check(plain, 'ipv6')
}

/** The last 32 bits of an IPv6 address. */
function lastIPv4(address: string): string {
  // The URL parser understands every spelling and writes the shortest one.
  const groups = new URL(`http://[${address}]`).hostname.slice(1, -1).split(':').slice(-2)
  const [high = 0, low = 0] = groups.map((group) => Number.parseInt(group || '0', 16))
  return [high >> 8, high & 255, low >> 8, low & 255].join('.')
}
