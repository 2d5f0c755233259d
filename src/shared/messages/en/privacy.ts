/** What the check before sending finds, hides and keeps back. */
export const privacyMessages = {
  'privacy.hidden': '{ $what } hidden.',
  'privacy.mark': '[{ $what } hidden]',

  'privacy.kind.card-number': `{ $count ->
    [one] card number
   *[other] { $count } card numbers
  }`,
  'privacy.kind.iban': `{ $count ->
    [one] IBAN
   *[other] { $count } IBANs
  }`,
  'privacy.kind.one-time-code': `{ $count ->
    [one] one-time code
   *[other] { $count } one-time codes
  }`,
  'privacy.kind.password': `{ $count ->
    [one] password
   *[other] { $count } passwords
  }`,
  'privacy.kind.secret-key': `{ $count ->
    [one] secret key
   *[other] { $count } secret keys
  }`,
  'privacy.kind.id-number': `{ $count ->
    [one] ID number
   *[other] { $count } ID numbers
  }`,
  'privacy.kind.login-code': `{ $count ->
    [one] login QR code
   *[other] { $count } login QR codes
  }`,
  'privacy.kind.password-field': `{ $count ->
    [one] password field
   *[other] { $count } password fields
  }`,
  'privacy.kind.phone-number': `{ $count ->
    [one] phone number
   *[other] { $count } phone numbers
  }`,
  'privacy.kind.email-address': `{ $count ->
    [one] email address
   *[other] { $count } email addresses
  }`,
  'privacy.kind.postal-address': `{ $count ->
    [one] postal address
   *[other] { $count } postal addresses
  }`,

  'privacy.hidden-part': '{ $what }: { $text }.',
  'privacy.nothing-hidden': 'Nothing private was found.',
  'privacy.nothing-sent': 'No picture was sent.',
  'privacy.sent-today': `{ $count ->
    [0] No picture was sent today.
    [one] One picture was sent today.
   *[other] { $count } pictures were sent today.
  }{ $hidden ->
    [0] {""}
    [one] {" "}In one of them, parts were hidden.
   *[other] {" "}In { $hidden } of them, parts were hidden.
  }`,
  'privacy.last-sent':
    'The last at { $time }: { $width } by { $height } pixels, { $size }, to { $provider } with { $model }.',
  'privacy.last-sent-for':
    'The last at { $time }: { $width } by { $height } pixels, { $size }, to { $provider } with { $model }, for { $cost }.',
  'privacy.would-send':
    'To { $provider }, with { $model }: the picture, { $width } by { $height } pixels, { $size }, without metadata.',
  'privacy.provider-at': '{ $name } ({ $host })',
  'privacy.would-send-title': 'Also the window title, "{ $title }".',
  'privacy.would-send-program': 'Also the name of the program, { $program }.',
  'privacy.would-send-nothing': 'Nothing would be sent.',
  'privacy.price': 'Price: about { $cost }.',
  'privacy.price-unknown': 'The price is not known.',
  'privacy.sent-not-cleared': 'The list of sent pictures could not be deleted.',
  'privacy.sent-cleared': 'The list of sent pictures is cleared.',
  'privacy.checking': 'Checking for private text.',
  'privacy.not-checked': `{ $why ->
    [slow] Not sent: checking for private text took too long.
   *[failed] Not sent: the picture could not be checked for private text.
  }`,
  'privacy.not-checked.next': 'Try again, or use "Send everything".',
  'privacy.private-window': 'Not sent: this window shows passwords.',
  'privacy.not-sent': 'Not sent: { $kinds }.',
  'privacy.not-sent.next': 'To send it anyway, use "Send everything".',
  'privacy.asking.next': 'The same key again sends it hidden.'
} as const
