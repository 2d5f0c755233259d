import { abbreviationKind } from '#core/text/abbreviations.ts'
import { fold } from './folding.ts'
import { monthNumber } from './months.ts'

export interface Name {
  start: number
  end: number
  /** All nouns are capitalized in this language; or it is on a button or in a logo, which OCR often cannot read. */
  isGuess: boolean
  /** A single word after "von", "nach" or "über" in German, which is probably a place. */
  isPlace: boolean
}

const word = String.raw`\p{Lu}[\p{L}\p{M}]*(?:['’-]\p{L}+)*`
const link = String.raw`(?:(?:&|of|de(?: la| los)?|du|des|del|di|da|van) )?`
const run = new RegExp(String.raw`(?<![\p{L}\p{N}@#/._-])${word}(?: ${link}${word})*`, 'gu')
const wordInRun = new RegExp(String.raw`(?<!\p{L})${word}`, 'gu')
/** What comes before the first word of a sentence or list item. Not a colon, which is followed by what a label says. */
const opening = /(?:^|[.!?…。！？\n])["'“”‘’„«»()[\]*•\s–—-]*$/u

/**
 * Capitalized for other reasons, or recognizable by their looks: days, languages, peoples, systems, keys. They need not be
 * written in the picture.
 */
const known = new Set(
  fold(
    `a an the this that these there it its he she they we you your my our no not do does is are please in on at
    i ok qr pdf usb tv pc url id ui wi-fi wifi gps html css json api led lcd cd dvd atm ai faq www
    monday tuesday wednesday thursday friday saturday sunday christmas easter halloween
    montag dienstag mittwoch donnerstag freitag samstag sonntag weihnachten ostern
    english german french spanish italian portuguese dutch polish russian chinese japanese korean arabic hebrew hindi
    turkish greek latin cyrillic american british european asian african canadian indian mexican swiss austrian
    english-language german-language sie ihr ihre ihnen euro dollar uhr prozent cent
    windows mac macos linux ubuntu android iphone ipad ios google chrome firefox safari edge microsoft apple word excel
    powerpoint outlook gmail facebook youtube instagram whatsapp twitter x visa mastercard paypal
    notepad powershell terminal explorer finder teams zoom slack discord telegram signal skype vscode github wikipedia
    reddit linkedin tiktok netflix spotify amazon steam photoshop gimp libreoffice chatgpt copilot siri nvda jaws orca
    ctrl control alt shift cmd command option enter return escape esc tab caps lock delete backspace home end
    python javascript typescript java rust markdown sql unix
    victorian gothic roman renaissance polaroid lego jeep t-shirt v-neck x-ray u-shaped l-shaped
    kb mb gb tb hz khz mhz ghz kw kwh mah
    mr mrs ms dr herr frau fahrenheit celsius am pm`
  ).split(/\s+/u)
)

/** How many characters around a name are looked at to classify it. */
const reach = 60
const germanPreposition = /(?<!\p{L})(?:von|nach|aus|in|für|bei|an|[üÜ]ber) $/u
/** A preposition before a place; but "von Gleis 8" is a platform, which has a number. */
const germanPlace = /(?<!\p{L})(?:von|nach|[üÜ]ber) $/u
/** After these words, what follows is a name in every language. */
const naming = /\b(?:Frau|Herrn?|Fräulein|heißt|namens|genannt|(?:Chat|Unterhaltung) mit) $/u
/** An adjective, which is capitalized only in a name: "Statistisches Landesamt". */
const germanAdjective = /(?:isch|lich)e[mnrs]?$/iu

/** What only people do, so a capitalized word before it is a name, even at the beginning of a sentence. */
const doing =
  /^ (?:is (?:typing|writing|online|calling|speaking)|wrote|writes|repl(?:ies|ied)|answer(?:s|ed)|asks?|asked|schreibt|antwortet|tippt|fragt)(?!\p{L})/u
const nobodyNamed =
  /^(?:Some(?:one|body)|Every(?:one|body)|Nobody|Another|One|Text|Title|Message|Note|Sender|User|Jemand|Niemand|Eine[rs]?|Man|Nachricht|Person|Absender)$/u

/** Capitalized words inside a sentence, in runs. */
export function findNames(caption: string, language: string): Name[] {
  const hasCapitalNouns = /^(?:de|lb|gsw|nds)\b/iu.test(language)
  return [...caption.matchAll(run)].flatMap((match) => {
    let words = [...match[0].matchAll(wordInRun)].map(({ 0: text, index }) => ({ text, start: match.index + index }))
    const opens = isOpening(caption.slice(Math.max(0, match.index - reach), match.index), language)
    const isPerson =
      opens &&
      words.length === 1 &&
      doing.test(caption.slice(match.index + match[0].length)) &&
      !nobodyNamed.test(match[0])
    if (opens && !isPerson) words = words.slice(1)
    // "Bäckerei Müller": of two nouns in a row, the second names the first. Or "von Müller".
    const isAfterPreposition =
      hasCapitalNouns && germanPreposition.test(caption.slice(0, words[0]?.start).slice(-reach))
    const isNamed =
      isPerson || naming.test(caption.slice(0, words.find(({ text }) => !isKnown(text, language))?.start).slice(-reach))
    const isTitled = words.length > 1 && germanAdjective.test(words[0]?.text ?? '')
    const mayBeNoun = hasCapitalNouns && !isNamed && !isTitled && !(isAfterPreposition && words.length > 1)
    const isPlace =
      mayBeNoun &&
      words.length === 1 &&
      germanPlace.test(caption.slice(0, words[0]?.start).slice(-reach)) &&
      !/^ \d/u.test(caption.slice(match.index + match[0].length))
    if (hasCapitalNouns && !isAfterPreposition && !isNamed && !isTitled) words = words.slice(1)
    words = words.filter(({ text }) => text.length > 1 && !isKnown(text, language))
    const [first, last] = [words[0], words.at(-1)]
    if (!first || !last) return []
    const end = last.start + last.text.length
    return [{ start: first.start, end, isGuess: mayBeNoun || isOnButton(caption, first.start, end), isPlace }]
  })
}

/** Whether a sentence begins here; "Dr." before "Smith" does not end one. */
function isOpening(before: string, language: string): boolean {
  if (!opening.test(before)) return false
  const word = /(?<![\p{L}\p{N}-])([\p{L}.]+)\.\s*$/u.exec(before)?.[1]
  return word === undefined || abbreviationKind(word, language) !== 'goes on'
}

const button =
  /\b(?:buttons?|icons?|logos?|tabs?|links?|menus?|schaltflächen?|knöpfe|knopf|symbole?|boutons?|icônes?|onglets?|bot[oó]n(?:es)?|iconos?|pestañas?)\b/iu

function isOnButton(caption: string, start: number, end: number): boolean {
  const before =
    caption
      .slice(0, start)
      .split(/[.!?\n]/u)
      .at(-1) ?? ''
  const after = caption.slice(end).split(/[.!?;,\n]/u)[0] ?? ''
  return button.test(before) || button.test(after)
}

function isKnown(word: string, language: string): boolean {
  const folded = fold(word).replace(/['’]s$/u, '')
  // "Saturdays", "Jeeps".
  return known.has(folded) || known.has(folded.replace(/s$/u, '')) || monthNumber(folded, language) > 0
}
