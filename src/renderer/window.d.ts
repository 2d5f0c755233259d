import type { Bridge } from '#shared/bridge.ts'

declare global {
  interface Window {
    /** Put here by src/preload/preload.ts. */
    readonly descry: Bridge
  }
}
