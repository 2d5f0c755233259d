/** What is said and shown about a caption. */
export const captionMessages = {
  'caption.none-yet': 'There is no caption yet.',
  'caption.one-part-only': 'This caption has no parts. Press Ctrl+D for more detail.',
  'caption.nothing-in-part': '{ $part }: nothing there.',
  'caption.nothing-unverified': 'Nothing is marked unverified.',
  'caption.text-not-checked': 'Text not checked.',
  'caption.unverified': `{ $more ->
    [0] Unverified: { $texts }.
   *[other] Unverified: { $texts }, and { $more } more.
  }`,
  'caption.not-found': '{ $text } was not found in the picture.',
  'caption.not-found-but-similar': '{ $text } was not found. The picture may say { $nearest }.',
  'caption.more-not-found': 'And { $count } more.',
  'caption.copied': 'Caption copied',
  'caption.notice': `{ $kind ->
    [graphic] Notice: graphic.
    [private] Notice: private.
   *[sensitive] Notice: sensitive.
  }`,
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
  'caption.no-such-preset': 'There is no preset called { $name }.',
  'caption.no-such-preset.next': 'Choose another preset, or add it in Settings.',
  'caption.over-limit-ask-again': 'Ask again to send this picture anyway, or raise the limit in Settings.',
  'caption.nothing-to-repeat': 'Nothing to repeat yet.',
  'caption.no-second-model': 'No model is chosen for second opinions.',
  'caption.no-second-model.next': 'Choose one in Settings.',
  'caption.opinion-label': 'Second opinion on { $label }',
  'caption.opinion-price': '{ $model } costs about { $price }. Press again to ask it.',
  'caption.opinion-price-unknown': 'The price of { $model } is not known. Press again to ask it.',
  'caption.detail.brief': 'Brief',
  'caption.detail.standard': 'Standard',
  'caption.detail.detailed': 'Detailed',
  'caption.detail.text': 'Text only',
  'caption.part.summary': 'Summary',
  'caption.part.text': 'Text',
  'caption.part.parts': 'Parts',
  'caption.part.controls': 'Controls',
  'caption.part.details': 'Details',
  'caption.opinion.both-say': 'Both say:',
  'caption.opinion.agree-on-nothing': 'They agree on nothing.',
  'caption.opinion.worded-differently': 'Worded differently:',
  'caption.opinion.only': 'Only { $name }:',
  'caption.opinion.says': '{ $name }: { $sentence }'
} as const
