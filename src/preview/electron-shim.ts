/**
 * Lets the built preload run in an ordinary page: a `require('electron')` with the two objects it uses. There is no
 * context isolation here, so the preview proves nothing about security; the preload and the handlers are the real ones.
 */

/** Name of the binding that carries a request out of the page: (name, input) to JSON. */
export const invokeBinding = '__descryInvoke'
/** Name of the page's function that takes an event: (name, payload). */
export const receiveFunction = '__descryReceive'

type Listener = (event: object, ...values: unknown[]) => void

/** Runs in the page, so it uses nothing from outside itself. */
function electronForPage(invokeName: string, receiveName: string): object {
  const page = globalThis as unknown as Record<string, unknown>
  const listeners = new Set<Listener>()
  const revive = (_key: string, value: unknown): unknown =>
    typeof value === 'object' && value !== null && '$bytes' in value
      ? Uint8Array.from(atob(String(value.$bytes)), (character) => character.codePointAt(0) ?? 0)
      : value
  page[receiveName] = (...values: unknown[]): void => {
    for (const listener of listeners) listener({}, ...values)
  }
  return {
    contextBridge: {
      exposeInMainWorld(name: string, api: unknown): void {
        page[name] = api
      }
    },
    ipcRenderer: {
      async invoke(_channel: string, ...values: unknown[]): Promise<unknown> {
        const invoke = page[invokeName] as (...values: unknown[]) => Promise<string>
        return JSON.parse(await invoke(...values), revive)
      },
      on(_channel: string, listener: Listener): void {
        listeners.add(listener)
      },
      removeListener(_channel: string, listener: Listener): void {
        listeners.delete(listener)
      }
    }
  }
}

/** The script that puts the preload into a page, before any script of the page. In the main frame only, as in Electron. */
export function preloadScript(preloadSource: string): string {
  return `if (window === window.top) {
  const electron = (${electronForPage.toString()})('${invokeBinding}', '${receiveFunction}');
  (function (require) {
${preloadSource}
  })(() => electron)
}`
}

/** A reply as JSON; bytes become base64. */
export function encodeReply(reply: unknown): string {
  // `this[key]`, not `value`: a Buffer has turned itself into numbers by then.
  return JSON.stringify(reply, function (this: Record<string, unknown>, key, value: unknown) {
    const original = this[key]
    return original instanceof Uint8Array ? { $bytes: Buffer.from(original).toString('base64') } : value
  })
}
