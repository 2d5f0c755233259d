/** Capturing the screen, watching the clipboard and folders, and choosing a part. */
export const captureMessages = {
  'capture.pictures-ready': `{ $count ->
    [one] Picture ready
   *[other] { $count } pictures ready
  }`,
  'capture.watching-paused': 'Watching paused: more than ten pictures in a minute.',
  'capture.watching-paused-for-hour': 'Watching paused for an hour.',
  'capture.watching-resumed': 'Watching again',
  'capture.nothing-changed': 'Nothing changed',
  'capture.first-capture': '{ $label } remembered. Ask again to hear what changed.',
  'capture.now-blank': 'Now all { $color }: { $place }.',
  'capture.grid-help':
    'Press 1 to 9 to zoom into that square, the arrow keys to move, plus and minus to resize, W to switch between screen and window, Enter to capture, Escape to go back.',
  'capture.nothing-else': 'No other screen or window.'
} as const
