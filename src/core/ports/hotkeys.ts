/**
 * `taken`: another program has these keys. `unreadable`: the text names no keys. `impossible`: this desktop cannot make a
 * hotkey of them.
 */
export type HoldResult = 'held' | 'taken' | 'unreadable' | 'impossible'

/** Keys that reach Descry whatever program is in use. */
export interface GlobalHotkeys {
  /**
   * Asks the system for keys; `press` is called at each press, and on some systems again and again while they are held down.
   *
   * @param accelerator such as "Control+Shift+Super+E", in any spelling that Electron takes. Not one that is already held.
   */
  hold(accelerator: string, press: () => void): Promise<HoldResult>
  /** Gives keys back to other programs, where the system can do that. Does nothing for keys that are not held. */
  release(accelerator: string): void
}
