/** What is said and shown about a caption. */
export const captionMessages = {
  'caption.none-yet': 'There is no caption yet.',
  'caption.one-part-only': `{ $host ->
    [terminal] This caption has no parts. Use the command "more" for more detail.
   *[window] This caption has no parts. Press Ctrl+D for more detail.
  }`,
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
    [graphic] Graphic content.
    [private] Private content.
   *[sensitive] Sensitive content.
  } { $host ->
    [terminal] Use the command "repeat" to read it.
   *[window] Press Ctrl+R to hear it.
  }`,
  'caption.content-printed': `{ $kind ->
    [graphic] Graphic content. The caption is printed, not read aloud.
    [private] Private content. The caption is printed, not read aloud.
   *[sensitive] Sensitive content. The caption is printed, not read aloud.
  }`,
  'caption.no-such-preset': 'There is no preset called { $name }.',
  'caption.no-such-preset.next': 'Choose another preset, or add it in Settings.',
  'caption.over-limit-ask-again': 'Ask again to send this picture anyway, or raise the limit in Settings.',
  'caption.model-replaced': '{ $model } is no longer available. Using { $successor } instead.',
  'caption.model-replaced.next': 'Choose { $successor } in Settings.',
  'caption.using-fallback': `{ $code ->
    [no-credit] Your credit at { $name } is used up. Using { $fallback } instead.
    [rate-limited] { $name } is limiting requests. Using { $fallback } instead.
    [timed-out] { $name } took too long to respond. Using { $fallback } instead.
    [cut-off] The connection to { $name } was lost. Using { $fallback } instead.
   *[provider-down] { $name } cannot be reached. Using { $fallback } instead.
  }`,
  'caption.using-fallback-because': '{ $reason } Using { $fallback } instead.',
  'caption.fallback-failed': '{ $fallback } failed too. { $message }',
  'caption.too-long': 'The description was too long and was cut short.',
  'caption.too-long.next': 'Ask a question to hear the rest.',
  'caption.repeating': 'The model began to repeat itself and was stopped.',
  'caption.repeating.next': 'Try again, or ask a question.',
  'caption.local.black': 'The picture is black. Is the screen curtain on?',
  'caption.local.blank': 'The picture is blank, all { $color }.',
  'caption.local.blank-one-color': 'The picture is blank, all one color.',
  'caption.local.short-text': 'Text: { $text }',
  'caption.local.long-text': `Text, { $words } words.
{ $text }`,
  'caption.local.no-text': 'No text could be read.',
  'caption.local.nothing-found': 'No text was found.',
  'caption.local.kind': `{ $kind ->
    [screen] Probably a screen, { NUMBER($width, useGrouping: 0) } by { NUMBER($height, useGrouping: 0) } pixels.
    [photo] Probably a photo, { NUMBER($width, useGrouping: 0) } by { NUMBER($height, useGrouping: 0) } pixels.
    [document] Probably a document, { NUMBER($width, useGrouping: 0) } by { NUMBER($height, useGrouping: 0) } pixels.
    [chart] Probably a chart, { NUMBER($width, useGrouping: 0) } by { NUMBER($height, useGrouping: 0) } pixels.
   *[drawing] Probably a drawing, { NUMBER($width, useGrouping: 0) } by { NUMBER($height, useGrouping: 0) } pixels.
  }`,
  'caption.local.code-name': `{ $format ->
    [QRCode] A QR code
    [MicroQRCode] A small QR code
    [DataMatrix] A Data Matrix code
    [Aztec] An Aztec code
    [PDF417] A PDF417 code
   *[barcode] A barcode
  }`,
  'caption.local.code': `{ $kind ->
    [wifi] { $code } holds a Wi-Fi login for { $content }.
    [phone] { $code } holds a phone number: { $content }
    [email] { $code } holds an email address: { $content }
    [message] { $code } holds a text message to { $content }.
    [contact] { $code } holds the contact details of { $content }.
    [event] { $code } holds an event: { $content }
    [place] { $code } holds a place on the map: { $content }
   *[text] { $code } says: { $content }
  }`,
  'caption.local.bare-code': `{ $kind ->
    [wifi] { $code } holds a Wi-Fi login.
    [phone] { $code } holds a phone number.
    [email] { $code } holds an email.
    [message] { $code } holds a text message.
    [contact] { $code } holds contact details.
    [event] { $code } holds an event.
   *[place] { $code } holds a place on the map.
  }`,
  'caption.local.wifi-password': '{ $code } holds a Wi-Fi login for { $content }. Password: { $password }',
  'caption.local.empty-code': '{ $code } is empty.',
  'caption.local.more-codes': `{ $count ->
    [one] And 1 more code.
   *[other] And { $count } more codes.
  }`,
  'caption.nothing-to-repeat': 'Nothing to repeat yet.',
  'caption.no-second-model': 'No model is chosen for second opinions.',
  'caption.no-second-model.next': 'Choose one in Settings.',
  'caption.opinion-label': 'Second opinion on { $label }',
  'caption.opinion-price': '{ $model } costs about { $price }. Repeat the command to ask it.',
  'caption.opinion-price-unknown': 'The price of { $model } is not known. Repeat the command to ask it.',
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
