import { fileURLToPath } from 'node:url'

/** Formats in which file managers hand over copied files, best first. */
export const fileFormats = ['text/uri-list', 'x-special/gnome-copied-files']

/**
 * The paths in a list of addresses, one a line. A file on a server, by whatever protocol, is `//server/path`, so that
 * nobody takes it for a local one; web addresses and what is no address are left out.
 */
export function copiedFiles(list: string, platform: NodeJS.Platform): string[] {
  // GNOME's list begins with "copy" or "cut"; the standard one may have comments.
  return list
    .split(/[\r\n\0]+/u)
    .map((line) => pathOf(line.trim(), platform))
    .filter((path) => path !== null)
}

function pathOf(line: string, platform: NodeJS.Platform): string | null {
  if (line.startsWith('/')) return line
  const address = URL.parse(line)
  if (!address || /^https?:$/u.test(address.protocol)) return null
  try {
    if (address.host !== '') return `//${address.host}${decodeURIComponent(address.pathname)}`
    return address.protocol === 'file:' ? fileURLToPath(address, { windows: platform === 'win32' }) : null
  } catch {
    return null
  }
}
