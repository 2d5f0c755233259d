/** A loop of more words than these is taken for an endless answer. */
const maxWords = 100

/** A word with what follows it up to the next; scripts without spaces are cut at their own punctuation. */
const wordPattern = /[^\s。！？、，]*[\s。！？、，]+|[^\s。！？、，]+$/gu

/**
 * The text up to the place where it begins to say the same again and again, as small models do. While more may follow,
 * the end of the text is held back as long as it repeats what stands just before it: it may become a loop.
 */
export function withoutLoop(
  text: string,
  { isTranscript, isComplete }: { isTranscript: boolean; isComplete: boolean }
): { text: string; isLoop: boolean } {
  const words = text.match(wordPattern) ?? []
  const bare = words.map((word) => word.trim())
  let letters: number[] | null = null
  /** For each distance: how many words up to now are the same as those that far before them. */
  const same = Array.from({ length: maxWords + 1 }, () => 0)
  const upTo = (index: number): string => words.slice(0, index).join('').trimEnd()

  for (let index = 1; index < bare.length; index += 1) {
    const word = bare[index] ?? ''
    const mayGoOn = !isComplete && index === bare.length - 1
    let isLoop = false
    for (let distance = 1; distance <= Math.min(index, maxWords); distance += 1) {
      const before = bare[index - distance] ?? ''
      const isSame = mayGoOn ? before.startsWith(word) : before === word
      const count = isSame ? (same[distance] ?? 0) + 1 : 0
      same[distance] = count
      if (mayGoOn || count < 2 * distance) continue
      letters ??= lettersBefore(bare)
      const copies = minCopies((letters[index + 1] ?? 0) - (letters[index + 1 - distance] ?? 0), isTranscript)
      isLoop ||= count >= (copies - 1) * distance
    }
    // Twice the same is in itself a longer thing that repeats: it begins where the shortest one does.
    if (isLoop) return { text: upTo(index + 1 - Math.max(...same)), isLoop: true }
  }
  const held = isComplete ? 0 : Math.max(...same)
  return { text: held === 0 ? text : upTo(words.length - held), isLoop: false }
}

/** A whole sentence three times is a loop, a word or two may be a row of buttons, and pictures may hold equal lines. */
function minCopies(letters: number, isTranscript: boolean): number {
  if (letters < 2) return Infinity
  if (isTranscript) return 12
  return letters >= 20 ? 3 : 8
}

const encoder = new TextEncoder()

/** Letters up to each word, in bytes: a Chinese character says more than a Latin letter. */
function lettersBefore(words: string[]): number[] {
  const counts = [0]
  for (const word of words) counts.push((counts.at(-1) ?? 0) + encoder.encode(word.replace(/\P{L}/gu, '')).length)
  return counts
}
