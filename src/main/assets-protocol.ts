import { protocol } from 'electron'
import { readAsset } from '#app/renderer-assets.ts'

/** The window's only origin. A scheme of our own: file: would give a page more rights than it needs. */
export const appOrigin = 'app://descry'

/** True for an address inside the window's own origin. */
export function isOwnAddress(url: string): boolean {
  return url === appOrigin || url.startsWith(`${appOrigin}/`)
}

/** Call before the app is ready. */
export function registerAssetScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }
  ])
}

/** Serves the built window, and nothing else, under `appOrigin`. */
export function serveAssets(rendererDir: string): void {
  protocol.handle('app', async (request) => {
    if (!isOwnAddress(request.url)) return new Response(null, { status: 404 })
    const { status, headers, body } = await readAsset(rendererDir, new URL(request.url).pathname || '/')
    return new Response(new Uint8Array(body), { status, headers })
  })
}
