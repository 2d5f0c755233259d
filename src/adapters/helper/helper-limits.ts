/**
 * Resident memory of a helper process. A page of A4 at 600 dots per inch takes 0.6 GB, and reading text up to 0.7 GB; files of
 * a few kilobytes took 8 GB.
 */
export const maxHelperBytes = 1024 ** 3

/** While it decodes a large AVIF: its decoder takes 17 bytes for each pixel, 1.8 GB for 100 megapixels. */
export const maxAvifBytes = 2 * 1024 ** 3

/**
 * Options of V8. The first limits the JavaScript heap only, so that `maxHelperBytes` is reached before it: at its own limit V8
 * aborts, which looks like any other crash. The second forbids `eval`: with it, fonts in a PDF once ran code of their own in
 * pdf.js (CVE-2024-4367).
 */
export const helperV8Options = [
  `--max-old-space-size=${maxHelperBytes / 1024 ** 2}`,
  '--disallow-code-generation-from-strings'
]

/**
 * Whether a helper that nobody else ended has ended itself because it took too much memory, or was ended by the system for that.
 *
 * @param ended A signal; or an exit code, in Electron the one of `waitpid`, where a signal is its number.
 */
export function isOutOfMemory(ended: NodeJS.Signals | number | null): boolean {
  // Windows has no signals; ending a process gives its exit code.
  return ended === 'SIGKILL' || ended === (process.platform === 'win32' ? 1 : 9)
}
