import { isAltering, isCount, isPronoun, isWeighty, functionWordsOf, type FunctionWords } from './function-words.ts'

/** A sentence, prepared for comparing. */
export interface ComparedSentence {
  text: string
  phrases: Phrase[]
  /** Quotations, numbers, negations, and the like, sorted: a sentence without one of these says something else. */
  weight: string
  /** "All boxes", "not wearing a collar": with one more modifier it would say less. */
  takesNothing: boolean
  /** By its verb and articles; null if they do not show it. */
  number: 'singular' | 'plural' | null
  /** Modifiers come after their noun: "un chien brun". */
  modifiersFollow: boolean
  /** It begins with "it" or a similar word. */
  leansOnBefore: boolean
  /** Its words without endings, which show what it is about. */
  subject: ReadonlySet<string>
}

/** "next to the white wall": what ties it to the phrase before it, and its words. */
interface Phrase {
  tie: string
  words: string[]
}

export function readSentence(text: string, language: string): ComparedSentence {
  const functionWords = functionWordsOf(language)
  const words = wordsOf(text, language, functionWords)
  // The article at the beginning decides, otherwise the verb.
  const numbered = words.find(
    (word, index) =>
      (index === 0 || !functionWords?.articles.has(word)) &&
      (functionWords?.singular.has(word) === true || functionWords?.plural.has(word) === true)
  )
  const quotations = [...text.matchAll(/["“”„«]([^"“”„«»]+)["“”»]/gu)].map(([, inside = '']) =>
    inside.toLocaleLowerCase(language).replace(/^\s+|[\s.,]+$/gu, '')
  )
  const isHeavy = (word: string): boolean =>
    /[\p{N}\p{S}%‰§#&@*]|^minus$/u.test(word) || isWeighty(word) || isAltering(word) || isCount(word)
  const isSmall = (word: string): boolean =>
    word === comma ||
    [functionWords?.articles, functionWords?.empty, functionWords?.prepositions, functionWords?.conjunctions].some(
      (list) => list?.has(word)
    )
  return {
    text,
    phrases: functionWords ? phrasesOf(words, functionWords) : [],
    // Without the language's function words, every word counts.
    weight: functionWords
      ? [
          ...quotations,
          ...words.filter(isHeavy),
          ...words.slice(0, 1).filter((word) => functionWords.objects.has(word))
        ]
          .toSorted()
          .join('\n')
      : words.join('\n'),
    takesNothing: words.some(isWeighty),
    number: numbered === undefined ? null : functionWords?.singular.has(numbered) ? 'singular' : 'plural',
    // A sentence without any of the language's articles may be in another language.
    modifiersFollow:
      functionWords !== null && functionWords.modifiersFollow && words.some((word) => functionWords.articles.has(word)),
    leansOnBefore: isPronoun(words[0] ?? '', functionWords),
    subject: new Set(words.filter((word) => !isSmall(word)).map(stem))
  }
}

/** True if `one` says everything that `other` says about the same things. */
export function saysAlso(one: ComparedSentence, other: ComparedSentence, language: string): boolean {
  if (one.weight !== other.weight || other.subject.size === 0) return false
  if (one.number !== other.number && one.number !== null && other.number !== null) return false
  if (other.takesNothing && sizeOf(one) !== sizeOf(other)) return false
  const functionWords = functionWordsOf(language)
  const isFreeAtEnd = other.modifiersFollow
  const holds = (whole: Phrase[], part: Phrase[]): boolean =>
    part.every(
      ({ tie, words }, index) => whole[index]?.tie === tie && addsLittle(whole[index].words, words, { isFreeAtEnd })
    )
  if (holds(one.phrases, other.phrases)) return true
  return (
    one.phrases.length === other.phrases.length &&
    (turned(one.phrases, functionWords).some((whole) => holds(whole, other.phrases)) ||
      turned(other.phrases, functionWords).some((part) => holds(one.phrases, part)))
  )
}

function sizeOf({ phrases }: ComparedSentence): number {
  return phrases.reduce((sum, { words }) => sum + 1 + words.length, 0)
}

const comma = ','
/** "A dog, a cat" and "a dog and a cat". */
const ands = new Set(['and', 'und', 'et', 'y', 'e'])

/** Lower-case words without purely grammatical endings. Commas and meaningful signs are words, too. */
function wordsOf(text: string, language: string, functionWords: FunctionWords | null): string[] {
  const [base = ''] = language.toLowerCase().split('-')
  const words: string[] = []
  // A minus sign is not a dash and belongs to its number.
  const signed = text.normalize('NFKC').replace(/(?<![\p{L}\p{N}])[-−](?=\p{N})/gu, ' minus ')
  for (const { segment, isWordLike } of new Intl.Segmenter(language, { granularity: 'word' }).segment(signed)) {
    if (/^[,;:()–—]$/u.test(segment)) words.push(comma)
    else if (isWordLike || /[\p{S}%‰§#&@*]/u.test(segment)) words.push(...plainWords(segment, base, functionWords))
  }
  return words
}

function plainWords(segment: string, language: string, functionWords: FunctionWords | null): string[] {
  const word = segment.toLowerCase().replaceAll('’', "'")
  // 1,299 means 1299 in English and 1.299 in the other languages.
  if (/\p{N}/u.test(word)) return [language === 'en' ? word.replace(/,(?=\d{3})/gu, '') : word]
  if (language === 'en') {
    if (/^(?:no|cannot|.+n't)$/u.test(word)) return ['not']
    return [word.replace(/'s$/u, '')]
  }
  if (language === 'fr') return word.split("'").filter((part) => part !== '')
  // "ein brauner Hund, einen braunen Hund"; nouns, with their capitals, keep the endings of their plural.
  const isKept =
    /^\p{Lu}/u.test(segment) ||
    word.length < 5 ||
    isWeighty(word) ||
    isAltering(word) ||
    isCount(word) ||
    functionWords?.articles.has(word)
  return [language === 'de' && !isKept ? word.replace(/e[nmrs]?$/u, '') : word]
}

function phrasesOf(words: readonly string[], functionWords: FunctionWords): Phrase[] {
  const phrases: Phrase[] = []
  let phrase: Phrase = { tie: '', words: [] }
  /** Ties with no words between them are joined: "next to". */
  const begin = (tie: string): void => {
    const isWhole = phrase.words.length > 0 || (tie === comma && phrase.tie !== '' && phrase.tie !== comma)
    if (isWhole) phrases.push(phrase)
    const before = isWhole || tie === comma ? '' : phrase.tie
    phrase = { tie: `${before} ${tie}`.trim(), words: [] }
  }
  for (const word of words) {
    if (word === comma || ands.has(word)) begin(comma)
    else if (functionWords.prepositions.has(word) || functionWords.conjunctions.has(word)) begin(word)
    else if (functionWords.articles.has(word)) begin('')
    else if (isCount(word) || /\p{N}/u.test(word)) {
      begin('')
      phrase.words.push(word)
    } else if (!functionWords.empty.has(word)) phrase.words.push(word)
  }
  if (phrase.tie !== '' || phrase.words.length > 0) phrases.push(phrase)
  // "In the background, two trees."
  const [start, next] = phrases
  if (start && start.tie !== '' && next?.tie === comma) next.tie = ''
  return phrases
}

/**
 * The same sentence with its beginning moved to the end: "On the beach a dog runs", and with the verb moved, too: "Am
 * Strand läuft ein Hund". Only if the result is certain.
 */
function turned(phrases: Phrase[], functionWords: FunctionWords | null): Phrase[][] {
  const [start, second, ...rest] = phrases
  if (!start || !second || start.tie === '' || second.tie !== '') return []
  const isPlain = ({ tie }: Phrase): boolean =>
    tie === '' || tie.split(' ').every((word) => functionWords?.prepositions.has(word))
  if (![start, ...rest].every(isPlain)) return []
  const verb = start.words.at(-1)
  return [
    [second, ...rest, start],
    ...(verb === undefined || start.words.length < 2
      ? []
      : [[{ tie: '', words: [...second.words, verb] }, ...rest, { tie: start.tie, words: start.words.slice(0, -1) }]])
  ]
}

/**
 * True if `whole` is `part` with a modifier or two: before it, one within it, and one after it in languages where
 * modifiers follow their noun. "A dog house" is not a dog.
 */
function addsLittle(whole: string[], part: string[], { isFreeAtEnd }: { isFreeAtEnd: boolean }): boolean {
  const places: number[] = []
  for (const word of part) {
    const at = whole.findIndex((candidate, index) => index > (places.at(-1) ?? -1) && isSameWord(candidate, word))
    if (at < 0) return false
    places.push(at)
  }
  const [first, last] = [places[0], places.at(-1)]
  if (first === undefined || last === undefined) return whole.length === 0
  return first <= 3 && last - first + 1 - part.length <= 1 && whole.length - 1 - last <= (isFreeAtEnd ? 1 : 0)
}

/** Adjectives that look like verbs: "an open door" doesn't mean that someone opens it. */
const statesLikeVerbs = new Set(['open', 'empty', 'dry', 'clear', 'clean', 'warm', 'cool', 'light', 'free'])

/** "runs" and "is running", "run" and "are running"; but not "dog" and "dogs", which differ in number. */
function isSameWord(one: string, other: string): boolean {
  if (one === other) return true
  const [lasting, plain] = one.endsWith('ing') ? [one, other] : [other, one]
  if (lasting.length < 6 || !lasting.endsWith('ing') || plain.endsWith('ing') || statesLikeVerbs.has(plain))
    return false
  const root = (word: string): string =>
    word
      .replace(/ie$/u, 'y')
      .replace(/e$/u, '')
      .replace(/(.)\1$/u, '$1')
  return root(lasting.slice(0, -3)) === root(plain.replace(/(?<=s|x|z|ch|sh)es$|s$/u, ''))
}

/** Makes "windows" and "window", "runs" and "running" equal; short words stay whole. */
function stem(word: string): string {
  if (word.length < 5) return word.replace(/(?<=..)s$/u, '')
  return word.replace(/(?:ing|ed|es|en|er|e|s|n)$/u, '').replace(/(.)\1$/u, '$1')
}
