/** Tray, menus, dialogs and start-up of the Electron shell and the preview. */
export const shellMessages = {
  'shell.status.sending-on': 'Pictures are described by { $model } at { $provider }.',
  'shell.status.sending-off': 'Sending is off: no picture leaves this computer.',
  'shell.status.no-key': 'No API key. Add one in Settings.',
  'shell.start.no-display':
    'There is no display. The command line works without one: npm run -s descry -- describe photo.jpg',
  'shell.start.downloading': 'Downloading Electron, about 110 MB. This happens once.',
  'shell.start.still-downloading': 'Still downloading Electron.',
  'shell.start.preview':
    'Electron is not installed and could not be downloaded. Opening the preview in Chromium instead.',
  'shell.start.no-chromium': 'Electron is not installed and could not be downloaded. { $reason } { $next }'
} as const
