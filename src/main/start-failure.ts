import { app, dialog } from 'electron'
import { AlreadyRunning } from '#app/control-socket.ts'
import { asDescryError } from '#shared/errors.ts'

/** Says in the system's own dialog, which screen readers read, why Descry cannot start, and ends it. */
export function failToStart(error: unknown): void {
  dialog.showErrorBox('Descry could not start', reasonOf(error))
  app.exit(1)
}

function reasonOf(error: unknown): string {
  // The instance lock knows of Electron only; this is a preview, or descry watch.
  if (error instanceof AlreadyRunning) return `${error.message} End it first: descry quit.`
  const { message, next } = asDescryError(error)
  return `${message} ${next}`
}
