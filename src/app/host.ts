import { setTimeout as wait } from 'node:timers/promises'
import type { BridgeHandlers, Envelope, EventName, EventPayload, Status } from '#shared/bridge.ts'
import type { CommandId, Surface } from '#shared/commands.ts'
import type { Failure } from '#shared/errors.ts'

/** What the app needs from the program it lives in: the Electron shell, the preview, or a terminal without a window. */
export interface Host {
  readonly name: 'electron' | 'preview' | 'terminal'
  /** One sentence about what this host cannot do, or null. */
  readonly limits: string | null
  /** True when the user is in our window now: then captions are announced there, and not also aloud (behavior B3). */
  isWindowFocused(): Promise<boolean>
  /** Opens the window if it is closed and brings it to the front. Captions never do this; commands may. */
  showWindow(): Promise<void>
  /** Runs `work` while our window is out of sight, if the user is in it: it is not what is to be captured. */
  outOfSight?<Value>(work: () => Promise<Value>): Promise<Value>
  /** Has the user choose a file in the system's own dialog; null when given up. Without it the window's own field does. */
  chooseFile?(): Promise<string | null>
  /** Sends an event to the window; without a window it is dropped (the next snapshot tells everything). */
  send<Name extends EventName>(name: Name, payload: EventPayload<Name>): void
  /** Ends the program; it calls `App.close()` on its way. */
  quit(): void
}

/** The outcome of a command from outside the window. */
export type CommandReply = Envelope<unknown>

/** The app as hosts see it. `createApp(host, options)` in app.ts makes one. */
export interface App {
  /** Runs an entry of the command table; checks that `surface` may, and the input. Never throws. */
  run(command: CommandId, input: unknown, surface: Surface): Promise<CommandReply>
  /** Typed handlers for the bridge; use `answerRequest` of bridge.ts, which checks sender and input. */
  readonly handlers: BridgeHandlers
  /** Has a failure heard that the window shows. */
  failed(failure: Failure): void
  /** Starts watchers and the control socket; a session has neither, and instead waits for the key to be found. */
  start(): Promise<void>
  status(): Status
  /** Called with each new status; returns a disposer. The shell re-registers hotkeys and rebuilds the tray from it. */
  onStatus(listener: (status: Status) => void): () => void
  /** The shell tells which global shortcuts are held; they show up in the status, and problems are said once. */
  setHotkeys(hotkeys: Status['hotkeys']): void
  /** Reads the saved settings again, which another Descry may have changed. */
  reloadSettings(): Promise<void>
  /** Resolves when no picture is being described. Failures are in the list by then, and were announced. */
  idle(): Promise<void>
  /** Ends watchers, socket, requests and speech. */
  close(): Promise<void>
}

/** Until a desktop has animated the window away and the programs below have painted what it covered. */
const hiddenAfterMs = 300

/** For `Host.outOfSight`: runs `work` while a window is hidden, and brings the window back whatever happens. */
export async function whileHidden<Value>(
  window: { hide(): Promise<void>; show(): Promise<void> },
  work: () => Promise<Value>
): Promise<Value> {
  await window.hide()
  try {
    await wait(hiddenAfterMs)
    return await work()
  } finally {
    await window.show()
  }
}
