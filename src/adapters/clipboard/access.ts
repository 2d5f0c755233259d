/**
 * One way to reach the clipboard. Formats are MIME types where a system has its own names for them; names without a
 * MIME type (a password manager's mark) are passed on as they are. Copied files are a text/uri-list everywhere.
 * `timeoutMs` is how long the program that holds the clipboard may take.
 */
export interface ClipboardAccess {
  /** What lies there; empty for an empty clipboard. */
  formats(timeoutMs: number): Promise<string[]>
  /** The original bytes in one of `formats()`; null when it is gone by now. */
  bytes(format: string, timeoutMs: number): Promise<Uint8Array | null>
  writeText(text: string, timeoutMs: number): Promise<void>
  /** Calls back after each change; returns a disposer. */
  watch(onChange: () => void): () => void
}
