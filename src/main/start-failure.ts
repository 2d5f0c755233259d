import { app, dialog } from 'electron'
import { asDescryError } from '#shared/errors.ts'

/** Says in the system's own dialog, which screen readers read, why Descry cannot start, and ends it. */
export function failToStart(error: unknown): void {
  const { message, next } = asDescryError(error)
  dialog.showErrorBox('Descry could not start', `${message} ${next}`)
  app.exit(1)
}
