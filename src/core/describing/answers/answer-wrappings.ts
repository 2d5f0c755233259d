import { steps } from '#shared/caption.ts'
import { printableLine } from '#shared/printable.ts'
import { withoutAnnouncement } from './boilerplate.ts'

/** What models wrap their answers in, or mix into them, without being asked. */

/**
 * What was asked for: a caption, a single sentence, a caption in labeled parts, or a transcript. In a transcript, asterisks
 * and number signs belong to the picture.
 */
export type AnswerForm = 'caption' | 'brief' | 'steps' | 'transcript'

const thinkingNames = 'think|thinking|thought|reasoning'
// Kimi and Magistral have brackets of their own.
const thinkingPattern = `[<◁[](${thinkingNames})[>▷\\]][\\s\\S]*?(?:[<◁[]/\\1[>▷\\]]|$)`
const thinking = new RegExp(thinkingPattern, 'giu')
const thinkingFirst = new RegExp(`^\\s*${thinkingPattern}`, 'iu')

/** Some models think aloud: "<think> … </think>". In a transcript this counts only before the answer. */
export function withoutThinking(text: string, isTranscript: boolean, isComplete: boolean): string {
  if (!isTranscript) return (isComplete ? text : text.replace(/[◁[]\w{0,9}$/u, '')).replace(thinking, '')
  if (!isComplete && /^\s*[<◁[]\w{0,9}$/u.test(text)) return ''
  return text.replace(thinkingFirst, '')
}

const thinkingTag = new RegExp(`[<◁[](/?)(?:${thinkingNames})[>▷\\]]`, 'giu')

/**
 * Where thoughts end that have no opening tag, since the server's template has put it into the prompt: behind their closing
 * tag. 0 without such thoughts. In a transcript the tag may be text in the picture, so what precedes it must sound like thoughts.
 */
export function endOfUnopenedThoughts(text: string, isTranscript: boolean): number {
  if (isTranscript && !soundsLikeThoughts(text)) return 0
  for (const { 0: tag, 1: slash, index } of text.matchAll(thinkingTag)) return slash === '/' ? index + tag.length : 0
  return 0
}

const thoughts = new RegExp(
  '^\\s*(?:' +
    [
      "(?:okay|ok|alright|hmm+|wait|got it|well|so|now|right)[,.!]? (?:so,? |now,? )?(?:let['’]?s|let me|the user|i need|i have to|i should|i['’]ll|we need|first|looking|this is)",
      'the user (?:wants|asks|asked|is asking|needs|sent|provided|uploaded|gave|would|just|has (?:sent|asked|provided|uploaded))',
      "let['’]?s (?:see|look|think|analy[sz]e|break|start)",
      'let me (?:see|look|think|analy[sz]e|describe|start)',
      '(?:i|we) (?:need|have) to',
      '(?:first|to begin|to start),? (?:i|let|we)\\b',
      'hmm+\\b'
    ].join('|') +
    ')',
  'iu'
)
/** The longest beginning that the pattern needs. */
const thoughtsCharacters = 48
const firstWords =
  "okay|ok,|ok |alright|hmm|wait|got it|well,|so |so,|now,|right,|the user|let's|let’s|let me|i need|i have to|we need|we have to|first|to begin|to start".split(
    '|'
  )
/** As long as no more has arrived, such words may begin thoughts. */
const undecidedCharacters = 24

/**
 * Whether an incomplete answer may turn out to be thoughts without an opening tag. It is withheld until their end has
 * arrived, or the answer is complete.
 */
export function couldBeThoughts(text: string): boolean {
  const plain = text.trimStart().toLowerCase()
  if (plain.length < undecidedCharacters && firstWords.some((word) => plain.startsWith(word) || word.startsWith(plain)))
    return true
  return soundsLikeThoughts(text)
}

function soundsLikeThoughts(text: string): boolean {
  return thoughts.test(text.trimStart().slice(0, thoughtsCharacters))
}

/** GLM puts its answer in a box. */
const box = /<\|(?:begin|end)_of_box\|>/gu
const stopToken = /(?:<\|[\w ]{1,30}\|>|<\/s>|<end_of_turn>)$/u
const beginningOfStopToken = /<(?:\|[\w ]{0,30}\|?|\/s?|[a-z_]{0,11})?$/u

/** Removes end marks that a server should have kept to itself, such as "<|im_end|>". Elsewhere they are text. */
export function withoutStopTokens(text: string, isComplete: boolean): string {
  let ended = text.replace(box, '')
  for (let end = ended.trimEnd(); stopToken.test(end); ended = end) end = end.replace(stopToken, '').trimEnd()
  return isComplete ? ended : ended.replace(beginningOfStopToken, '')
}

/** Tags that models format with. "<input>" and "<script>" are more likely code in the picture. */
const tagNames =
  'a|answer|b|blockquote|body|br|caption|center|code|description|div|em|font|h[1-6]|hr|html|i|li|ol|p|pre|response|' +
  `small|span|strong|sub|summary|sup|table|tbody|td|th|thead|tr|u|ul|${thinkingNames}`
const lineTags =
  /<br\s*\/?>|<\/(?:p|div|li|h[1-6]|tr|ul|ol|table|blockquote|answer|caption|description|response|summary|tags|notice)>/giu
/** An answer in XML. */
const labelTags = /<(tags|notice)>/giu
const tags = new RegExp(`</?(?:${tagNames})(?:\\s[^<>\\n]{0,200})?/?>`, 'giu')
const beginningOfTag = new RegExp(`</?(?:(?:${tagNames})(?:\\s[^<>\\n]{0,200})?/?|[a-z][a-z0-9]{0,11})?$`, 'iu')
/** Each entity's name, followed by its character. */
const entities = new Map(
  'amp& lt< gt> quot" apos\' ndash– mdash— hellip… lsquo‘ rsquo’ ldquo“ rdquo” laquo« raquo» euro€ deg° copy©'
    .split(' ')
    .map((pair) => [pair.slice(0, -1), pair.slice(-1)])
)
const entity = /&(?:#(\d{1,6})|#x([\da-f]{1,5})|([a-z]{2,6}));/giu

function characterOf(whole: string, decimal?: string, hexadecimal?: string, name?: string): string {
  if (name !== undefined) return name === 'nbsp' ? ' ' : (entities.get(name) ?? whole)
  const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal)
  return code > 0x10_ff_ff ? whole : printableLine(String.fromCodePoint(code).toWellFormed()) || ' '
}

/** Removes known tags and turns known entities into characters; "<Enter>" and "a < b" stay. */
export function withoutHtml(text: string, isComplete: boolean): string {
  const certain = isComplete ? text : text.replace(beginningOfTag, '').replace(/&[a-z0-9#]{0,8}$/iu, '')
  return certain.replace(labelTags, '\n$1: ').replace(lineTags, '\n').replace(tags, '').replace(entity, characterOf)
}

const captionKeys = /^\{\s*"(?:caption|description|notice|tags)"\s*:/u
const anyJson = /^(?:\{\s*"|\[\s*["{])/u
const couldBeJson = /^(?:\{\s*(?:"\w*"?\s*)?|\[\s*)$/u
/** A string, complete or cut off, which is a key if a colon follows; or a number. */
const jsonTokens = /"((?:[^"\\]|\\.)*)(?:"\s*(:)?|$)|(-?\d+(?:\.\d+)?)/gu

/**
 * An answer in JSON as plain lines, even if it is cut off or not quite valid; `perhaps` until the end; null if it is not
 * JSON. In a transcript only what is clearly our answer counts, because the picture may show JSON.
 */
export function readJson(text: string, form: AnswerForm, isComplete: boolean): { lines: string } | 'perhaps' | null {
  const start = text.trimStart()
  const body = (form === 'transcript' ? start : withoutAnnouncement(start)).replace(/^`{3,}\w*\s*/u, '')
  const isJson = (form === 'transcript' ? captionKeys : anyJson).test(body)
  if (!isComplete) return isJson || couldBeJson.test(body) ? 'perhaps' : null
  if (!isJson) return null
  const notices: string[] = []
  const lines: string[] = []
  const tags: string[] = []
  let key = ''
  let isSameLine = false
  for (const [, word, colon, digits] of body.matchAll(jsonTokens)) {
    if (colon !== undefined) {
      key = (word ?? '').toLowerCase()
      isSameLine = false
      if (form === 'steps' && steps.some((step) => step === key)) lines.push(`${key}:`)
      continue
    }
    const value = digits ?? unescaped(word ?? '')
    // A content part of a chat message.
    if (key === 'type' && /^(?:output_)?text$/u.test(value)) continue
    if (key === 'notice') notices.push(`Notice: ${value}`)
    else if (key === 'tags') tags.push(value)
    else if (isSameLine) lines.push(`${lines.pop()}, ${value}`)
    else lines.push(value)
    isSameLine = true
  }
  // A transcript has no tags.
  if (tags.length > 0 && form !== 'transcript') lines.push(`Tags: ${tags.join(', ')}`)
  return { lines: [...notices, ...lines].join('\n') }
}

function unescaped(word: string): string {
  try {
    return JSON.parse(`"${word}"`) as string
  } catch {
    return word
  }
}
