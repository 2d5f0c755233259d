/** Longer runs are cut at a clause: nobody should wait for, or be unable to go back within, one endless sentence. */
const maxSentenceChars = 250

/** Cuts text into sentences while it is still arriving. */
export interface SentenceSplitter {
  /** Takes the next piece; gives the sentences whose end is now sure, trimmed. */
  push(delta: string): string[]
  /** The text is complete: gives what is left. The splitter is empty afterwards. */
  end(): string[]
}

/** All sentences of a complete text. */
export function splitSentences(text: string): string[] {
  const splitter = createSentenceSplitter()
  return [...splitter.push(text), ...splitter.end()]
}

export function createSentenceSplitter(): SentenceSplitter {
  let waiting = ''
  const take = (isComplete: boolean): string[] => {
    const sentences: string[] = []
    for (;;) {
      const end = sentenceEnd(waiting, isComplete) ?? cutOfLongRun(waiting)
      if (end === null) return sentences
      const sentence = waiting.slice(0, end).trim()
      if (sentence !== '') sentences.push(sentence)
      waiting = waiting.slice(end)
    }
  }
  return {
    push(delta) {
      waiting += delta
      return take(false)
    },
    end() {
      const sentences = take(true)
      const rest = waiting.trim()
      waiting = ''
      return rest === '' ? sentences : [...sentences, rest]
    }
  }
}

// A terminator with closing quotes and brackets after it; or a full-width one, which no space follows; or a line's end.
const candidates = /([.!?…؟۔।॥]+)(["'”’»)\]]*)(?=\s)|[。！？｡]+["'”’»)\]」』）】〉》]*|[\r\n]/gu

/** Where the first sentence ends, or null while that is not sure. */
function sentenceEnd(text: string, isComplete: boolean): number | null {
  for (const match of text.matchAll(candidates)) {
    const end = match.index + match[0].length
    const [mark = '', terminator, closers = ''] = match
    if (terminator === undefined) {
      // A lone line break at the start only separates.
      if (mark.trim() !== '' || text.slice(0, match.index).trim() !== '') return end
      continue
    }
    const next = /\S/u.exec(text.slice(end))?.[0] ?? null
    const hasLineEnded = /^[^\S\r\n]*[\r\n]/u.test(text.slice(end))
    if (hasLineEnded) return end
    const verdict = judge(text.slice(0, match.index), terminator, closers)
    if (verdict === 'ends') return end
    if (verdict === 'goes on') continue
    // It depends on the next word.
    if (next === null) return isComplete ? end : null
    if (!isLowerCase(next)) return end
  }
  return null
}

/** Never the end of a sentence. */
const openAbbreviations = new Set(
  (
    'dr mr mrs ms mx prof st sr jr rev hon gen col sgt capt lt gov pres sen rep no nos nr vs fig figs vol ch pp p ed eds cf ' +
    'approx ca e.g i.e eg ie z.b d.h u.a bzw bspw evtl ggf inkl usw.a tel abb art s.o s.u mme mlle sra sta núm ej'
  ).split(' ')
)
/** May end a sentence; the next word tells. */
const abbreviations = new Set(
  'etc usw inc ltd corp co dept est a.m p.m al jan feb mar apr jun jul aug sep sept oct nov dec'.split(' ')
)

function judge(before: string, terminator: string, closers: string): 'ends' | 'goes on' | 'depends' {
  // `asks "Save changes?" with two buttons`, and trailing dots.
  if (closers !== '' || terminator === '…' || /^\.{2,}$/u.test(terminator)) return 'depends'
  if (terminator !== '.') return 'ends'
  const word = /[^\s("'“‘«[]*$/u.exec(before)?.[0] ?? ''
  const lower = word.toLowerCase()
  if (openAbbreviations.has(lower)) return 'goes on'
  if (abbreviations.has(lower)) return 'depends'
  // Initials and dotted letters: "J. Smith", "U.S. Army".
  if (/^(?:\p{Lu}\.)*\p{Lu}$/u.test(word) && word !== 'I') return 'goes on'
  // "1. Open the menu" is an item of a list; "the 3. floor" and "costs 49. Next" are told apart by the next word.
  if (/^\d+$/u.test(word)) return before.trim() === word && word.length <= 3 ? 'goes on' : 'depends'
  return 'ends'
}

function isLowerCase(character: string): boolean {
  return character !== character.toUpperCase()
}

/** Where to cut a run that has grown too long: after a clause, else after a word, else anywhere between characters. */
function cutOfLongRun(text: string): number | null {
  if (text.length <= maxSentenceChars) return null
  const head = text.slice(0, maxSentenceChars)
  const clause = Math.max(
    ...[...head.matchAll(/[,;:—–](?=\s)|[，、；：]/gu)].map((match) => match.index + match[0].length),
    0
  )
  if (clause > maxSentenceChars / 3) return clause
  const word = head.search(/\s\S*$/u)
  if (word > 0) return word
  return /[\ud800-\udbff]$/u.test(head) ? maxSentenceChars - 1 : maxSentenceChars
}
