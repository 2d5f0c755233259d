import { beforeOnLine, type SearchedText, type TextFinding } from './searched-text.ts'

// All labels are looked for in lower case without accents; German compounds may be hyphenated.

/** OCR loses spaces: "Yourverification code". */
const afterWord = '(?:\\b|(?<=\\b(?:your|the|ihr|dein|votre|saved|new|my|enter|use|su|tu|seu)))'
const purpose =
  '(?:verification|security|authentication|authenticator|authorization|confirmation|one[- ]?time|log[- ]?in|sign[- ]?in|access|two[- ]?(?:factor|step)|2fa|mfa|sms|otp|unlock|activation|pairing|device|approval|temporary|reset|door|gate|entry|alarm)'
const german =
  '(?:bestatigungs|sicherheits|einmal|anmelde|verifizierungs|verifikations|zugangs|zugriffs|freischalt|freigabe|authentifizierungs|login|aktivierungs|sms|pruf|kopplungs|tur|entsperr)'
const strongLabel = new RegExp(
  `${afterWord}(?:${[
    `${purpose}[- ]?(?:pass)?code`,
    'one[- ]?time[- ]?(?:password|pass|pin)',
    'otp',
    'passcode',
    '[a-z]{0,6}tan(?:-nummer)?',
    `${german}-?code`,
    'einmal-?(?:passwort|kennwort|pin)',
    "code ?(?:(?:de|d'|a|pour) ?)?(?:verification|confirmation|securite|validation|connexion|l'?acces|acces|authentification|usage ?unique|activation|deverrouillage|sms|temporaire|unique|secret)",
    'mot ?de ?passe ?(?:a ?usage ?unique|temporaire)',
    '(?:codigo|clave|contrasena) ?(?:de ?|temporal\\b|unic[oa]\\b)(?:(?:verificacion|seguridad|acceso|confirmacion|autenticacion|activacion|inicio ?de ?sesion|validacion|(?:un ?solo ?)?uso(?: ?unico)?)\\b)?',
    "(?:codice|password) ?(?:di ?|d'|monouso\\b|temporane[ao]\\b|otp\\b)(?:verifica|sicurezza|conferma|accesso|autenticazione|attivazione|sblocco)?",
    '(?:codigo|senha) ?(?:de ?(?:verificacao|seguranca|confirmacao|acesso|autenticacao|ativacao|uso ?unico)|descartavel|temporari[ao]|unic[oa])'
  ].join('|')})(?:s|is|ist)?\\b`,
  'gu'
)
const possessive = '(?:your|ihr|ihren|dein|deinen|votre|ton|tu|su|il tuo|il suo|o seu|seu|teu)'
const codeWord = '(?:code|codigo|codice|clave)'
/** "Your Example code", without saying what for. */
const ownLabel = new RegExp(`\\b${possessive} ?(?:[\\w.&+'-]{1,20} ){0,3}?(?:sms-?|[\\w]{1,20}-)?${codeWord}\\b`, 'gu')
const bareLabel = /\b(?:enter (?:this |the )?|use (?:this |the )?)?(?:code|codigo|codice)(?= ?[:=]| \d)/gu
/** "482913 is your Example code" */
const ownAfter = new RegExp(
  `^ ?(?:is|ist|lautet|est|es|e|-|:)? ?${possessive} [^\\n]{0,40}?\\b(?:[a-z]{0,20}${codeWord}|otp|tan|einmalpasswort|passwor[dt])\\b`,
  'u'
)

/** "Use 482913 to sign in" */
const useBefore =
  /\b(?:use|enter|type|verwenden sie|nutzen sie|utilisez|usa|use o|usa il|saisissez|ingresa|introduce)(?: (?:the|this|den|le|el|il|o))?(?: (?:code|codigo|codice))? $/u
const useAfter =
  /^ ?(?:to|as|zum|um|pour|para|per|comme|como|come|als) [^\n]{0,40}?(?:sign|log|verif|confirm|authent|anmeld|bestat|connect|identif|acced|inicia|entrar|access)/u

/** Codes that are not secret. */
const openCode =
  /(?:promo\w*|discount|coupon|voucher|gift|postal|zip|post|area|country|dial\w*|error|exit|status|http|response|return|reason|product|item|article|colou?r|qr|bar|source|dress|sort|swift|bic|iata|airport|tax|tracking|booking|reservation|reference|order|invoice|customer|ticket|referral|invit\w+|promotion\w*|machine|hs|building|course|model|part|batch|lot|offer|campaign|currency|language|plu|hex|cheat|key|bank|branch|routing|group|game|room|class|style|sku|shop|store|savings) ?codes?\b|code ?(?:postal|promo\w*|erreur|d'erreur|couleur|article|produit|barres?|ape|naf|client|cadeau|reduction|of|red|review|name|block|base|snippet)|codi(?:go|ce) ?(?:postal|postale|promoc\w*|sconto|errore|prodotto|articolo|fiscale|cliente|de ?(?:descuento|error|producto|barras|area|pais|referencia|reserva|erro|rastreio)|do ?produto|a ?barre|qr)/u
const context =
  /expires? ?in|valid ?for|(?:do ?not|don't|never) ?share|minutes|gultig|minuten|nicht ?weiter|(?:partagez|communiquez|divulguez)|valable|expire|caduca|valido|compart|condivider|scade|sign(?:ing)? ?in|log(?:ging)? ?in|verif|anmeld|authenti|two-factor|2fa|connexion|iniciar ?sesion|acced|entrar/u
const authenticator =
  /authenticator|two-factor|two-step|\b2fa\b|\btotp\b|\baegis\b|\bauthy\b|one-time ?(?:code|password)/u

const value =
  '(?:[a-z]-\\d{5,6}|\\d{3}[ -]\\d{3}|\\d{4}[ -]\\d{4}|\\d{2} \\d{2} \\d{2}|\\d(?: \\d){3,7}|\\d{4,8}|(?=[0-9oilsbz|]{4,8}\\b)(?:[oilsbz|]{0,2}\\d[oilsbz|]{0,2}){3,8})'
const boundaryBefore = '(?<![\\p{L}\\p{N}+*•#@&_$€£/]|\\d[.,:/ -]|[.,]\\d)'
const boundaryAfter =
  '(?![\\p{L}\\p{N}%€$£°_@*•]|[.,:/]\\d|-\\d| ?(?:%|€|eur|usd|\\$|min|h\\b|hour|day|sec|tage|stund|sekund|hora|heure|jour|ore\\b|dia|point|punkt|character|digit|zeichen|stell|chiffre|cifr|caracter|time|mal\\b|fois|people|user|kb|mb|gb|x\\b| ?\\d))'
const valuePattern = new RegExp(`${boundaryBefore}${value}${boundaryAfter}`, 'gu')
const wholeValue = new RegExp(`^\\W{0,3}(${value})\\W{0,3}(?:copy|kopieren|copier|copiar|copia)?$`, 'u')
/** Letters and digits mixed, in capitals: only beside a label that says what the code is for. */
const mixedValue =
  /(?<![\p{L}\p{N}])(?:(?=[A-Z0-9-]*\d)(?=[A-Z0-9-]*[A-Z])[A-Z0-9]{4,10}(?:-[A-Z0-9]{3,6}){0,2}|[A-Z]{4}-[A-Z]{4})(?![\p{L}\p{N}-])/gu
const wholeMixed = new RegExp(`^\\W{0,3}(${mixedValue.source})\\W{0,3}$`, 'u')

/** What may stand between a label and its code on one line. */
const connection =
  /^(?:[^\n\d]{0,14}|[^\n.!?]{0,60}?(?:\b(?:is|lautet|ist|est|es|e|sono|be|enter|eingeben)\b|:|=|->)\s{0,3}["'(]?)$/u
const sentTo =
  /\b(?:sent|gesendet|geschickt|envoye|enviado|inviato|to|an|ending|number|phone|in|until|bis|since)\b[^:]{0,30}$/u

interface Line {
  start: number
  text: string
  folded: string
}

/**
 * Codes for signing in once: 4 to 8 digits, or letters and digits, beside words that say so in English, German, French,
 * Spanish, Italian or Portuguese.
 */
export function findOneTimeCodes({ plain, folded }: SearchedText): TextFinding[] {
  const isAuthenticator = authenticator.test(folded)
  if (!isAuthenticator && !/cod|tan\b|otp|\bpin\b|einmal|clave|unique|senha|password/u.test(folded)) return []
  const lines = linesOf(plain, folded)
  const found: TextFinding[] = []
  const add = (line: Line, at: number, text: string): void => {
    const start = line.start + at
    const isKnown = found.some((one) => start < one.end && start + text.length > one.start)
    if (!isKnown) found.push({ kind: 'one-time-code', start, end: start + text.length })
  }
  const hasContext = context.test(folded)
  for (const [index, line] of lines.entries()) {
    for (const { at, end, strength } of labelsOf(line)) {
      const onLine = valueAfter(line, end, strength, hasContext) ?? valueBefore(line, at)
      if (onLine) add(line, onLine.at, onLine.text)
      else for (const one of valuesNearby(lines, index, strength)) add(one.line, one.at, one.text)
    }
    for (const match of line.folded.matchAll(valuePattern))
      if (isUsed(line.folded, match.index, match.index + match[0].length)) add(line, match.index, match[0])
    if (isAuthenticator) {
      const whole = /^\W*(\d{3} ?\d{3})\W*(?:\d{1,2} ?s?)?$/u.exec(line.folded)?.[1]
      if (whole) add(line, line.folded.indexOf(whole), whole)
    }
  }
  return found
}

function isUsed(line: string, start: number, end: number): boolean {
  const after = line.slice(end)
  return ownAfter.test(after) || (useAfter.test(after) && useBefore.test(line.slice(0, start)))
}

function linesOf(plain: string, folded: string): Line[] {
  const lines: Line[] = []
  let start = 0
  for (const text of plain.split('\n')) {
    lines.push({ start, text, folded: folded.slice(start, start + text.length) })
    start += text.length + 1
  }
  return lines
}

/** What a label says: what the code is for, that it is the reader's own, or nothing but "code". */
type Strength = 'strong' | 'own' | 'bare'
interface Label {
  at: number
  end: number
  strength: Strength
}

function labelsOf(line: Line): Label[] {
  const labels: Label[] = []
  const patterns: [Strength, RegExp][] = [
    ['strong', strongLabel],
    ['own', ownLabel],
    ['bare', bareLabel]
  ]
  for (const [strength, pattern] of patterns)
    for (const match of line.folded.matchAll(pattern)) {
      const [at, end] = [match.index, match.index + match[0].length]
      if (labels.some((one) => at < one.end && end > one.at)) continue
      if (strength !== 'strong' && openCode.test(line.folded.slice(Math.max(0, at - 16), end + 14))) continue
      // "tan" is a color, "TAN" and "pushTAN" are codes.
      if (match[0].endsWith('tan') && !line.text.slice(at, end).endsWith('TAN')) continue
      labels.push({ at, end, strength })
    }
  return labels
}

interface Value {
  at: number
  text: string
}

function valueAfter(line: Line, from: number, strength: Strength, hasContext: boolean): Value | null {
  const mixed = strength === 'strong' ? [...line.text.slice(from).matchAll(mixedValue)] : []
  const digits = [...line.folded.slice(from).matchAll(valuePattern)]
  for (const match of [...digits, ...mixed]) {
    const between = line.folded.slice(from, from + match.index)
    if (!connection.test(between) || sentTo.test(between) || /[+*•]/u.test(between)) continue
    const text = match[0]
    const size = text.replace(/\D/gu, '').length
    if (strength !== 'strong' && /^(?:19|20)\d\d$/u.test(text)) continue
    if (strength === 'bare' && size !== 6 && !hasContext) continue
    return { at: from + match.index, text: line.text.slice(from + match.index, from + match.index + text.length) }
  }
  return null
}

/** "482 913 - your verification code" */
function valueBefore(line: Line, label: number): Value | null {
  const before = line.folded.slice(0, label)
  const match = [...before.matchAll(valuePattern)].at(-1)
  if (!match) return null
  const between = before.slice(match.index + match[0].length)
  if (
    !/^ ?(?:is|ist|lautet|est|es|e|-|:|\()? ?(?:(?:the|der|die|das|le|la|el|il|o|a|as|als|your|ihr|dein|votre|ton|tu|su) )?(?:[\w.]+ )?$/u.test(
      between
    )
  )
    return null
  return /^(?:19|20)\d\d$/u.test(match[0]) ? null : { at: match.index, text: match[0] }
}

/** Codes that stand alone on the lines after a label, or on the one before it. */
function valuesNearby(lines: readonly Line[], index: number, strength: Strength): (Value & { line: Line })[] {
  const wholeOn = (line: Line | undefined, isMixed: boolean): (Value & { line: Line }) | null => {
    if (!line) return null
    const text = wholeValue.exec(line.folded)?.[1] ?? (isMixed ? wholeMixed.exec(line.text)?.[1] : undefined)
    if (text === undefined || /^(?:19|20)\d\d$/u.test(text)) return null
    const at = line.folded.indexOf(text.toLowerCase())
    return { line, at, text: line.text.slice(at, at + text.length) }
  }
  const label = lines[index]
  if (!label || strength === 'bare') return []
  const following = lines.slice(index + 1, index + 8).filter(({ text }) => text.trim() !== '')
  const isMixed = strength === 'strong'
  const reach = strength === 'strong' ? 3 : 2
  for (const line of following.slice(0, reach)) {
    const whole = wholeOn(line, isMixed)
    if (whole) return [whole]
  }
  const before = wholeOn(lines[index - 1], false)
  return before ? [before] : []
}

const backupLabel =
  /\b(?:backup|recovery|emergency|rescue|scratch)[- ]?(?:verification ?)?codes\b|(?:wiederherstellungs|backup-?|sicherungs|ersatz|notfall)codes\b|codes ?de ?(?:secours|recuperation|sauvegarde)|codigos ?de ?(?:respaldo|recuperacion|seguridad|backup|reserva)|codici ?di ?(?:backup|recupero|riserva)/u
const backupCode =
  /^(?:\W{0,3}|\d{1,2}[.)] )(?:[a-z0-9]{4,6}[- ][a-z0-9]{4,6}(?:[- ][a-z0-9]{4,6}){0,2}|(?=[a-z]*\d)[a-z0-9]{8,12}|\d{6,8})(?:[ ,]+(?:[a-z0-9]{4,6}[- ][a-z0-9]{4,6}|[a-z0-9]{8,12}))*$/u
const maxBackupLines = 20

/** Backup codes for two-step sign-in: the lines after their heading. */
export function findBackupCodes({ plain, folded }: SearchedText): TextFinding[] {
  if (!backupLabel.test(folded)) return []
  const found: TextFinding[] = []
  const lines = linesOf(plain, folded)
  for (const [index, { folded: heading }] of lines.entries()) {
    if (!backupLabel.test(heading)) continue
    let misses = 0
    for (const line of lines.slice(index + 1, index + 1 + maxBackupLines)) {
      const text = line.folded.trim()
      if (backupCode.test(text) && /\d/u.test(text)) {
        const at = line.folded.indexOf(text)
        found.push({ kind: 'one-time-code', start: line.start + at, end: line.start + at + text.length })
      } else if (text !== '' && (misses += 1) > 2) break
    }
  }
  return found
}

/** A PIN is lasting unless the text around it speaks of a single use. */
export function isOneTime(folded: string, at: number): boolean {
  return /one[- ]?time|einmal|usage unique|un solo uso|monouso/u.test(beforeOnLine(folded, at, 60))
}
