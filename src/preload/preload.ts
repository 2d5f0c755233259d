import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron'
import type * as contract from '#shared/bridge.ts'
import type { Bridge, EventName, EventPayload, RequestInput, RequestName } from '#shared/bridge.ts'

// The values of requestChannel and eventChannel in the contract: the preload imports its types only, and the compiler
// holds the two together.
const requestChannel: typeof contract.requestChannel = 'descry:request'
const eventChannel: typeof contract.eventChannel = 'descry:event'

/** The one object the window gets. It passes on a name and plain data; the other side checks both. */
const bridge: Bridge = {
  request: <Name extends RequestName>(name: Name, input: RequestInput<Name>) =>
    ipcRenderer.invoke(requestChannel, name, input),
  on<Name extends EventName>(name: Name, listener: (payload: EventPayload<Name>) => void) {
    const heard = (_event: IpcRendererEvent, sent: EventName, payload: EventPayload<Name>): void => {
      if (sent === name) listener(payload)
    }
    ipcRenderer.on(eventChannel, heard)
    return () => {
      ipcRenderer.removeListener(eventChannel, heard)
    }
  }
}

contextBridge.exposeInMainWorld('descry', bridge)
