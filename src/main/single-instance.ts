import { app } from 'electron'
import { startRequestIn, type StartRequest } from '#app/start-request.ts'

/**
 * Makes this the only Descry of this user and home. Another start hands over what it was asked and ends; so `descry screen`
 * from the desktop's own shortcut settings and "Open with Descry" work while Descry runs.
 *
 * @returns false when another instance runs: then this one has to end.
 */
export function becomeOnlyInstance(request: StartRequest, onOther: (request: StartRequest) => void): boolean {
  // Chromium reorders a second instance's arguments, so the request travels beside them, with paths that are absolute.
  const isOnly = app.requestSingleInstanceLock({ ...request })
  if (isOnly) app.on('second-instance', (_event, _argv, _directory, data) => onOther(startRequestIn(data)))
  return isOnly
}
