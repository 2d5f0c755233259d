import { beforeOnLine, type SearchedText, type TextFinding } from './searched-text.ts'

// Labels are looked for in lower case without accents.
const pinLabel =
  /\b(?:pin2?|puk[12]?|pin-?code|pin-?nummer|pin ?number|geheimzahl|code ?pin|code ?puk|codigo ?pin|codice ?pin|nip)\b(?:[- ]?(?:code|number|nummer|sim))?/gu
const number = '(\\d{4,8}|\\d(?: \\d){3,7}|\\d{4} \\d{4})(?![\\d.,:/%-]\\d|\\p{L}|\\d| ?[€$%])'
const verb = '(?:is|ist|lautet|est|es|e)'
/** "PIN 4821", "PIN (SIM): 4821", also below its label. */
const beside = new RegExp(`^(?: ?(?:\\([^)\\n]{1,14}\\)|${verb})?)? ?[:=.]? ?(?:is )?\\n? ?${number}`, 'u')
/** "PIN for the door is 4821" */
const inSentence = new RegExp(`^(?: [\\p{L}'-]{1,14}){0,5}? ?(?:[:=]|\\b${verb}) ${number}(?= *(?:$|[\\n.,;!)]))`, 'u')
/** So many characters after a label are looked at. */
const reach = 90

/** PINs and PUKs beside their labels. A PIN is lasting, as a password is, unless the text speaks of a single use. */
export function findPins({ plain, folded }: SearchedText): TextFinding[] {
  const found: TextFinding[] = []
  for (const match of folded.matchAll(pinLabel)) {
    const end = match.index + match[0].length
    const label = plain.slice(match.index, end)
    const after = folded.slice(end, end + reach)
    // A pin of a plug, or to pin a note: only in capitals, or where a sentence says what it is.
    const isClear = /PIN|PUK|NIP/u.test(label) || match[0] === 'geheimzahl'
    const value = (isClear ? beside.exec(after) : null) ?? inSentence.exec(after)
    if (!value?.[1]) continue
    const start = end + value[0].length - value[1].length
    const kind = isOneTime(folded, match.index) ? 'one-time-code' : 'password'
    found.push({ kind, start, end: start + value[1].length })
  }
  return found
}

function isOneTime(folded: string, at: number): boolean {
  return /one[- ]?time|einmal|usage unique|un solo uso|monouso/u.test(beforeOnLine(folded, at, 60))
}
