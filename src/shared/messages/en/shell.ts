/** Tray, menus, dialogs and start-up of the Electron shell and the preview. */
export const shellMessages = {
  'shell.status.sending-on': 'Pictures are described by { $model } at { $provider }.',
  'shell.status.sending-off': 'Sending is off: no picture leaves this computer.',
  'shell.status.no-key': 'No API key. Add one in Settings.'
} as const
