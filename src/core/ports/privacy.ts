import type { Area } from '#shared/caption.ts'

/*
 * The port for what a system knows about private things on the screen. It has one real adapter; tests use fakes that pass
 * the same contract suite.
 */

/** A field that shows dots instead of what is typed into it. */
export interface PasswordField {
  /** Position and size on the desktop, in the desktop's units. */
  area: Area
  /** Whether it has the keyboard focus. */
  hasFocus: boolean
}

/** The password fields of the window with the focus, from the system's accessibility API; never what is in them. */
export interface PasswordFields {
  /**
   * Those that are shown; none is an empty list. Null if unknown: the system has no such API, or the window does not answer
   * in time (300 ms). Never throws.
   *
   * @param area of the desktop, in its units, that a field must be in, at least in part; null for anywhere.
   */
  find(area: Area | null): Promise<PasswordField[] | null>
}
