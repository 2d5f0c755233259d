/** A word as one reader read it. */
interface Word {
  text: string
  /** 0-100. */
  confidence: number
}

/** Below this, not even the accents of a word are believed. */
const leastConfidence = 30
/** What the first reader has nothing of, such as "€", is taken over when the second is this sure. */
const leastToAdd = 80
/** So many of the letters at least have to be the same in both readings. */
const leastInCommon = 0.5

/**
 * Puts the accents, which the first reader cannot read, back into its words. The second reader can, but misreads more of
 * the rest, so only two things of it count: the spelling of a word that differs in nothing but letters and signs beyond
 * English, and words that it is as sure of.
 *
 * @param accented what the second reader read in the same line. Its places count only where the number of words differs.
 */
export function withAccents<One extends Word>(plain: readonly One[], accented: readonly One[]): One[] {
  const result: One[] = []
  for (const { from, to } of pairs(plain, accented)) {
    const [one, other] = [from[0], to[0]]
    if (from.length === 1 && to.length === 1 && one && other) result.push(better(one, other))
    else if (from.length > 0 && to.length > 0 && meanOf(to) >= meanOf(from)) result.push(...to)
    else if (from.length === 0) result.push(...to.filter(isNew))
    else result.push(...from)
  }
  return result
}

function isNew({ text, confidence }: Word): boolean {
  return confidence >= leastToAdd && isForeign(text)
}

/** Beyond ASCII, which the first reader knows. */
function isForeign(text: string): boolean {
  return /\P{ASCII}/u.test(text)
}

function better<One extends Word>(one: One, other: One): One {
  if (other.confidence >= leastConfidence && differsInAccentsOnly(one.text, other.text))
    return { ...one, text: other.text }
  if (differsInAccentsOnly(other.text, one.text)) return one
  // The second reader has words to tell an I from an l by.
  const isLetter = other.confidence >= leastToAdd && !/\d/u.test(one.text) && alike(one.text) === alike(other.text)
  if (isLetter) return { ...one, text: other.text }
  return other.confidence >= one.confidence ? { ...one, text: other.text, confidence: other.confidence } : one
}

/**
 * Whether a word is the other with letters or signs in place of some that look like them: "Strabe" and "Straße", "nino" and
 * "niño", "iQue" and "¿Qué".
 */
export function differsInAccentsOnly(plain: string, accented: string): boolean {
  const characters = accented.match(/./gsu) ?? []
  const foreign = characters.filter(isForeign).length
  if (foreign === 0) return false
  if (folded(plain) === folded(accented)) return true
  if ((characters.length - foreign) / characters.length < leastInCommon) return false
  const pattern = characters
    .map((one) => (isForeign(one) ? '.{0,2}' : one.replace(/[$()*+./?[\\\]^{|}]/u, '\\$&')))
    .join('')
  return new RegExp(`^${pattern}$`, 'iu').test(plain)
}

/** Lower case, without accents and ligatures. */
function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae')
    .replaceAll('ø', 'o')
    .replaceAll('ł', 'l')
    .replaceAll('ı', 'i')
}

/** With all letters of the shape of an l made one. */
function alike(text: string): string {
  return folded(text.replace(/[I|]/gu, 'l'))
}

function meanOf(words: readonly Word[]): number {
  return words.reduce((sum, { confidence }) => sum + confidence, 0) / (words.length || 1)
}

interface Pair<One> {
  from: One[]
  to: One[]
}

/** Words of the two readings that belong together: one of each where they are alike, otherwise all up to the next such pair. */
function pairs<One extends Word>(plain: readonly One[], accented: readonly One[]): Pair<One>[] {
  const areAlike = ({ text }: Word, other: Word): boolean =>
    folded(text) === folded(other.text) || differsInAccentsOnly(text, other.text)
  const common = longestCommon(plain, accented, areAlike)
  const found: Pair<One>[] = []
  let [i, j] = [0, 0]
  for (const [nextI, nextJ] of [...common, [plain.length, accented.length] as const]) {
    if (nextI > i || nextJ > j) found.push(...oneByOne(plain.slice(i, nextI), accented.slice(j, nextJ)))
    if (nextI < plain.length) found.push({ from: plain.slice(nextI, nextI + 1), to: accented.slice(nextJ, nextJ + 1) })
    ;[i, j] = [nextI + 1, nextJ + 1]
  }
  return found
}

function oneByOne<One>(from: One[], to: One[]): Pair<One>[] {
  if (from.length !== to.length) return [{ from, to }]
  return from.map((one, index) => ({ from: [one], to: to.slice(index, index + 1) }))
}

/** Positions of the longest sequence that both have in common. */
function longestCommon<One>(
  as: readonly One[],
  bs: readonly One[],
  areAlike: (a: One, b: One) => boolean
): (readonly [number, number])[] {
  const lengths = Array.from({ length: as.length + 1 }, () => new Uint16Array(bs.length + 1))
  const at = (i: number, j: number): number => lengths[i]?.[j] ?? 0
  for (let i = as.length - 1; i >= 0; i -= 1)
    for (let j = bs.length - 1; j >= 0; j -= 1) {
      const row = lengths[i]
      if (row)
        row[j] = areAlike(as[i] as One, bs[j] as One) ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
    }
  const common: (readonly [number, number])[] = []
  let [i, j] = [0, 0]
  while (i < as.length && j < bs.length) {
    if (areAlike(as[i] as One, bs[j] as One)) {
      common.push([i, j])
      i += 1
      j += 1
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1
    else j += 1
  }
  return common
}
