/** The window, apart from its settings. */
export const windowMessages = {
  'window.name': 'Descry',
  'window.no-picture': 'No picture yet',
  'window.no-picture.hint': 'Copy a picture, take a screenshot, or describe the screen.',
  'window.nothing-to-ask-about': 'There is no picture to ask about yet.',
  'window.show-newest': 'Show the newest: { $title }',
  'window.sending-on': 'Pictures go to { $provider } when you describe them.',
  'window.sending-off': 'No picture leaves this computer.',

  'window.state.waiting': 'Not described yet',
  'window.state.describing': 'Describing…',
  'window.state.stopped': 'Stopped before the end',
  'window.describe.waiting': 'Describe this picture',
  'window.describe.stopped': 'Describe again',
  'window.describe.failed': 'Try again',
  'window.unverified-mark': ' (unverified)',
  'window.read-caption': 'Read the caption',
  'window.part-keys':
    'Press { $modifier }+1 to { $modifier }+5 to go to the summary, text, parts, controls, or details.',
  'window.byline': `{ $kind ->
    [question] About { $label }, { $time }
    [question-offline] About { $label }, { $time }, described on this computer
    [opinion] { $time }, by { $model }
    [offline] { $time }, described on this computer
   *[other] { $time }
  }`,

  'window.history': 'History',
  'window.history.empty': 'Nothing yet',
  'window.history.entry': `{ $state ->
    [waiting] { $time }, not described yet
    [describing] { $time }, being described
    [stopped] { $time }, stopped
    [failed] { $time }, failed
   *[done] { $time }
  }`,

  'window.ask': 'Ask about this picture',
  'window.ask.submit': 'Ask',
  'window.describe-again': 'Describe again as',
  'window.describe-again.submit': 'Describe',
  'window.describe-again.details': 'Level of detail',
  'window.describe-again.presets': 'Type of picture',
  'window.describe-again.own': 'Your prompts',
  'window.preset.screen': 'Screen',
  'window.preset.photo': 'Photo',
  'window.preset.people': 'People and scene',
  'window.preset.chart': 'Chart',
  'window.preset.document': 'Document',
  'window.preset.product': 'Product',
  'window.preset.meme': 'Comic or meme',
  'window.preset.art': 'Art',
  'window.preset.next': 'What to press next',

  'window.picture': 'Picture',
  'window.picture.waiting': 'Picture not described yet',
  'window.picture.describing': 'Picture being described',
  'window.picture.enlarged': 'Enlarged picture',
  'window.picture.enlarged.hint': 'Press the arrow keys to move it.',
  'window.picture.zoom-in': 'Zoom in',
  'window.picture.zoom-out': 'Zoom out',
  'window.picture.whole': 'Whole picture',
  'window.picture.invert': 'Invert colors',
  'window.picture.zoomed': '{ $percent } percent',

  'window.facts': 'About this picture',
  'window.facts.notice': 'Content notice',
  'window.facts.size': 'Size',
  'window.facts.pixels': '{ NUMBER($width, useGrouping: 0) } by { NUMBER($height, useGrouping: 0) } pixels',
  'window.facts.kind': 'Type',
  'window.facts.blank': 'Blank',
  'window.facts.blank-color': 'Blank, { $color }',
  'window.facts.code': 'Code ({ $format })',
  'window.facts.tags': 'Tags',
  'window.facts.model': 'Model',
  'window.facts.cost': 'Cost',
  'window.facts.words': 'Word count',
  'window.facts.text': 'Text read on this computer',
  'window.kind.screen': 'Screen',
  'window.kind.photo': 'Photo',
  'window.kind.document': 'Document',
  'window.kind.chart': 'Chart',
  'window.kind.drawing': 'Drawing',

  'window.toolbar': 'Commands',
  'window.commands': 'All commands',
  'window.commands.filter': 'Filter',
  'window.commands.none': 'No matching command',
  'window.commands.found': `{ $count ->
    [one] 1 command: { $first }
   *[other] { $count } commands, first: { $first }
  }`,
  'window.close': 'Close',
  'window.key.ctrl': 'Ctrl',
  'window.key.cmd': 'Cmd',
  'window.key.enter': 'Enter',
  'window.key.escape': 'Escape',

  'window.files': 'Files',
  'window.files.open': 'Open pictures or PDF files',
  'window.files.hint': 'You can also drop or paste them anywhere in this window.',
  'window.files.opening': `{ $count ->
    [one] Opening a file…
   *[other] Opening { $count } files…
  }`,
  'window.files.too-large': 'This file is over 100 MB.',
  'window.files.too-large.next': 'Choose a smaller file.',
  'window.files.unreadable': "This file can't be read.",
  'window.files.unreadable.next': 'Choose files, not a folder.',

  'window.grid': 'Choose an area: { $label }',
  'window.grid.area': 'Selected area',
  'window.grid.picture': 'Captured picture: { $label }',
  'window.grid.capture': 'Capture',
  'window.grid.back': 'Back'
} as const
