import type Electron from 'electron'

/** An event whose default can be prevented, as Electron emits it. */
export function preventable<Extra extends object>(extra: Extra): Extra & Electron.Event {
  const event = { ...extra, defaultPrevented: false, preventDefault: () => undefined }
  event.preventDefault = () => {
    event.defaultPrevented = true
    return undefined
  }
  return event
}

/** What a structured clone makes of a value: the error is Electron's. */
export function cloned<Value>(value: Value): Value {
  try {
    return structuredClone(value)
  } catch {
    throw new Error('An object could not be cloned.')
  }
}

/** Whether Electron draws on Wayland, where a portal registers hotkeys (electron/docs/breaking-changes.md:659). */
export function isWaylandSession(hasSwitch: (text: string) => boolean): boolean {
  return process.platform === 'linux' && process.env.XDG_SESSION_TYPE === 'wayland' && !hasSwitch('ozone-platform=x11')
}
