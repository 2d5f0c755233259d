/** The longest loop that is recognized, in words. */
const maxWords = 100

/** A word with what follows up to the next one; scripts without spaces are cut at their own punctuation. */
const wordPattern = /[^\s。！？、，]*[\s。！？、，]+|[^\s。！？、，]+$/gu

/**
 * The text up to where it begins to repeat itself endlessly, as small models do. While more may follow, the end of the text
 * is held back as long as it repeats what comes just before it, because it may become a loop.
 */
export function withoutLoop(
  text: string,
  { isTranscript, isComplete }: { isTranscript: boolean; isComplete: boolean }
): { text: string; isLoop: boolean } {
  const words = text.match(wordPattern) ?? []
  const bare = words.map((word) => word.trim())
  const ids = numbered(bare)
  let letters: Uint32Array | null = null
  /** For each distance: how many of the last words equal those at that distance before them. */
  const same = new Uint32Array(maxWords + 1)
  const upTo = (index: number): string => words.slice(0, index).join('').trimEnd()

  for (let index = 1; index < ids.length; index += 1) {
    const mayGoOn = !isComplete && index === ids.length - 1
    let isLoop = false
    for (let distance = 1; distance <= Math.min(index, maxWords); distance += 1) {
      const isSame = mayGoOn
        ? (bare[index - distance] ?? '').startsWith(bare[index] ?? '')
        : ids[index - distance] === ids[index]
      const count = isSame ? (same[distance] ?? 0) + 1 : 0
      same[distance] = count
      if (mayGoOn || count < 2 * distance) continue
      letters ??= lettersBefore(bare)
      const repeated = (letters[index + 1] ?? 0) - (letters[index + 1 - distance] ?? 0)
      isLoop ||= count >= (minCopies(repeated, isTranscript) - 1) * distance
    }
    // A loop of two words is also one of four: cut where the shortest one begins.
    if (isLoop) return { text: upTo(index + 1 - Math.max(...same)), isLoop: true }
  }
  const held = isComplete ? 0 : Math.max(...same)
  return { text: held === 0 ? text : upTo(words.length - held), isLoop: false }
}

/** Equal words as equal numbers, because the whole text is compared again with each delta. */
function numbered(words: string[]): number[] {
  const ids = new Map<string, number>()
  return words.map((word) => {
    const id = ids.get(word) ?? ids.size
    ids.set(word, id)
    return id
  })
}

/** A sentence three times is a loop; a word or two may be a row of buttons, and a picture may hold equal lines. */
function minCopies(letters: number, isTranscript: boolean): number {
  if (letters < 2) return Infinity
  if (isTranscript) return 12
  return letters >= 20 ? 3 : 8
}

/** Letters up to each word, counted in bytes: a Chinese character says more than a Latin letter. */
function lettersBefore(words: string[]): Uint32Array {
  const counts = new Uint32Array(words.length + 1)
  for (const [index, word] of words.entries()) {
    let bytes = 0
    for (const letter of word.match(/\p{L}/gu) ?? []) bytes += bytesOf(letter.codePointAt(0) ?? 0)
    counts[index + 1] = (counts[index] ?? 0) + bytes
  }
  return counts
}

function bytesOf(codePoint: number): number {
  if (codePoint < 0x80) return 1
  return codePoint < 0x8_00 ? 2 : 3
}
