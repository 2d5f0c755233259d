import { passesLuhn } from './checksums.ts'
import { asDigits, beforeOnLine, countDigits, digitLike, type SearchedText, type TextFinding } from './searched-text.ts'

/** Digits in groups, as on a card or in a form; a card number may go on in the next line. */
const runPattern = new RegExp(
  `(?<![\\p{L}\\p{N}_#=/+*•-])[${digitLike}]+(?:(?: {0,2}[-.·] {0,2}| {1,3}| {0,2}\\n *)[${digitLike}]+)*(?![\\p{L}\\p{N}_=/*•@])`,
  'gu'
)
const groupPattern = new RegExp(`[${digitLike}]+`, 'gu')

/** Card networks by what a number begins with, and how many digits it then has (ISO/IEC 7812, the networks' own lists). */
const networks: readonly { prefix: RegExp; lengths: readonly number[]; isCommon: boolean }[] = [
  { prefix: /^4/u, lengths: [16], isCommon: true },
  { prefix: /^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/u, lengths: [16], isCommon: true },
  { prefix: /^3[47]/u, lengths: [15], isCommon: true },
  { prefix: /^(?:6011|64[4-9]|65)/u, lengths: [16], isCommon: true },
  { prefix: /^35(?:2[89]|[3-8])/u, lengths: [16], isCommon: true },
  { prefix: /^62/u, lengths: [16, 19], isCommon: true },
  { prefix: /^220[0-4]/u, lengths: [16], isCommon: true },
  // Other numbers look like these too, such as French company numbers: they count in their own groups, or beside a label.
  { prefix: /^3(?:0[0-5]|[689])/u, lengths: [14], isCommon: false },
  { prefix: /^(?:50|5[6-9]|6)/u, lengths: [13, 14, 15, 16, 17, 18, 19], isCommon: false },
  { prefix: /^4/u, lengths: [13, 19], isCommon: false }
]

/** After which digits a printed number has a gap, by its length. */
const gapsByLength: Partial<Record<number, readonly number[]>> = {
  13: [4, 7, 10],
  14: [4, 10],
  15: [4, 10],
  16: [4, 8, 12],
  18: [4, 8, 12, 16],
  19: [4, 8, 12, 16]
}

const cardWords =
  /(?:(?:credit|debit|bank|payment|card)[ -]?card|card ?(?:number|no\b)|kredit-?karte|kartennummer|karten-?nr|debitkarte|bankkarte|girocard|numero ?de ?(?:la ?)?carte|carte ?(?:bancaire|bleue|de ?credit)|(?:numero ?de ?(?:la ?)?)?tarjeta|carta ?di ?credito|numero ?(?:della ?)?carta|cartao|\bvisa\b|mastercard|maestro|american ?express|\bamex\b)/u
/** Stand on a card, around its number. */
const onCard = /valid ?thru|good ?thru|gultig ?bis|expire ?fin|\bvisa\b|mastercard|maestro|american ?express/u
/** Enough for digits that OCR grouped in an unusual way. */
const anyCard = /card|karte|carte|tarjeta|carta|cartao/u
const otherCards =
  /gift|library|loyalty|member|sim|bahncard|payback|fidelite|cadeau|regalo|geschenk|kundenkarte|punkte|business ?card/u
/** What stands before numbers that are no card numbers. */
const otherLabels =
  /(?:order|bestell|auftrag|commande|pedido|ordine|encomenda|track|sendung|paket|colis|envio|spedizione|shipment|invoice|rechnung|facture|factura|fattura|fatura|\bref|serial|serie|isbn|\bean\b|gtin|\bupc\b|imei|siret|siren|ticket|kunden|customer|client|vorgang|case|transa[ck]tion|\bid\b|document|article|artikel|model)[^\n]{0,20}$/u

/**
 * Payment card numbers: 13 to 19 digits of a known network whose check digit is right, in the groups of a card or in one
 * piece, with digits that OCR took for letters. Beside the words "card number" a misread check digit is forgiven.
 */
export function findCardNumbers({ plain, folded }: SearchedText): TextFinding[] {
  const found: TextFinding[] = []
  for (const { 0: run, index } of plain.matchAll(runPattern)) {
    if (countDigits(run) < 3 || run.length < 13) continue
    const groups = [...run.matchAll(groupPattern)].map((group) => ({
      text: group[0],
      start: index + group.index,
      end: index + group.index + group[0].length
    }))
    let next = 0
    while (next < groups.length) {
      const count = cardAt(groups, next, { plain, folded })
      const [first, last] = [groups[next], groups[next + count - 1]]
      if (count > 0 && first && last) found.push({ kind: 'card-number', start: first.start, end: last.end })
      next += Math.max(1, count)
    }
  }
  return found
}

interface DigitGroup {
  text: string
  start: number
  end: number
}

/** How many groups from this one on are a card number; 0 if none. */
function cardAt(groups: readonly DigitGroup[], from: number, { plain, folded }: SearchedText): number {
  const first = groups[from]
  if (!first) return 0
  const before = groups[from - 1]
  // In a row of numbers, some four would pass for a card by chance.
  const isFirstOfLine = before === undefined || plain.slice(before.end, first.start).includes('\n')
  const label = folded.slice(Math.max(0, first.start - 70), first.start)
  const after = folded.slice(first.end, first.end + 60)
  const isLabeled = (cardWords.test(label) || onCard.test(after)) && !otherCards.test(label)
  // So would the end of an account number.
  const isPart = /\d[A-Z\d]*[ -]$/iu.test(beforeOnLine(plain, first.start, 8))
  if ((!isFirstOfLine || isPart) && !isLabeled) return 0
  const isNearCard = anyCard.test(label) && !otherCards.test(label)
  const isOther = otherLabels.test(beforeOnLine(folded, first.start, 30))
  let text = ''
  const gaps: number[] = []
  let best = 0
  for (let count = 1; from + count <= groups.length; count += 1) {
    const group = groups[from + count - 1]
    if (!group) break
    text += group.text
    if (text.length > 19) break
    if (text.length >= 13 && endsThere(groups, from + count, plain)) {
      const isCard =
        isCardNumber(text, gaps, { isLabeled, isNearCard, isOther }) ||
        isCardWithStrayDigit(groups.slice(from, from + count).map((one) => one.text))
      // A security code beside the number may make it a longer one by chance.
      if (isCard && (best === 0 || group.text.length > 3)) best = count
    }
    gaps.push(text.length)
  }
  return best
}

/** OCR reads the edge of a digit, or of an embossed one, as one more digit: "4539 3416 7211 0 0681". */
function isCardWithStrayDigit(groups: readonly string[]): boolean {
  const fours = groups.filter(({ length }) => length === 4)
  const isStray =
    groups.length === 5 && fours.length === 4 && groups.every(({ length }) => length === 4 || length === 1)
  return isStray && isCardNumber(fours.join(''), [4, 8, 12], { isLabeled: false, isNearCard: false, isOther: false })
}

/** Whether nothing follows on the line, or no more than what stands beside a card number: its security code. */
function endsThere(groups: readonly DigitGroup[], next: number, plain: string): boolean {
  const [last, following] = [groups[next - 1], groups[next]]
  if (!last || !following || plain.slice(last.end, following.start).includes('\n')) return true
  const after = groups[next + 1]
  const isLast = after === undefined || plain.slice(following.end, after.start).includes('\n')
  return isLast && following.text.length <= 4
}

function isCardNumber(
  text: string,
  gaps: readonly number[],
  { isLabeled, isNearCard, isOther }: { isLabeled: boolean; isNearCard: boolean; isOther: boolean }
): boolean {
  const digits = asDigits(text)
  const real = countDigits(text)
  const matching = networks.filter(({ prefix, lengths }) => lengths.includes(digits.length) && prefix.test(digits))
  if (matching.length === 0 || new Set(digits).size < 2) return false
  const usual = gapsByLength[digits.length] ?? []
  // OCR loses gaps and adds some.
  const isGrouped = gaps.length > 0 && usual.every((gap) => gaps.includes(gap))
  const hasFewerGaps = gaps.every((gap) => usual.includes(gap))
  if (!isGrouped && !hasFewerGaps && !isNearCard && !isLabeled) return false
  if (real < 3 || (real < digits.length * 0.6 && !isGrouped)) return false
  if (!passesLuhn(digits)) return isLabeled && matching.some(({ isCommon }) => isCommon) && real === digits.length
  if (isOther && !isGrouped) return false
  return isLabeled || matching.some(({ isCommon }) => isCommon) || (isGrouped && digits.length !== 13)
}

const securityCode =
  /\b(?:cvc2?|cvv2?|cvn|card ?(?:security|verification) ?(?:code|number)|kartenprufnummer|prufnummer|prufziffer|cryptogramme(?: ?visuel)?|codice ?di ?sicurezza(?: ?della ?carta)?|codigo ?de ?seguridad(?: ?de ?la ?tarjeta)?)\b[ :.=\n(]{0,4}(?:\d[ -]?(?:digits?|stellig|chiffres|cifras|cifre)\)? *:?\s*)?(\d{3,4})(?![ ]?[\d/])/gu
/** In a form that asks for a card, this is the same code; elsewhere it is for signing in. */
const securityCodeInForm =
  /\b(?:security|verification|sicherheits|pruf) ?-?code[ :.\n]{0,3}(\d{3,4})(?![ ]?[\d/])|\b(?:code ?de ?securite|c[oe]digo ?de ?seguridad|codice ?di ?sicurezza|c[oe]digo ?de ?seguran[cg]a)[ :.\n]{0,3}(\d{3,4})(?![ ]?[\d/])/gu
const labeledExpiry =
  /(?:valid ?(?:thru|through|until)|good ?thru|month\/year|exp(?:ir\w*)?(?: ?date)?\b|mm ?\/ ?yy(?:yy)?|gultig ?bis|ablaufdatum|verfallsdatum|expire ?fin|date ?d'expiration|fecha ?de ?caducidad|vencimiento|caduca|valida ?hasta|scadenza|validade)[ :.=\n]{0,4}((?:0[1-9]|1[0-2]) ?[/-] ?(?:20)?[2-4]\d)(?![\d/])/gu
/** Directly after the number. */
const besideCard = /^\s{1,3}((?:0[1-9]|1[0-2]) ?\/ ?(?:20)?[2-4]\d(?:\s{1,3}\d{3,4})?|\d{3,4})(?![ ]?[\d/.,])/u

/**
 * The security code and the expiry date of a card: the code wherever it is labeled, the date only if there is a card number.
 *
 * @param cards of the same page, found in this text or in another reading of it.
 */
export function findCardDetails(
  { plain, folded }: SearchedText,
  cards: readonly TextFinding[],
  hasCard = cards.length > 0
): TextFinding[] {
  const found: TextFinding[] = []
  const add = (value: string, end: number): void => {
    found.push({ kind: 'card-number', start: end - value.length, end })
  }
  for (const match of folded.matchAll(securityCode)) add(match[1] ?? '', match.index + match[0].length)
  if (!hasCard) return found
  for (const match of folded.matchAll(securityCodeInForm))
    add(match[1] ?? match[2] ?? '', match.index + match[0].length)
  for (const match of folded.matchAll(labeledExpiry)) add(match[1] ?? '', match.index + match[0].length)
  for (const { end } of cards) {
    const match = besideCard.exec(plain.slice(end, end + 24))
    if (match) add(match[1] ?? '', end + match[0].length)
  }
  return found
}
