import { app, dialog, Notification } from 'electron'
import { AlreadyRunning } from '#app/control-socket.ts'
import { asDescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'

/** Says why Descry cannot start in the system's own dialog, which screen readers read, and ends it. */
export function failToStart(error: unknown): void {
  dialog.showErrorBox(t('shell.cannot-start'), reasonOf(error))
  app.exit(1)
}

function reasonOf(error: unknown): string {
  // Electron's instance lock does not know of the preview and of descry watch.
  if (error instanceof AlreadyRunning) return t('shell.quit-other-first')
  const { message, next } = asDescryError(error)
  return `${message} ${next}`
}

/** Tells once a run that closing the window did not quit Descry, and how to quit it. Screen readers read it out. */
export function createStillRunningNotice(): () => void {
  let wasShown = false
  return () => {
    if (wasShown || !Notification.isSupported()) return
    wasShown = true
    new Notification({ title: t('shell.still-running'), body: t('shell.still-running.next') }).show()
  }
}

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
    const timeout = new Promise<void>((resolve) => {
      setTimeout(resolve, longestMs)
    })
    void Promise.race([close(), timeout])
      .catch(() => undefined)
      .finally(() => app.exit(0))
  })
}
