import type { Area } from '#shared/caption.ts'

/*
 * Capturing the desktop, as core needs it. One adapter implements each port for real; tests use fakes that pass the same contract suite.
 * A port rejects with a DescryError, or an AbortError when its signal fired, and with nothing else.
 */

/** A picture of the desktop or of a part of it. */
export interface Capture {
  /** PNG. */
  bytes: Uint8Array
  /** For people: "Screen", "Screen 2 of 3", "Window", "Button", "Area around the pointer". */
  label: string
  /** The same for two captures of the same display, window, control or area: "display:1", "window:4194307:812". */
  subject: string
  /** On the desktop, in the desktop's own units: a scaled display's picture has more pixels than these. */
  place: Area
  /** Of the active window, where the picture shows some of it. For the prompt; never spoken. */
  windowTitle: string | null
  applicationName: string | null
  /** Where that window lies, in the desktop's units. */
  windowPlace: Area | null
}

/** Errors of all: no-permission, unsupported, no-picture (nothing of the kind is there), each with what to do. */
export interface ScreenCapture {
  /** Every display, the one with the active window first. */
  captureScreens(): Promise<[Capture, ...Capture[]]>
  /** The active window, without what covers it where the system can. */
  captureWindow(): Promise<Capture>
  /** The control with the focus; where nobody tells which, the part round the pointer. */
  captureObject(): Promise<Capture>
  /** A part of the desktop, in its own units; may span displays. */
  captureArea(area: Area): Promise<Capture>
}

/** The control that has the keyboard focus, as the accessibility interface of the system tells it. */
export interface FocusedObject {
  /** On the desktop, in its own units. */
  place: Area
  /** For people: "button", "text field" … */
  role: string
  name: string | null
}

export interface FocusFinder {
  /** Null when nobody tells within half a second. Never throws. */
  find(): Promise<FocusedObject | null>
}
