import type { Area } from '#shared/caption.ts'

/*
 * The ports for capturing the desktop. Each has one real adapter; tests use fakes that pass the same
 * contract suite. Ports reject only with a DescryError, or with an AbortError if their signal is aborted.
 */

/** A picture of the desktop, or of an area of it. */
export interface Capture {
  /** PNG. */
  bytes: Uint8Array
  /** Shown to people: "Screen", "Screen 2 of 3", "Window", "Button", "Area around the pointer". */
  label: string
  /** The same for two captures of the same display, window, control or area: "display:1", "window:4194307:812". */
  subject: string
  /** Position and size on the desktop, in the desktop's units; a scaled display's picture has more pixels. */
  place: Area
  /** Title of the active window, if any of it is in the picture. For the prompt; never spoken. */
  windowTitle: string | null
  applicationName: string | null
  /** That window's position and size, in the desktop's units. */
  windowPlace: Area | null
  /** The password fields in the picture, in the desktop's units; left out if unknown. */
  passwordFields?: readonly Area[]
}

/** Errors of every method: no-permission, unsupported, no-picture (nothing to capture). Each says what to do. */
export interface ScreenCapture {
  /** Every display, the one with the active window first. */
  captureScreens(): Promise<[Capture, ...Capture[]]>
  /** The active window, without windows covering it if the system supports that. */
  captureWindow(): Promise<Capture>
  /** The control with the focus, or the area around the pointer if the focus is unknown. */
  captureObject(): Promise<Capture>
  /** An area of the desktop, in the desktop's units; may span displays. */
  captureArea(area: Area): Promise<Capture>
}

/** The control with the keyboard focus, as reported by the system's accessibility API. */
export interface FocusedObject {
  /** Position and size on the desktop, in the desktop's units. */
  place: Area
  /** Shown to people: "button", "text field" … */
  role: string
  name: string | null
}

export interface FocusFinder {
  /** Null if there is no answer within half a second. Never throws. */
  find(): Promise<FocusedObject | null>
}
