import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'

/**
 * The window's files, for both hosts: Electron's app:// protocol and the preview's routes send them as returned here.
 */

/** What the window may load. Everything it shows comes from its own files, and all its data comes over the bridge. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'"
].join('; ')

export const securityHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cache-Control': 'no-store'
}

/** Every type that the build writes. Other types are not served. */
const contentTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png'
}

// No segment begins with a dot and nothing is escaped, so a matching path cannot leave the folder.
const safePath = /^(?:\/[\w-][\w.-]*)+$/u

/**
 * The window's page, loaded under the host's origin. It has a fragment, because without one Orca reads the whole page
 * aloud after loading: focus on a heading would not be heard, and the first Tab would go back to the top.
 */
export const pagePath = '#window'

export interface Asset {
  status: 200 | 404
  headers: Record<string, string>
  body: Uint8Array
}

/**
 * Reads one of the window's files. Anything other than a plain path to a file of a known type is a 404 with the same
 * security headers.
 *
 * @param rendererDir The folder that scripts/build.ts wrote, as a path.
 * @param urlPath The path of the address, such as `/index.html`; `/` returns the same file.
 */
export async function readAsset(rendererDir: string, urlPath: string): Promise<Asset> {
  const path = urlPath === '/' ? '/index.html' : urlPath
  const type = contentTypes[extname(path)]
  const body = type && safePath.test(path) ? await readFile(join(rendererDir, path)).catch(() => null) : null
  if (!type || !body) {
    return {
      status: 404,
      headers: { ...securityHeaders, 'Content-Type': 'text/plain; charset=utf-8' },
      body: new TextEncoder().encode('There is no such file in Descry.')
    }
  }
  return { status: 200, headers: { ...securityHeaders, 'Content-Type': type }, body }
}
