import type { SearchedText, TextFinding } from './searched-text.ts'

interface KeyShape {
  /** Where a key begins. What it matches belongs to the key, except for a group named "label". */
  begin: RegExp
  /** One character of the rest. */
  alphabet: RegExp
  /** Characters after the beginning. Up to `most`, a key goes on after a gap or in the next line. */
  least: number
  most: number
  /** It has no digit of its own accord. */
  isPlain?: boolean
}

const base64Url = /[A-Za-z0-9_-]/u
const letters = /[A-Za-z0-9]/u
const base64 = /[A-Za-z0-9+/=_-]/u
const notInside = '(?<![A-Za-z0-9_-])'

/**
 * What the keys of well-known services begin with, from their documentation and from the lists of public secret scanners.
 * OCR loses underscores, and confuses I, l and 1.
 */
const shapes: readonly KeyShape[] = [
  // OpenAI, Anthropic, OpenRouter, DeepSeek and others
  {
    begin: new RegExp(`${notInside}[sS][kK] ?- ?(?:(?:proj|svcacct|admin|ant|or|api\\d\\d|v1) ?- ?){0,2}`, 'gu'),
    alphabet: base64Url,
    least: 20,
    most: 200
  },
  { begin: new RegExp(`${notInside}gh[pousr](?: ?_ ?| )`, 'gu'), alphabet: letters, least: 30, most: 36 },
  { begin: new RegExp(`${notInside}github ?[_ ] ?pat ?[_ ] ?`, 'gu'), alphabet: /\w/u, least: 40, most: 82 },
  { begin: new RegExp(`${notInside}g[l1I]pat-`, 'gu'), alphabet: base64Url, least: 18, most: 20 },
  // Amazon: the name of the key, then the key
  { begin: new RegExp(`${notInside}A(?:K|S)[I1l|]A`, 'gu'), alphabet: /[A-Z0-9l]/u, least: 15, most: 16 },
  // Google
  { begin: new RegExp(`${notInside}A[I1l|]za`, 'gu'), alphabet: base64Url, least: 30, most: 35 },
  { begin: new RegExp(`${notInside}ya29\\.`, 'gu'), alphabet: /[A-Za-z0-9_.-]/u, least: 30, most: 220 },
  { begin: new RegExp(`${notInside}GOCSPX-`, 'gu'), alphabet: base64Url, least: 24, most: 28 },
  // Slack
  { begin: new RegExp(`${notInside}x(?:ox[abeoprs]|app)-`, 'gu'), alphabet: /[A-Za-z0-9-]/u, least: 16, most: 120 },
  // Stripe; its pk_ keys are public
  {
    begin: new RegExp(`${notInside}[sr]k ?[_ ] ?(?:[l1I][iIl1]ve|test) ?[_ ] ?`, 'gu'),
    alphabet: letters,
    least: 16,
    most: 99
  },
  { begin: new RegExp(`${notInside}whsec ?[_ ] ?`, 'gu'), alphabet: base64, least: 24, most: 60 },
  { begin: new RegExp(`${notInside}npm ?[_ ] ?`, 'gu'), alphabet: letters, least: 32, most: 36 },
  { begin: new RegExp(`${notInside}pypi-`, 'gu'), alphabet: base64Url, least: 50, most: 220 },
  // Hugging Face, Groq, xAI, Replicate, Perplexity, NVIDIA, DigitalOcean, Shopify, Linear, Notion
  {
    begin: new RegExp(
      `${notInside}(?:hf ?_|gsk ?_|xai-|r8 ?_|pplx-|nvapi-|dop ?_ ?v1 ?_|shp(?:at|ss|ca) ?_|lin ?_ ?api ?_|ntn ?_|secret ?_|glsa ?_|key-)`,
      'gu'
    ),
    alphabet: base64Url,
    least: 24,
    most: 90
  },
  { begin: new RegExp(`${notInside}S[KG](?=[0-9a-f]{4})`, 'gu'), alphabet: /[0-9a-fOlI]/u, least: 30, most: 32 },
  {
    begin: new RegExp(`${notInside}SG\\. ?(?=[A-Za-z0-9_-]{6})`, 'gu'),
    alphabet: /[A-Za-z0-9_.-]/u,
    least: 40,
    most: 66
  },
  // Telegram
  {
    begin: new RegExp(`${notInside}\\d{8,10}: ?A{1,2}(?=[A-Za-z0-9_-]{6})`, 'gu'),
    alphabet: base64Url,
    least: 30,
    most: 34
  },
  // Discord
  {
    begin: new RegExp(`${notInside}[MNO](?=[A-Za-z0-9_-]{22,27}\\. ?[A-Za-z0-9_-]{6}\\.)`, 'gu'),
    alphabet: /[A-Za-z0-9_.-]/u,
    least: 50,
    most: 75
  },
  // JSON web tokens
  // J is read as ], and other letters as signs
  { begin: new RegExp(`${notInside}ey[JjI]`, 'gu'), alphabet: /[A-Za-z0-9_.\][@|-]/u, least: 40, most: 2000 },
  { begin: new RegExp(`${notInside}AGE-SECRET-KEY-1`, 'gu'), alphabet: /[A-Z0-9]/u, least: 50, most: 58 },
  // Azure
  {
    begin: /(?<label>(?:Account ?Key|Shared ?Access ?Key|SharedAccessSignature|[?&]sig) ?= ?)/gu,
    alphabet: /[A-Za-z0-9+/=%]/u,
    least: 20,
    most: 90
  },
  // HTTP headers
  {
    begin: /(?<label>(?:\bBearer|Authorization ?: ?(?:Basic|Token|Bearer)) )(?=[A-Za-z0-9])/gu,
    alphabet: /[A-Za-z0-9_.+/=~-]/u,
    least: 16,
    most: 2000
  },
  // Addresses that sign someone in
  {
    begin:
      /(?<label>[?&#/](?:access_?token|refresh_?token|id_?token|auth_?token|token|api_?key|key|secret|password|pwd|passwd|login_?token|magic|otp|ticket|signature)[=/])/giu,
    alphabet: /[A-Za-z0-9_.~%+-]/u,
    least: 10,
    most: 500
  }
]

/** API keys, tokens and private keys, also with gaps and over several lines, and user names with passwords in addresses. */
export function findSecretKeys(searched: SearchedText): TextFinding[] {
  const { plain } = searched
  const spans: { start: number; end: number }[] = [...privateKeyBlocks(plain)]
  for (const { begin, alphabet, least, most } of shapes) {
    let next = 0
    for (const match of plain.matchAll(begin)) {
      if (match.index < next) continue
      const label = match.groups?.label ?? ''
      const start = match.index + label.length
      const from = match.index + match[0].length
      if (spans.some((span) => start >= span.start && start < span.end)) continue
      const rest = take(plain, from, { alphabet, most })
      next = rest.end
      if (rest.text.length >= least && looksRandom(rest.text)) spans.push({ start, end: rest.end })
    }
  }
  spans.push(...addressPasswords(plain), ...commandPasswords(plain), ...labeledKeys(searched), ...groupedKeys(searched))
  return spans.map(({ start, end }) => ({ kind: 'secret-key', start, end }))
}

/** The characters of a key from here on, over gaps and line ends as long as what follows does not look like a word. */
function take(
  text: string,
  from: number,
  { alphabet, most }: { alphabet: RegExp; most: number }
): { text: string; end: number } {
  let taken = ''
  let at = from
  let end = from
  while (taken.length < most) {
    const character = text[at]
    if (character !== undefined && alphabet.test(character)) {
      taken += character
      at += 1
      end = at
      continue
    }
    const gap = /^(?: {1,2}| ?\n *)/u.exec(text.slice(at, at + 12))?.[0]
    if (!gap || taken.length === 0) break
    const piece = /^\S+/u.exec(text.slice(at + gap.length, at + gap.length + 200))?.[0] ?? ''
    const fits = Array.from(piece.replace(/["',;)]+$/u, '')).every((one) => alphabet.test(one))
    const isLast = piece.length <= most - taken.length && most <= 40
    if (!fits || !(isPiece(piece) || (isLast && /\d/u.test(piece)))) break
    at += gap.length
  }
  return { text: taken.replace(/[.-]+$/u, ''), end: end - (/[.-]+$/u.exec(taken)?.[0].length ?? 0) }
}

/** A piece of a key rather than a word: letters and digits, or capitals inside. */
function isPiece(text: string): boolean {
  if (text.length < 4) return false
  if (/^\d+$/u.test(text)) return false
  return (/\d/u.test(text) && /[A-Za-z]/u.test(text)) || /[a-z][A-Z]|[A-Z]{2}[a-z]/u.test(text)
}

/** Not a placeholder such as "xxxx" or "your-key-here". */
function looksRandom(text: string): boolean {
  if (/x{5,}|\*{3}|your|example-?key|placeholder|\.\.\./iu.test(text)) return false
  return /\d/u.test(text) && /[A-Za-z]/u.test(text) && new Set(text).size >= 8
}

/** An RSA key of 8,192 bits has 6,400 characters. */
const maxKeyLength = 8000

/** From BEGIN to END, or to the last line that looks like a part of it. */
function* privateKeyBlocks(text: string): Generator<{ start: number; end: number }> {
  const begin = /-{2,5} ?BEGIN (?:[A-Z0-9]{1,12} ){0,3}(?:PRIVATE|PR[I1l]VATE) KEY(?: BLOCK)? ?-{2,5}/gu
  let next = 0
  for (const match of text.matchAll(begin)) {
    if (match.index < next) continue
    const from = match.index + match[0].length
    const rest = text.slice(from, from + maxKeyLength)
    const end = rest.includes('END') ? /-{2,5} ?END [A-Z0-9 ]{0,40}KEY(?: BLOCK)? ?-{0,5}/u.exec(rest) : null
    next = from + (end ? end.index + end[0].length : lengthOfKey(rest))
    yield { start: match.index, end: next }
  }
}

/** Up to the last line that looks like a part of a key; OCR may spoil one in between. */
function lengthOfKey(text: string): number {
  let length = 0
  let spoiled = 0
  for (const line of text.matchAll(/[^\n]*\S[^\n]*/gu)) {
    if (/^[\s\w+/=:,-]+$/u.test(line[0]) && /\S{16}/u.test(line[0])) {
      length = line.index + line[0].length
      spoiled = 0
    } else if ((spoiled += 1) > 1) break
  }
  return length
}

/** "ada:secret" in "postgres://ada:secret@db.example". */
function* addressPasswords(text: string): Generator<{ start: number; end: number }> {
  for (const match of text.matchAll(
    /\b[a-z][a-z0-9+.-]{1,15} ?: ?\/\/ ?(?<user>[^\s/@:]{0,60}: ?[^\s/@]{1,100}) ?@/giu
  )) {
    const user = match.groups?.user ?? ''
    const secret = user.slice(user.indexOf(':') + 1).trim()
    if (/^(?:[*•]+|x{3,}|<.*>|\$\{.*\}|password|pass)$/iu.test(secret)) continue
    const start = match.index + match[0].lastIndexOf(user)
    yield { start, end: start + user.length }
  }
}

const keyLabel = new RegExp(
  [
    '(?:\\b|_)(?:(?:api|secret|access|private|auth|authentication|signing|encryption|client|app|webhook|refresh|bearer|personal ?access|deploy|master|account|consumer|service|session|bot|jwt)[ _-]{0,2}){1,3}(?:key|token|secret)(?: ?\\((?:secret|live|test)\\))?(?![\\w-])',
    '\\b(?:[a-z0-9]{1,20} ?_ ?){1,5}(?:key|token|secret|password|passwd|pwd|credentials?)\\b',
    '\\b(?:token|secret|secret key)(?= ?[:=])',
    '\\b(?:api|zugriffs|zugangs|geheimer?)[- ]?(?:schl(?:u|ii|i)ssel|token)\\b',
    "\\b(?:cle|clef) (?:d'?)? ?(?:api|secrete|acces|privee)\\b|\\bjeton (?:d'acces|d'api|secret)\\b",
    '\\b(?:clave|llave|token|chave|chiave) (?:de |di |da )?(?:la )?(?:api|secreta|segreta|acceso|accesso|acesso|privada|privata)\\b'
  ].join('|'),
  'gu'
)
const keyConnector = /^["']?(?: (?:is|ist|lautet|est|es|e))?(?: ?(?::|=>|=) ?| |\n)\s{0,2}["']?/u
const keyBody = /^[A-Za-z0-9_.+/=~-]+/u

/** "curl -u ada:secret" */
function* commandPasswords(text: string): Generator<{ start: number; end: number }> {
  for (const match of text.matchAll(/(?: -u|--user)[ =]["']?([\w.@-]{1,40}:[^\s"'@]{4,60})["']?(?= |\n|$)/gu)) {
    const value = match[1] ?? ''
    const start = match.index + match[0].indexOf(value)
    yield { start, end: start + value.length }
  }
}

/** What stands beside "API key" and its like: a long piece of letters and digits. */
function* labeledKeys({ plain, folded }: SearchedText): Generator<{ start: number; end: number }> {
  for (const match of folded.matchAll(keyLabel)) {
    const labelEnd = match.index + match[0].length
    const link = keyConnector.exec(plain.slice(labelEnd, labelEnd + 24))?.[0]
    if (link === undefined) continue
    const start = labelEnd + link.length
    const isAssigned = /[:=]/u.test(link)
    const first = keyBody.exec(plain.slice(start, start + 400))?.[0] ?? ''
    const rest = take(plain, start, { alphabet: /[A-Za-z0-9_.+/=~-]/u, most: 120 })
    const isSecretName = /(?:password|passwd|pwd)$/u.test(match[0])
    if (isSecretName && isAssigned && first.length >= 4) yield { start, end: start + first.length }
    else if (rest.text.length >= (isAssigned ? 12 : 16) && looksRandom(rest.text) && !/^https?:/u.test(first))
      yield { start, end: rest.end }
  }
}

const setupLabel =
  /(?:setup|set-up|secret|manual(?: ?entry)?|authenticator|totp|2fa|einrichtungs|geheimer)[ -]?(?:key|code|schl(?:u|ii|i)ssel)|cle ?(?:de ?configuration|secrete)|clave ?(?:de ?configuracion|secreta)|chiave ?(?:di ?configurazione|segreta)|(?:can't|cannot|unable ?to) ?scan/u
/** Base32 in groups of four, which an authenticator app takes instead of a QR code. */
const setupKey =
  /(?<![A-Za-z0-9])(?:[a-z2-7]{4}(?: [a-z2-7]{4}){3,15}|[A-Z2-7]{4}(?:[ -][A-Z2-7]{4}){3,15}|[A-Z2-7]{16,64}|[a-z2-7]{32})(?![A-Za-z0-9])/gu
/** Windows and other products; only beside a label, because coupons look the same. */
const productKey = /(?<![A-Z0-9-])[A-Z0-9]{4,5}(?: ?- ?[A-Z0-9]{4,5}){3,5}(?![A-Z0-9-])/gu
const productLabel =
  /(?:product|license|licence|serial|activation|registration|produkt|lizenz|aktivierungs|windows)[ -]?(?:key|schl(?:u|ii|i)ssel|code|number)|cle ?de ?(?:produit|licence)|clave ?de ?(?:producto|licencia)|chiave ?di ?licenza|codice ?di ?licenza/u
/** BitLocker: eight groups of six digits. */
const recoveryKey = /(?<!\d)\d{6}(?:\s?-\s?\d{6}){7}(?!\d)/gu

function* groupedKeys({ plain, folded }: SearchedText): Generator<{ start: number; end: number }> {
  for (const match of plain.matchAll(recoveryKey)) yield { start: match.index, end: match.index + match[0].length }
  const near = (label: RegExp, at: number): boolean => label.test(folded.slice(Math.max(0, at - 90), at))
  if (setupLabel.test(folded))
    for (const match of plain.matchAll(setupKey))
      if (near(setupLabel, match.index) && (/\d/u.test(match[0]) || /[A-Z]/u.test(match[0])))
        yield { start: match.index, end: match.index + match[0].length }
  if (productLabel.test(folded))
    for (const match of plain.matchAll(productKey))
      if (near(productLabel, match.index) && /\d/u.test(match[0]) && /[A-Z]/u.test(match[0]))
        yield { start: match.index, end: match.index + match[0].length }
}
