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
  'privacy.checking': 'Checking for private text.',
  'privacy.not-checked': `{ $why ->
    [slow] Not sent: checking for private text took too long.
   *[failed] Not sent: the picture could not be checked for private text.
  }`,
  'privacy.not-checked.next': 'Try again, or use "Send everything".',
  'privacy.not-sent': 'Not sent: { $kinds }.',
  'privacy.not-sent.next': 'To send it anyway, use "Send everything".',
  'privacy.asking.next': 'The same key again sends it hidden.'
} as const
