import type Electron from 'electron'
import type { FakeApp } from './app.ts'
import { cloned, preventable } from './events.ts'

type IpcHandler = Parameters<Electron.IpcMain['handle']>[1]
type ProtocolHandler = Parameters<Electron.Protocol['handle']>[1]

/** How pages reach the main process: channels and addresses. */
export function createFakePages(app: FakeApp) {
  const channels = new Map<string, IpcHandler>()
  const schemes = new Map<string, ProtocolHandler>()
  return {
    ipcMain: {
      handle(channel: string, handler: IpcHandler): void {
        // [one-handler-per-channel]
        if (channels.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`)
        app.log.push(`handle ${channel}`)
        channels.set(channel, handler)
      }
    } satisfies Pick<Electron.IpcMain, 'handle'>,
    protocol: {
      registerSchemesAsPrivileged(asked: Electron.CustomScheme[]): void {
        const message = 'protocol.registerSchemesAsPrivileged should be called before app is ready'
        for (const { scheme } of asked) app.onlyBeforeReady(`privileges for ${scheme}`, message) // [schemes-before-ready]
      },
      handle(scheme: string, handler: ProtocolHandler): void {
        app.log.push(`serve ${scheme}`)
        schemes.set(scheme, handler)
      }
    } satisfies Pick<Electron.Protocol, 'registerSchemesAsPrivileged' | 'handle'>,
    /** Calls a channel as a page would. */
    invoke: async (
      channel: string,
      frame: Partial<Electron.WebFrameMain> | null,
      ...args: unknown[]
    ): Promise<unknown> => {
      const sent = cloned(args)
      const handler = channels.get(channel)
      try {
        if (!handler) throw new Error(`No handler registered for '${channel}'`)
        const event = { ...preventable({}), senderFrame: frame } as Electron.IpcMainInvokeEvent
        return cloned(await handler(event, ...sent))
      } catch (error) {
        // [handler-errors-are-text]
        // oxlint-disable-next-line preserve-caught-error -- a page gets no more than the text
        throw new Error(`Error invoking remote method '${channel}': ${String(error)}`)
      }
    },
    /** Loads an address as a page would. */
    fetch: async (url: string): Promise<Response> => {
      const handler = schemes.get(new URL(url).protocol.slice(0, -1))
      if (!handler) throw new Error(`No handler for ${url}.`)
      return handler(new Request(url))
    }
  }
}

type BeforeRequest = (
  details: Electron.OnBeforeRequestListenerDetails,
  callback: (response: Electron.CallbackResponse) => void
) => void

type UsedBySession =
  | 'setPermissionRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setDevicePermissionHandler'
  | 'setDisplayMediaRequestHandler'

export class FakeSession implements Pick<Electron.Session, UsedBySession> {
  permissionRequest: Parameters<Electron.Session['setPermissionRequestHandler']>[0] = null
  permissionCheck: Parameters<Electron.Session['setPermissionCheckHandler']>[0] = null
  devicePermission: Parameters<Electron.Session['setDevicePermissionHandler']>[0] = null
  displayMedia: Parameters<Electron.Session['setDisplayMediaRequestHandler']>[0] = null
  beforeRequest: BeforeRequest | null = null

  setPermissionRequestHandler(handler: typeof this.permissionRequest): void {
    this.permissionRequest = handler
  }

  setPermissionCheckHandler(handler: typeof this.permissionCheck): void {
    this.permissionCheck = handler
  }

  setDevicePermissionHandler(handler: typeof this.devicePermission): void {
    this.devicePermission = handler
  }

  setDisplayMediaRequestHandler(handler: typeof this.displayMedia): void {
    this.displayMedia = handler
  }

  readonly webRequest = {
    onBeforeRequest: (_filter: Electron.WebRequestFilter, handler: BeforeRequest | null): void => {
      this.beforeRequest = handler
    }
  }
}
