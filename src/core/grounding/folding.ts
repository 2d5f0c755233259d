/** Makes spellings comparable: words that differ only in how they are written, or how OCR sees them, become equal. */

const undecomposed: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i'
}

/** Lower case without accents; ligatures and full-width forms become plain letters. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[ßæœøłđðþı]/gu, (letter) => undecomposed[letter] ?? letter)
}

/** A word; "don't" is one, because OCR loses the apostrophe. */
export const wordPattern = /[\p{L}\p{M}\p{N}]+(?:['’](?:t|ll|ve|re|d|m)(?![\p{L}\p{N}]))?/giu

const lookalikes: readonly [RegExp, string][] = [
  [/['’]/gu, ''],
  // "Mueller" is "Müller".
  [/(?<=[aou])e/gu, ''],
  [/[0q]/gu, 'o'],
  [/[1i|!¡j]/gu, 'l'],
  [/[5$]/gu, 's'],
  [/8/gu, 'b'],
  [/2/gu, 'z'],
  [/6/gu, 'g'],
  [/rn|nn/gu, 'm'],
  [/vv/gu, 'w'],
  [/cl/gu, 'd']
]

/** A word with lookalikes made the same, as OCR may confuse them: "Ol" and "01", "corn" and "com". */
export function blur(word: string): string {
  return lookalikes.reduce((blurred, [shape, plain]) => blurred.replace(shape, plain), fold(word))
}

/** Letters that OCR takes for digits, within a number. */
export const digitLookalikes: Readonly<Record<string, string>> = {
  O: '0',
  o: '0',
  Q: '0',
  D: '0',
  l: '1',
  I: '1',
  '|': '1',
  i: '1',
  Z: '2',
  z: '2',
  S: '5',
  s: '5',
  G: '6',
  B: '8'
}

/** "l5O" becomes "150", with the same length. Changes only words that have a digit and consist of digits and lookalikes. */
export function withDigitsMended(text: string): string {
  return text.replace(/(?<![\p{L}\d])(?=[^\s]*\d)[\dOoQDlI|iZzSsGB]+(?![\p{L}\d])/gu, (run) =>
    run.replace(/\D/gu, (letter) => digitLookalikes[letter] ?? letter)
  )
}

const zeros = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0xff10]

/** Digits of every script as ASCII, no-break spaces as spaces; the length stays, so offsets stay valid. */
export function withPlainDigits(text: string): string {
  return text.replace(/[\u00a0\u2009\u202f]/gu, ' ').replace(/[^\P{Nd}0-9]/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0
    const zero = zeros.find((first) => code >= first && code <= first + 9)
    return zero === undefined ? digit : String(code - zero)
  })
}

/**
 * How many letters must be inserted, deleted, changed or swapped with a neighbor.
 *
 * @param most If the distance is larger than this, it is not computed: Infinity.
 */
export function editDistance(one: string, other: string, most = Infinity): number {
  if (Math.abs(one.length - other.length) > most) return Infinity
  let beforeLast: number[] = []
  let last = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i]
    let least = i
    for (let j = 1; j <= other.length; j += 1) {
      const change = (last[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1)
      const isSwap = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]
      const swap = isSwap ? (beforeLast[j - 2] ?? 0) + 1 : Infinity
      const edits = Math.min(change, swap, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1)
      if (edits < least) least = edits
      row.push(edits)
    }
    // A swap looks back two rows, so the next row may be lower by one, but not by two.
    if (least > most + 1) return Infinity
    beforeLast = last
    last = row
  }
  return last[other.length] ?? 0
}

/** The item closest to the given text, the first of several; null if none is within `most` edits. */
export function closest<Item>(
  wanted: string,
  items: readonly Item[],
  textOf: (item: Item) => string,
  most: number
): Item | null {
  let best: Item | null = null
  let least = most + 1
  for (const item of items) {
    const text = textOf(item)
    const distance = editDistance(wanted, text, least - 1)
    if (distance >= least) continue
    best = item
    least = distance
  }
  return best
}
