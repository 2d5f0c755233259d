import { ipcMain, type IpcMainInvokeEvent } from 'electron'
import { appOrigin } from './assets-protocol.ts'
import { answerRequest, type Sender } from '#app/bridge.ts'
import type { App } from '#app/host.ts'
import { requestChannel } from '#shared/bridge.ts'

/** The only door from the window: sender and input are checked before a handler sees them. */
export function answerWindow(app: Pick<App, 'handlers' | 'failed'>): void {
  ipcMain.handle(requestChannel, (event, name: unknown, input: unknown) =>
    answerRequest(app, appOrigin, senderOf(event), name, input)
  )
}

/** A frame that is gone by now, or sits inside another, is not the main frame. */
function senderOf({ senderFrame }: IpcMainInvokeEvent): Sender {
  if (!senderFrame) return { origin: '', isMainFrame: false }
  return { origin: senderFrame.origin, isMainFrame: senderFrame.parent === null }
}
