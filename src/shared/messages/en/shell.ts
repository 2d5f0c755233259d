/** Tray, menus, dialogs and start-up of the Electron shell and the preview. */
export const shellMessages = {
  'shell.status.sending-on': 'Pictures are described by { $model } at { $provider }.',
  'shell.status.sending-off': 'Sending is off: no picture leaves this computer.',
  'shell.status.no-key': 'No API key. Add one in Settings.',
  'shell.start.downloading': 'Downloading Electron, about 110 MB. This happens once.',
  'shell.start.still-downloading': 'Still downloading Electron.',
  'shell.download.unreachable': 'The download of Electron failed: no connection to { $host } ({ $detail }).',
  'shell.download.proxy': 'The download of Electron failed at the proxy { $proxy } ({ $detail }).',
  'shell.download.certificate':
    'The download of Electron failed: the certificate of { $host } is not trusted ({ $detail }). If a proxy signs connections here, set NODE_EXTRA_CA_CERTS to the file with its certificate.',
  'shell.download.refused': 'The download of Electron failed: { $host } answered { $status }.',
  'shell.download.checksum':
    'The download of Electron failed: its checksum is wrong, so it is damaged or not the original. Nothing was installed.',
  'shell.download.not-saved': 'The download of Electron could not be saved ({ $code }).',
  'shell.download.too-slow': 'The download of Electron took too long and was stopped.',
  'shell.download.failed': 'The download of Electron failed: { $detail }',
  'shell.start.no-electron': 'Electron is not installed.',
  'shell.start.no-sandbox': 'This system blocks the sandbox that Electron needs.',
  'shell.start.allow-sandbox': 'To use Electron, run this once: { $command }',
  'shell.start.broken-electron': 'Electron cannot run here, because the system lacks a library that it needs.',
  'shell.start.no-preview': 'Descry opens without its window instead.',
  'shell.start.preview': '{ $why } Opening Descry in { $browser } instead, without a tray icon or hotkeys.',
  'shell.start.no-display':
    'There is no display that Descry can use, so it opens without its window. To have the window, start it on a desktop.',
  'shell.start.no-chromium':
    '{ $why } There is no Chromium-based browser either, so Descry opens without its window. { $next }',
  'shell.start.your-pictures': 'Describing your pictures on this computer. Nothing is sent.',
  'shell.start.samples': 'Describing the sample pictures on this computer. Nothing is sent.',
  'shell.start.next':
    'To describe pictures of your own, run: npm start -- photo.jpg. For descriptions by a model, set OPENAI_API_KEY and run: npm run -s descry -- describe photo.jpg',

  'shell.menu.file': '&File',
  'shell.menu.edit': '&Edit',
  'shell.menu.capture': '&Capture',
  'shell.menu.caption': 'C&aption',
  'shell.menu.speech': '&Speech',
  'shell.menu.privacy': '&Privacy',
  'shell.menu.view': '&View',
  'shell.menu.window': '&Window',
  'shell.menu.help': '&Help',
  'shell.open-descry': 'Open Descry',
  'shell.pictures-and-pdf': 'Pictures and PDF files',
  'shell.all-files': 'All files',
  'shell.tray-tip': 'Descry: { $status }',
  'shell.tray-sending': `{ $watched ->
    [both] watching clipboard and screenshots, sending to { $provider }
    [clipboard] watching clipboard, sending to { $provider }
    [screenshots] watching screenshots, sending to { $provider }
   *[nothing] not watching, sending to { $provider }
  }`,
  'shell.tray-not-sending': `{ $watched ->
    [both] watching clipboard and screenshots, sending off
    [clipboard] watching clipboard, sending off
    [screenshots] watching screenshots, sending off
   *[nothing] not watching, sending off
  }`,

  'shell.hotkey-taken': '{ $keys } is already in use. Choose another hotkey in Settings.',
  'shell.hotkey-taken-fallback': '{ $keys } is already in use. { $fallback } works instead.',
  'shell.hotkey-invalid': '“{ $keys }” is not a key combination. Choose another hotkey in Settings.',
  'shell.hotkey-invalid-fallback': '“{ $keys }” is not a key combination. { $fallback } works instead.',
  'shell.hotkey-impossible': '{ $keys } cannot be a hotkey on this desktop. Choose a letter or digit in Settings.',
  'shell.hotkey-impossible-fallback': '{ $keys } cannot be a hotkey on this desktop. { $fallback } works instead.',
  'shell.limits.wayland': "Hotkeys may not work on Wayland: assign a key to descry screen in the desktop's settings.",
  'shell.limits.preview':
    'Preview without Electron: no tray icon, no global hotkeys, no "Open with". Use descry screen from a desktop shortcut.',

  'shell.cannot-start': 'Descry could not start',
  'shell.already-running': 'Descry is already running.',
  'shell.already-running.next': 'Use its window, or quit it with descry quit.',
  'shell.quit-other-first': 'Descry is already running. Quit it first: descry quit.',
  'shell.still-running': 'Descry is still running',
  'shell.still-running.next': 'To quit, choose Quit Descry in its tray menu.',
  'shell.browser-failed': '{ $browser } could not open a window.',
  'shell.browser-failed.next': 'Try to start it by itself, or install another one.',
  'shell.no-chromium': 'No Chromium-based browser was found, such as Chrome, Edge, Brave, or Vivaldi.',
  'shell.no-chromium.next': 'Install Chromium or Chrome, then start again.',
  'shell.no-chromium.next-linux': 'Install one with: { $command }',

  'shell.socket-unwritable': 'Descry cannot create its control socket.',
  'shell.socket-unwritable.next': 'Check { $place }, or set DESCRY_HOME.',
  'shell.socket-no-answer': 'The running Descry did not answer.',
  'shell.socket-no-answer.next': 'Try again, or restart Descry.',
  'shell.socket-open-to-others': 'Other users can write to the folder of the control socket.',
  'shell.socket-open-to-others.next': 'Make yourself the only user who can write to { $folder }.'
} as const
