import { app } from 'electron'

/** A quit that takes longer ends anyway: a voice or a server that hangs must not keep the program alive. */
const longestMs = 5000

/**
 * Ends everything in order before the program goes. Electron does not wait by itself: the first quit is held back,
 * `close` runs, then the program exits.
 *
 * @param prepare called as soon as it is known that the program will end, before windows close.
 */
export function closeBeforeQuit(prepare: () => void, close: () => Promise<void>): void {
  let isClosing = false
  app.on('before-quit', prepare)
  app.on('will-quit', (event) => {
    event.preventDefault()
    if (isClosing) return
    isClosing = true
    const tooLong = new Promise<void>((resolve) => {
      setTimeout(resolve, longestMs)
    })
    void Promise.race([close(), tooLong])
      .catch(() => undefined)
      .finally(() => app.exit(0))
  })
}
