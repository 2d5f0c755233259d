/*
 * The port for time. It has one real adapter; tests use fakes that pass the same contract suite.
 */

export interface Clock {
  /** Milliseconds on a clock that never goes back. */
  nowMs(): number
  /** Calls back once after `ms`; the returned function cancels. */
  after(ms: number, callback: () => void): () => void
}
