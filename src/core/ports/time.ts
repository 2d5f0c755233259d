/*
 * Time, as core needs it. One adapter implements each port for real; tests use fakes that pass the same contract suite.
 * A port rejects with a DescryError, or an AbortError when its signal fired, and with nothing else.
 */

export interface Clock {
  /** Milliseconds on a clock that never goes back. */
  nowMs(): number
  /** Calls back once after `ms`; the returned function cancels. */
  after(ms: number, callback: () => void): () => void
}
