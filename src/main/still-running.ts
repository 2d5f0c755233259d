import { Notification } from 'electron'

/** Tells once a run that closing the window did not end Descry, and how to end it. Screen readers read it out. */
export function createStillRunningNotice(): () => void {
  let wasGiven = false
  return () => {
    if (wasGiven || !Notification.isSupported()) return
    wasGiven = true
    new Notification({
      title: 'Descry is still running',
      body: 'To end it, choose Quit Descry in its tray menu.'
    }).show()
  }
}
