/*
 * Where pictures come from without a command, as core needs it. One adapter implements each port for real; tests use fakes that pass the same contract suite.
 * A port rejects with a DescryError, or an AbortError when its signal fired, and with nothing else.
 */

/** What lies on the clipboard that matters to Descry. */
export interface ClipboardContent {
  /** Original bytes of the picture, or null. */
  picture: Uint8Array | null
  /** Text or RTF lies beside it (Excel, Word …), unless the HTML is a single <img>. */
  hasText: boolean
  /** A password manager asked that it be left alone. Then the rest was not read: it is null, false or empty. */
  isConcealed: boolean
  /** Paths of copied files; one on a server is `//server/path` or `\\server\path`. */
  files: string[]
  /** The address of HTML that is a single <img>, if it is a data: or http(s) address. */
  imageAddress: string | null
  /** Plain text of at most a million characters; null when there is none, or it is longer. */
  text: string | null
}

export interface ClipboardReading {
  /** Leave unread what a watcher has no business with: text, and a picture with text beside it. */
  isForWatcher?: boolean
}

export interface Clipboard {
  /** Errors: no-permission, timed-out (the program that holds the clipboard does not answer), too-large. */
  read(reading?: ClipboardReading): Promise<ClipboardContent>
  /** Calls back after each change by any program; returns a disposer. Throws no-permission where it cannot watch. */
  watch(onChange: () => void): () => void
  /** What Descry writes is never described. */
  writeText(text: string): Promise<void>
}

export interface FolderWatcher {
  /**
   * Calls back once for each new, complete picture file; gives a disposer. A folder that is not there is waited for.
   * Errors: no-permission (it is there and cannot be watched).
   */
  watch(folder: string, onPicture: (path: string) => void): Promise<() => void>
}
