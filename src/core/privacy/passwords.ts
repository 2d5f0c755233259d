import type { SearchedText, TextFinding } from './searched-text.ts'

// Labels are looked for in lower case without accents.
const passwordLabel =
  /\b(?:(?:[a-z-]{0,20}pass(?:wor[dt]|phrase)|[a-z-]{0,20}kennwort|pwd|passwd|pw(?= ?[:=]| (?:is|ist)\b)|pass(?= ?[:=])|passcode|kenncode|zugangscode|mot ?de ?passe|mdp|contrase(?:n|f|fi|ii|m)a|senha|palavra-passe|wachtwoord|parola ?d'ordine|(?:wpa\d?|wep|wi-?fi|wlan|network|netzwerk|security|sicherheits)[- ]?(?:key|schl(?:u|ii|i)ssel|code|pass)|(?:netzwerk(?:sicherheits)?|wlan|wifi)-?schl(?:u|ii|i)ssel|cle ?(?:wpa\d?|wep|wi-?fi|de ?securite|reseau)(?: ?\/ ?(?:wpa\d?|wep))?|clave ?(?:wi-?fi|wpa\d?|de ?red|de ?la ?red)|chiave ?(?:di ?rete|wpa\d?|wi-?fi)|chave ?(?:de ?rede|wpa\d?|wi-?fi))(?: ?\((?:wpa\d?|wi-?fi|wlan)[^)\n]{0,12}\))?)(?![\w-])/gu
const connector =
  /^(?:["']?(?:(?!.{0,30}(?:change|history|polic|hint|length|strength|expire|geandert|modifi|cambi))[ -][^\n:=]{2,30}?)? ?(?::|=|->|;)|(?: (?:now|jetzt|neu|temporarily|is now))? (?:is|ist|lautet|est|c'est|es ist|es|e|sera|war|was)\b ?:?|(?= ?["']))? */u
/** Words that follow the label where no password does. */
const noPassword =
  /^(?:required|must|forgot\w*|show|hide|hidden|change[ds]?|reset|incorrect|invalid|expire[ds]?|protected|weak|strong|medium|minimum|mindestens|min|max|at|manager|field|new|old|current|confirm\w*|again|optional|settings?|login|log|sign|submit|continue|cancel|ok|next|back|save[ds]?|remember|generat\w+|copy|copied|edit|enter|your|none|n\/a|null|not|set|unset|yes|no|and|or|for|is|the|username|user|e-?mail|name|erforderlich|vergessen\??|andern|anzeigen|ausblenden|falsch|stark|schwach|mittel|bestatigen|weiter|abbrechen|anmelden|speichern|wiederholen|eingeben|und|oder|benutzername|oublie|incorrect|afficher|masquer|modifier|confirmer|connexion|suivant|annuler|obligatoire|requis|olvid\w+|incorrecta|mostrar|ocultar|cambiar|confirmar|entrar|siguiente|cancelar|obligatoria|requerida|esque\w+|dimenticat\w+|mostra|accedi|annulla|avanti|obbligatoria|richiesta|passw(?:ords?|orter)|policy|hint|strength|history|length|tips?|rules?)$/u
const maxPasswordLength = 64
/** So many characters after a label are looked at. */
const maxRest = 200

/** Passwords, PINs and network keys beside their labels, on the same line or alone on the next. */
export function findPasswords(searched: SearchedText): TextFinding[] {
  // OCR puts spaces around underscores: "Naranja _Hafen33".
  const [plain, folded] = [searched.plain, searched.folded].map((text) => text.replace(/ (?=_)|(?<=_) /gu, '_')) as [
    string,
    string
  ]
  const found: TextFinding[] = []
  for (const match of folded.matchAll(passwordLabel)) {
    const end = match.index + match[0].length
    if (
      /\b(?:forgot(?:ten)?|vergessen|reset) (?:your |my )?$/u.test(
        folded.slice(Math.max(0, match.index - 16), match.index)
      )
    )
      continue
    if (plain[end] === '?') {
      const answer = answerAfter(plain, end + 1)
      if (answer) found.push({ kind: 'password', ...answer })
      continue
    }
    const isPhrase = /phrase/u.test(match[0])
    const value = networkDigits(plain, end, match[0]) ?? passwordAfter(plain, folded, end, isPhrase)
    if (value) found.push({ kind: 'password', ...value })
  }
  return found
}

/** "WLAN-Schlüssel 4829 1034 5567 2910": digits in groups need no colon. */
function networkDigits(plain: string, labelEnd: number, label: string): Span | null {
  if (!/key|schl|wpa|wep|chiave|chave|cle|clave/u.test(label)) return null
  const digits = /^[ :=]{1,3}(\d{8,63}|\d{4,5}(?: \d{4,5}){2,12})(?=\s|$)/u.exec(plain.slice(labelEnd, labelEnd + 90))
  if (!digits?.[1]) return null
  const end = labelEnd + digits[0].length
  return { start: end - digits[1].length, end }
}

interface Span {
  start: number
  end: number
}

function passwordAfter(plain: string, folded: string, labelEnd: number, isPhrase: boolean): Span | null {
  const link = connector.exec(folded.slice(labelEnd, labelEnd + 50))?.[0] ?? ''
  const hasColon = /[:=>;]/u.test(link)
  const saysIs = /[a-z]/u.test(link)
  const start = labelEnd + link.length
  const lineEnd = endOfLine(plain, start)
  const rest = plain.slice(start, Math.min(lineEnd, start + maxRest))
  if (rest.trim() === '') {
    // In a form, the field is below its label.
    const next = start + /^\s*/u.exec(plain.slice(start))![0].length
    const line = plain.slice(next, endOfLine(plain, next))
    if (plain.slice(start, next).split('\n').length > 3) return null
    const tokens = line.trim().split(/ +/u)
    if (isPhrase && hasColon && tokens.length >= 3) return { start: next, end: next + line.trimEnd().length }
    const isSecret = tokens.every((token) => looksSecret(token)) && tokens.length <= 3
    return isSecret ? { start: next, end: endOfColumn(plain, next) } : null
  }
  if (isPhrase && hasColon) return { start, end: start + rest.trimEnd().length }
  return secretStart(plain, start, { rest, hasColon, saysIs })
}

/** "What's the Wi-Fi password?", and in one of the next lines of the chat "It's latte2024!". */
function answerAfter(plain: string, from: number): Span | null {
  for (const line of plain.slice(from, from + maxRest).matchAll(/[^\n]+/gu)) {
    const answer = /^(?:[\p{L}']+ ){0,2}(\S{6,32})$/u.exec(line[0].trim())?.[1] ?? ''
    if (!hasLetterAndDigit(answer) || !looksSecret(answer) || answer.includes(':')) continue
    const start = from + line.index + line[0].indexOf(answer)
    return { start, end: start + answer.length }
  }
  return null
}

/** The end of the last line, from this one on, that is nothing but a password: a table has one in each row. */
function endOfColumn(plain: string, from: number): number {
  let end = from + plain.slice(from, endOfLine(plain, from)).trimEnd().length
  for (let next = endOfLine(plain, from) + 1; next < plain.length; next = endOfLine(plain, next) + 1) {
    const line = plain.slice(next, endOfLine(plain, next)).trimEnd()
    if (/\s/u.test(line) || !/\d|[!#$%^&*]/u.test(line) || !/\p{L}/u.test(line) || !looksSecret(line)) break
    end = next + line.length
  }
  return end
}

/** The first words of the rest of the line, as far as they look like a password. */
function secretStart(
  plain: string,
  start: number,
  { rest, hasColon, saysIs }: { rest: string; hasColon: boolean; saysIs: boolean }
): Span | null {
  const tokens = [...rest.matchAll(/\S+/gu)]
  const [first] = tokens
  if (!first) return null
  const text = trimmed(first[0], saysIs)
  if (
    /^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}$/u.test(text) ||
    noPassword.test(fold(text)) ||
    isCode(text) ||
    isMask(text) ||
    text.length > maxPasswordLength
  )
    return null
  const isAlone = tokens.length === 1
  const isQuoted = /^["'“„«]/u.test(first[0])
  const accepted = hasColon
    ? looksSecret(text) ||
      (isAlone && text.length >= 4 && /^[\p{L}\p{N}]/u.test(text)) ||
      (isAlone && /^\d{4,}$/u.test(text))
    : (looksSecret(text) && hasLetterAndDigit(text)) || (saysIs && isQuoted && text.length >= 4)
  if (!accepted) return null
  // Without a colon, a sentence may go on about something else.
  if (!hasColon && !saysIs && !isAlone) return null
  let end = start + first.index + first[0].indexOf(text) + text.length
  for (const token of tokens.slice(1, 6)) {
    const gap = plain.slice(end, start + token.index)
    // The digits of a network key come in groups.
    const isGroup = /^\d{4,5}$/u.test(token[0]) && /^\d{4,5}$/u.test(text)
    const isMore = looksSecret(token[0]) && /[\d!@#$%^&*]/u.test(token[0]) && !/^[(\d]+\W*$/u.test(token[0])
    // OCR sees a space before an underscore.
    const isJoined = token[0].startsWith('_') || plain.charAt(end - 1) === '_'
    if (gap.length > 2 || !(isGroup || isMore || isJoined)) break
    end = start + token.index + token[0].length
  }
  return { start: start + first.index + first[0].indexOf(text), end }
}

/** Letters and digits, or with special characters, or capitals inside: not a word of a sentence. */
function looksSecret(token: string): boolean {
  const text = trimmed(token, true)
  if (text.length < 4 || text.length > maxPasswordLength || isMask(text) || isCode(text)) return false
  // The label of the next field.
  if (!/\d/u.test(text) && /passw|kennwort|schl(?:ü|u|ii)ssel|contrase|senha/iu.test(text)) return false
  if (/^[A-Za-z]-[A-Za-z],?$|^(?:https?:|www\.)|^\d+[.,:/-]\d+(?:[.,:/-]\d+)?$|^\d+-?(?:\p{L}{1,10})$|^\(/u.test(text))
    return false
  if (/^[^@\s]+@[^@\s]+\.[a-z]{2,}$/iu.test(text)) return false
  if (hasLetterAndDigit(text)) return true
  if (/^[\p{L}'’.,-]+$/u.test(text)) return /\p{Ll}\p{Lu}\p{Ll}*\p{Lu}|-.*-/u.test(text)
  if (/^\d{4,}$/u.test(text)) return true
  return /[\p{L}\d]/u.test(text) && /[!@#$%^&*_+=~?<>]/u.test(text)
}

function hasLetterAndDigit(text: string): boolean {
  return /\p{L}/u.test(text) && /\d/u.test(text)
}

/** What stands for a password in a program or in a manual: "$DB_PASSWORD", "<password>", "getPassword()". */
function isCode(text: string): boolean {
  return /^\$\{?[A-Z]|^[<[{].*[>\]}]$|^%\w+%$|^[a-z]\w*\.\w+|^[a-z]\w*\(|\(\)$/u.test(text)
}

/** Dots and asterisks in place of the password; OCR reads dots as zeros or O. */
function isMask(text: string): boolean {
  return /^[•●∙·*.○◦⬤_x#-]+$/iu.test(text) || /[•●]{3}|^(.)\1{3,}$|^[0oOQ@.]{4,}$/u.test(text)
}

function trimmed(token: string, isSentence: boolean): string {
  const inner = token.replace(/^["'“„«(]+/u, '').replace(/["'”“»)]+[.,;]?$/u, '')
  return isSentence ? inner.replace(/[.,;:]$/u, '') : inner.replace(/[,;]$/u, '')
}

function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[.,;:!]$/u, '')
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end === -1 ? text.length : end
}

const phraseLabel =
  /\b(?:recovery|seed|secret(?: ?recovery)?|backup|mnemonic|wiederherstellungs|seed-?)[ -]?(?:phrase|words|worter)\b|\bmnemonic\b|phrase ?(?:de ?recuperation|secrete|mnemonique)|frase ?(?:de ?recuperacion|semilla|di ?recupero|de ?recuperacao|secreta)/gu
/** The lengths of a recovery phrase of a wallet (BIP 39). */
const phraseLengths = [24, 21, 18, 15, 12]

/** The 12 to 24 words that restore a wallet, numbered or not, on any number of lines after their label. */
export function findRecoveryPhrases({ plain, folded }: SearchedText): TextFinding[] {
  const found: TextFinding[] = []
  for (const match of folded.matchAll(phraseLabel)) {
    const from = match.index + match[0].length
    if (found.some(({ end }) => end > from)) continue
    const words = phraseWords(plain.slice(from, from + 700))
    const count = phraseLengths.find((length) => words.length >= length)
    const [first, last] = [words[0], words[(count ?? 0) - 1]]
    if (first && last) found.push({ kind: 'password', start: from + first.start, end: from + last.end })
  }
  return found
}

/** The longest row of short lower-case words, with nothing but numbers between them. */
function phraseWords(text: string): Span[] {
  let longest: Span[] = []
  let row: Span[] = []
  for (const match of text.matchAll(/\S+/gu)) {
    const token = match[0]
    const word = /^(?:\d{1,2}[.):]?)?([a-z]{3,8})[,]?$/u.exec(token)?.[1]
    if (word)
      row.push({ start: match.index + token.indexOf(word), end: match.index + token.indexOf(word) + word.length })
    else if (!/^\d{1,2}[.):]?$/u.test(token)) row = []
    if (row.length > longest.length) longest = [...row]
  }
  return longest
}
