/** What marks are called, and how a capital letter is announced, in one language. */
interface Names {
  space: string
  /** Before the letter. */
  capital: string
  marks: Record<string, string>
}

const markOrder = '.,;:!?-–—\'"()[]{}/\\@#&%*_+=<>|~…€$£°'

/** Names in the order of `markOrder`, separated by bars. */
function names(space: string, capital: string, marks: string): Names {
  const words = marks.split('|')
  return {
    space,
    capital,
    marks: Object.fromEntries(markOrder.split('').map((mark, index) => [mark, words[index] ?? mark]))
  }
}

const english = names(
  'space',
  'cap',
  'dot|comma|semicolon|colon|exclamation mark|question mark|dash|en dash|em dash|apostrophe|quote|left paren|right paren|' +
    'left bracket|right bracket|left brace|right brace|slash|backslash|at|number sign|and|percent|star|underscore|plus|' +
    'equals|less than|greater than|vertical bar|tilde|ellipsis|euro|dollar|pound|degree'
)

const namesByLanguage: Record<string, Names> = {
  en: english,
  de: names(
    'Leerzeichen',
    'groß',
    'Punkt|Komma|Semikolon|Doppelpunkt|Ausrufezeichen|Fragezeichen|Strich|Halbgeviertstrich|Gedankenstrich|Apostroph|' +
      'Anführungszeichen|Klammer auf|Klammer zu|eckige Klammer auf|eckige Klammer zu|geschweifte Klammer auf|' +
      'geschweifte Klammer zu|Schrägstrich|umgekehrter Schrägstrich|At|Raute|Und|Prozent|Stern|Unterstrich|Plus|gleich|' +
      'kleiner|größer|senkrechter Strich|Tilde|Auslassungspunkte|Euro|Dollar|Pfund|Grad'
  ),
  fr: names(
    'espace',
    'majuscule',
    "point|virgule|point-virgule|deux-points|point d'exclamation|point d'interrogation|tiret|tiret demi-cadratin|" +
      'tiret cadratin|apostrophe|guillemet|parenthèse ouvrante|parenthèse fermante|crochet ouvrant|crochet fermant|' +
      'accolade ouvrante|accolade fermante|barre oblique|barre inverse|arobase|dièse|et commercial|pour cent|astérisque|' +
      'tiret bas|plus|égal|inférieur|supérieur|barre verticale|tilde|points de suspension|euro|dollar|livre|degré'
  ),
  es: names(
    'espacio',
    'mayúscula',
    'punto|coma|punto y coma|dos puntos|cierra exclamación|cierra interrogación|guion|semirraya|raya|apóstrofo|comillas|' +
      'abre paréntesis|cierra paréntesis|abre corchete|cierra corchete|abre llave|cierra llave|barra|barra inversa|arroba|' +
      'almohadilla|et|por ciento|asterisco|guion bajo|más|igual|menor que|mayor que|barra vertical|tilde|' +
      'puntos suspensivos|euro|dólar|libra|grado'
  )
}

/** Marks of other kinds and scripts have the names of the plain ones. */
const plainMarks: Record<string, string> = Object.fromEntries(
  ["'’‘‚", '"“”„«»「」', '.。।۔', ',，、،', ';；؛', ':：', '?？؟', '!！'].flatMap(([plain = '', ...others]) =>
    others.map((other) => [other, plain])
  )
)

/**
 * A text letter by letter, ready to be spoken: "Hi 2" is "cap H, i, space" and "2"; one utterance per word, so that a listener
 * can follow. Marks have names in English, German, French, and Spanish, and English names elsewhere. A character without
 * a name, such as an emoji, is left to the engine.
 *
 * @param language BCP 47.
 */
export function spelled(text: string, language: string): string[] {
  const table = namesByLanguage[language.toLowerCase().split('-')[0] ?? 'en'] ?? english
  const words = text.trim().split(/\s+/u)
  return words
    .map((word, index) => {
      const characters = [...graphemes.segment(word)].map(({ segment }) => nameOf(segment, table))
      return [...characters, ...(index < words.length - 1 ? [table.space] : [])].join(', ')
    })
    .filter((words) => /[\p{L}\p{N}\p{S}]/u.test(words))
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

function nameOf(character: string, table: Names): string {
  const name = table.marks[plainMarks[character] ?? character]
  if (name !== undefined) return name
  return /^\p{Lu}/u.test(character) ? `${table.capital} ${character}` : character
}
