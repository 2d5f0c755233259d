/** Capturing the screen, watching the clipboard and folders, and choosing a part. */
export const captureMessages = {
  'capture.pictures-ready': `{ $count ->
    [one] Picture ready
   *[other] { $count } pictures ready
  }`,
  'capture.watching-paused': 'Watching paused: more than ten pictures in a minute.',
  'capture.watching-paused-for-hour': 'Watching paused for an hour.',
  'capture.watching-resumed': 'Watching resumed',
  'capture.nothing-changed': 'Nothing changed',
  'capture.first-capture': '{ $label } captured. Ask again to hear what changed.',
  'capture.now-blank': 'Now all { $color }: { $place }.',
  'capture.grid-help':
    'Press 1 to 9 to zoom into that square, the arrow keys to move, plus and minus to resize, W to switch between screen and window, Enter to capture, Escape to go back.',
  'capture.grid-whole': 'Whole picture, { $size }',
  'capture.grid-at': '{ $place }, { $size }',
  'capture.grid-size': '{ NUMBER($width, useGrouping: 0) } by { NUMBER($height, useGrouping: 0) }',
  'capture.grid-moved': `{ $direction ->
    [left] Moved left, { $place }
    [right] Moved right, { $place }
    [up] Moved up, { $place }
   *[down] Moved down, { $place }
  }`,
  'capture.grid-limit': `{ $limit ->
    [left] Left edge, { $place }
    [right] Right edge, { $place }
    [up] Top edge, { $place }
    [down] Bottom edge, { $place }
    [largest] Largest, { $place }
   *[smallest] Smallest, { $place }
  }`,
  'capture.grid-captured': 'Captured, { $size }',
  'capture.grid-closed': 'Closed',
  'capture.place.top-left': 'top left',
  'capture.place.top-center': 'top center',
  'capture.place.top-right': 'top right',
  'capture.place.middle-left': 'middle left',
  'capture.place.middle-center': 'center',
  'capture.place.middle-right': 'middle right',
  'capture.place.bottom-left': 'bottom left',
  'capture.place.bottom-center': 'bottom center',
  'capture.place.bottom-right': 'bottom right',
  'capture.grid-view': '{ $label }: { $place }',
  'capture.part-of': 'Part of { $label }, { NUMBER($width, useGrouping: 0) } by { NUMBER($height, useGrouping: 0) }',
  'capture.all-new-in': 'Everything is new in { $label }',
  'capture.changed-in': 'What changed in { $label }',
  'capture.region-needs-window': "Choosing an area requires Descry's window, which is not open.",
  'capture.region-needs-window.next': 'Give the area, as in descry region 10,20,300,200.',
  'capture.clipboard-picture': 'Clipboard picture',
  'capture.no-longer-in-list': 'This picture is no longer in the history.',
  'capture.no-longer-kept': 'This picture is no longer available.',
  'capture.watching': 'Watching { $places }.',
  'capture.watched-clipboard': 'the clipboard',
  'capture.not-watching': 'Not watching for pictures.',
  'capture.watching-is-paused': 'Watching is paused.',
  'capture.nothing-else': 'No other screen or window.',

  'capture.label.screen': 'Screen',
  'capture.label.screen-of': 'Screen { $number } of { $count }',
  'capture.label.window': 'Window',
  'capture.label.area': 'Part of the screen',
  'capture.label.pointer': 'Area around the pointer',
  'capture.role.button': 'button',
  'capture.role.control': 'control',
  'capture.role.link': 'link',
  'capture.role.password-field': 'password field',
  'capture.role.tab': 'tab',
  'capture.role.text': 'text',
  'capture.role.text-field': 'text field',
  'capture.role.web-page': 'web page',

  'capture.run-in-desktop': 'Run Descry inside your desktop session.',
  'capture.use-screenshot-key': "Press the desktop's own screenshot key.",
  'capture.no-display': 'No display was found.',
  'capture.no-screen': 'There is no screen here.',
  'capture.failed': 'The screen could not be captured.',
  'capture.failed.next': 'Allow Descry to record the screen in the system settings.',
  'capture.wayland-screen': 'Wayland does not let Descry capture the screen.',
  'capture.wayland-windows': 'Wayland does not say where windows are.',
  'capture.wayland-focus': 'Wayland does not say where the focused control is.',
  'capture.describe-screen-or-region': 'Describe the screen or a region.',
  'capture.portal-missing': 'This desktop does not let programs take screenshots.',
  'capture.portal-denied': 'The desktop denied the screenshot.',
  'capture.portal-denied.next': 'Allow screenshots for Descry in the system settings, under Apps.',
  'capture.portal-no-picture': 'The desktop returned no screenshot.',
  'capture.portal-no-picture.next': 'Answer its question, or press its own screenshot key.',
  'capture.mac-recording': 'macOS blocks screen recording.',
  'capture.mac-recording.next': 'Allow Descry in System Settings, Privacy & Security, Screen Recording.',
  'capture.area-outside': 'This area is outside the screen.',
  'capture.area-outside.next': 'Choose an area on the screen.',
  'capture.no-window': 'No window is active.',
  'capture.no-window.next': 'Switch to one, or describe the screen.',
  'capture.no-focus': 'Neither the focused control nor the pointer was found.',
  'capture.no-focus.next': 'Describe the window instead.',

  'capture.clipboard-private': 'The clipboard is marked private.',
  'capture.clipboard-empty': 'There is no picture on the clipboard.',
  'capture.only-address': "Only the picture's address was copied.",
  'capture.only-address.next': 'Turn on "Download copied web pictures" in Settings.',
  'capture.on-network': 'This picture is on a network share.',
  'capture.on-network.next': 'Save it on this computer, and copy that file.',
  'capture.clipboard-unreachable': 'The clipboard cannot be reached.',
  'capture.clipboard-no-desktop': 'There is no desktop here, so there is no clipboard.',
  'capture.clipboard-wayland': 'The Wayland clipboard cannot be read.',
  'capture.clipboard-wayland.next': 'Install wl-clipboard.',
  'capture.clipboard-no-watching': 'Wayland does not let Descry watch the clipboard.',
  'capture.clipboard-no-watching.next': 'Copy a picture, then run descry clipboard.',
  'capture.clipboard-owner-hangs': 'The program you copied from is not responding.',
  'capture.clipboard-owner-hangs.next': 'Copy the picture again.',
  'capture.copy-failed': 'The text could not be copied.',
  'capture.copy-failed.next': 'Install xclip.',
  'capture.folder-unwatchable': 'The folder { $folder } cannot be watched.',
  'capture.folder-unwatchable.next': 'Check its permissions, or choose another in Settings.'
} as const
