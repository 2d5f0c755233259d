import { app, type Session } from 'electron'
import { isOwnAddress } from './assets-protocol.ts'

type PermissionRequest = Parameters<NonNullable<Parameters<Session['setPermissionRequestHandler']>[0]>>[1]

/** Permissions granted to the window. It needs none: pictures, clipboard and screen come over the bridge. */
export const grantedPermissions: ReadonlySet<PermissionRequest> = new Set<PermissionRequest>()

/** Applies the rules to each page as it is created, so that no window can miss them. */
export function secureEveryPage(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
    contents.on('will-frame-navigate', (details) => {
      if (!isOwnAddress(details.url)) details.preventDefault()
    })
    contents.on('will-redirect', (details) => {
      if (!isOwnAddress(details.url)) details.preventDefault()
    })
    contents.on('will-attach-webview', (event) => event.preventDefault())
  })
}

/** Denies all other permissions and all network requests: only code in src/adapters uses the network. */
export function secureSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(grantedPermissions.has(permission)))
  session.setPermissionCheckHandler((_contents, permission) => grantedPermissions.has(permission))
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, answer) => answer(null))
  session.webRequest.onBeforeRequest({ urls: ['<all_urls>'] }, (details, answer) => {
    answer({ cancel: /^(?:https?|wss?|ftp):/u.test(details.url) })
  })
}
