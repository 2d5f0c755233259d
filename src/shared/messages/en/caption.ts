/** What is said and shown about a caption. */
export const captionMessages = {
  'caption.none-yet': 'There is no caption yet.',
  'caption.one-part-only': 'This caption has no parts. Press Ctrl+D for more detail.',
  'caption.nothing-in-part': '{ $part }: nothing there.',
  'caption.nothing-unverified': 'Nothing is marked unverified.',
  'caption.text-not-checked': 'The text was not checked.',
  'caption.copied': 'Caption copied',
  'caption.hidden': 'The caption is hidden until you ask for it.',
  'caption.content-hidden': `{ $kind ->
    [graphic] Graphic content. Press Ctrl+R to hear it.
    [private] Private content. Press Ctrl+R to hear it.
   *[sensitive] Sensitive content. Press Ctrl+R to hear it.
  }`,
  'caption.content-printed': `{ $kind ->
    [graphic] Graphic content. The caption is printed, not read aloud.
    [private] Private content. The caption is printed, not read aloud.
   *[sensitive] Sensitive content. The caption is printed, not read aloud.
  }`,
  'caption.nothing-to-repeat': 'Nothing to repeat yet.',
  'caption.detail.brief': 'Brief',
  'caption.detail.standard': 'Standard',
  'caption.detail.detailed': 'Detailed',
  'caption.detail.text': 'Text only'
} as const
