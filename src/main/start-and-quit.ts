import { app, dialog, Notification } from 'electron'
import { isKeychainBusy } from '#adapters/keyring.ts'
import { AlreadyRunning } from '#app/control-socket.ts'
import { asDescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'

/** Says why Descry cannot start in the system's own dialog, which screen readers read, and ends it. */
export function failToStart(error: unknown): void {
  dialog.showErrorBox(t('shell.cannot-start'), reasonOf(error))
  endProcess(1, true)
}

function reasonOf(error: unknown): string {
  // Electron's instance lock does not know of the preview and of descry watch.
  if (error instanceof AlreadyRunning) return t('shell.quit-other-first')
  const { code, message, next, cause } = asDescryError(error)
  const detail = code === 'internal' && cause instanceof Error ? `\n\n${cause.message}` : ''
  return `${message} ${next}${detail}`
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

/** The end of the program, in order. */
export interface Ending {
  /** True as soon as something quits: a command, Ctrl+C, the end of the session. */
  readonly hasBegun: boolean
  /** Calls back when it begins, before windows close. */
  onBegin(prepare: () => void): void
  /** Adds work to be done before the program ends. */
  onClose(close: () => Promise<void>): void
}

/**
 * Electron does not wait by itself: the first quit is held back, the work is done, then the program ends. Create it before
 * anything that has to be closed, because Ctrl+C may come during the start.
 */
export function createEnding(): Ending {
  const beginnings: (() => void)[] = []
  const closings: (() => Promise<void>)[] = []
  let hasBegun = false
  let isClosing = false
  app.on('before-quit', () => {
    hasBegun = true
    for (const prepare of beginnings) prepare()
  })
  app.on('will-quit', (event) => {
    event.preventDefault()
    if (isClosing) return
    isClosing = true
    void finish(closings).then((isFinished) => endProcess(0, isFinished))
  })
  return {
    get hasBegun() {
      return hasBegun
    },
    onBegin: (prepare) => void beginnings.push(prepare),
    onClose: (close) => void closings.push(close)
  }
}

/** False when it takes too long. */
async function finish(closings: (() => Promise<void>)[]): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), longestMs)
  })
  const work = Promise.allSettled(closings.map((close) => close())).then(() => true)
  return Promise.race([work, timeout]).finally(() => clearTimeout(timer))
}

/**
 * Electron's own end waits for Node's threads: for ever, if one waits for a keychain whose prompt nobody answers. Then, and
 * when something did not close, the system ends the process.
 */
function endProcess(code: number, isFinished: boolean): void {
  if (isFinished && !isKeychainBusy()) app.exit(code)
  else process.kill(process.pid, 'SIGKILL')
}
