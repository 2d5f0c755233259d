/*
 * The ports for pictures that arrive without a command. Each has one real adapter; tests use fakes that pass the same
 * contract suite. Ports reject only with a DescryError, or with an AbortError if their signal is aborted.
 */

/** The parts of the clipboard that matter to Descry. */
export interface ClipboardContent {
  /** Original bytes of the picture, or null. */
  picture: Uint8Array | null
  /** Whether the clipboard also holds text or RTF, as from Excel or Word. False if the HTML is a single <img>. */
  hasText: boolean
  /** A password manager marked the content as private. The other fields are then null, false or empty: not read. */
  isConcealed: boolean
  /** Paths of copied files; on a network share, `//server/path` or `\\server\path`. */
  files: string[]
  /** The address of HTML that is a single <img>, if it is a data: or http(s) address. */
  imageAddress: string | null
  /** Plain text; null if there is none or it is longer than a million characters. */
  text: string | null
}

export interface ClipboardReading {
  /** Skip what a watcher doesn't need: text, and a picture that comes with text. */
  isForWatcher?: boolean
}

export interface Clipboard {
  /** Errors: no-permission, timed-out (the program that holds the clipboard does not answer), too-large. */
  read(reading?: ClipboardReading): Promise<ClipboardContent>
  /** Calls back after each change by any program; returns a disposer. Throws no-permission if it cannot watch. */
  watch(onChange: () => void): () => void
  /** Descry never describes what it copied itself. */
  writeText(text: string): Promise<void>
}

export interface FolderWatcher {
  /**
   * Calls back once for each new, complete picture file; returns a disposer. If the folder doesn't exist, waits for it.
   * Errors: no-permission (the folder exists but cannot be watched).
   */
  watch(folder: string, onPicture: (path: string) => void): Promise<() => void>
}
