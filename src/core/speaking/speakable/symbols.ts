import type { SpokenLanguage } from '../language.ts'

/** What engines leave out or say in English: docs/contributing/speech.md tells how that was found. */
interface Words {
  /** Between two things: "File → Save". */
  to: string
  arrows: Record<'←' | '↑' | '→' | '↓', string>
  signs: Record<string, string>
  rating: (stars: number, of: number) => string
}

const words: Record<SpokenLanguage, Words> = {
  en: {
    to: 'to',
    arrows: { '←': 'left arrow', '↑': 'up arrow', '→': 'right arrow', '↓': 'down arrow' },
    signs: {
      '☑': 'checked,',
      '☐': 'not checked,',
      '✓': 'check mark',
      '✔': 'check mark',
      '✗': 'cross',
      '✘': 'cross',
      '⌘': 'Command',
      '⌥': 'Option',
      '⇧': 'Shift',
      '⌃': 'Control',
      '⏎': 'Enter',
      '<': 'less than',
      '>': 'greater than',
      '−': 'minus'
    },
    rating: (stars, of) => `${stars} of ${of} stars`
  },
  de: {
    to: 'nach',
    arrows: { '←': 'Pfeil links', '↑': 'Pfeil hoch', '→': 'Pfeil rechts', '↓': 'Pfeil runter' },
    signs: {
      '☑': 'angekreuzt,',
      '☐': 'nicht angekreuzt,',
      '✓': 'Häkchen',
      '✔': 'Häkchen',
      '✗': 'Kreuz',
      '✘': 'Kreuz',
      '⌘': 'Befehl',
      '⌥': 'Wahltaste',
      '⇧': 'Umschalt',
      '⌃': 'Control',
      '⏎': 'Eingabe',
      '<': 'kleiner als',
      '>': 'größer als',
      '−': 'minus'
    },
    rating: (stars, of) => `${stars} von ${of} Sternen`
  },
  fr: {
    to: 'vers',
    arrows: { '←': 'flèche gauche', '↑': 'flèche haut', '→': 'flèche droite', '↓': 'flèche bas' },
    signs: {
      '☑': 'coché,',
      '☐': 'non coché,',
      '✓': 'coche',
      '✔': 'coche',
      '✗': 'croix',
      '✘': 'croix',
      '⌘': 'Commande',
      '⌥': 'Option',
      '⇧': 'Majuscule',
      '⌃': 'Contrôle',
      '⏎': 'Entrée',
      '<': 'inférieur à',
      '>': 'supérieur à',
      '−': 'moins',
      '=': 'égale',
      '≤': 'inférieur ou égal à',
      '≥': 'supérieur ou égal à',
      '≠': 'différent de',
      '≈': 'environ',
      '§': 'paragraphe'
    },
    rating: (stars, of) => `${stars} étoiles sur ${of}`
  },
  es: {
    to: 'a',
    arrows: { '←': 'flecha izquierda', '↑': 'flecha arriba', '→': 'flecha derecha', '↓': 'flecha abajo' },
    signs: {
      '☑': 'marcado,',
      '☐': 'no marcado,',
      '✓': 'marca de verificación',
      '✔': 'marca de verificación',
      '✗': 'cruz',
      '✘': 'cruz',
      '⌘': 'Comando',
      '⌥': 'Opción',
      '⇧': 'Mayúsculas',
      '⌃': 'Control',
      '⏎': 'Intro',
      '<': 'menor que',
      '>': 'mayor que',
      '−': 'menos',
      '×': 'por',
      '÷': 'entre',
      '±': 'más o menos',
      '≤': 'menor o igual que',
      '≥': 'mayor o igual que',
      '≠': 'distinto de',
      '≈': 'aproximadamente'
    },
    rating: (stars, of) => `${stars} de ${of} estrellas`
  }
}

const arrowBetween = /(?<=[\p{L}\p{N}"”»)\]%€.,:]) {0,3}(?:[→⇒➜➔➡⟶]|[-=]+>) {0,3}(?=[\p{L}\p{N}"“„«([-])/gu
const loneArrow = /[←↑→↓]/gu
const rating = /(?<![★☆⭐])(?=[★☆⭐]{2,10}(?![★☆⭐]))([★⭐]*)(☆*)(?![★☆⭐])/gu
/** A hyphen as a minus sign: several engines leave it out, and -5 is not 5. */
const minusSign = /(?<=^|[\s(:])[-−](?=\d)/gu
/** Elsewhere they are quotation marks, or separate menus. */
const comparison = /(?<=\d) ?([<>]) ?(?=\d)/gu
const sign = /[☑☐✓✔✗✘⌘⌥⇧⌃⏎−=×÷±≤≥≠≈§]/gu

export function withSpokenSymbols(text: string, language: SpokenLanguage): string {
  const { to, arrows, signs, rating: rate } = words[language]
  const spoken = (name: string): string => ` ${name} `
  return text
    .replace(rating, (_, full: string, empty: string) => spoken(rate(full.length, full.length + empty.length)))
    .replace(arrowBetween, spoken(to))
    .replace(loneArrow, (arrow) => spoken(arrows[arrow as keyof typeof arrows]))
    .replace(minusSign, `${signs['−']} `)
    .replace(comparison, (_, mark: string) => spoken(signs[mark] ?? mark))
    .replace(sign, (mark) => (signs[mark] === undefined ? mark : spoken(signs[mark])))
}

/** Turns what only separates things on a screen into a pause, in every language. */
export function withPausesForSeparators(text: string): string {
  return (
    text
      .replace(/(?<=\S)\s+[|·•‣▪●■◆]\s+(?=\S)/gu, ', ')
      // Lines drawn with characters; four or more asterisks are a hidden password.
      .replace(/(?<![=_~#+-])([=_~#+-])\1{3,}(?![=_~#+-])/gu, ' ')
  )
}
