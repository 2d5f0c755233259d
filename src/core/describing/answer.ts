import { printable, printableLine } from '#shared/printable.ts'
import { cleanInline, isOrnament, withoutLinePrefix, withoutTable } from './plain-text.ts'

/** What a model wrote, taken apart. */
export interface Answer {
  /** Reason of the `Notice:` line, such as "private: a password can be read"; null without one. */
  notice: string | null
  caption: string
  tags: string[]
  /** The caption was longer than any caption should be, and was cut. */
  isTruncated: boolean
}

/** Reads an answer while it arrives. */
export interface AnswerReader {
  /** Takes what has arrived and gives what is now certain to be caption. */
  feed(delta: string): string
  /** Nothing more is wanted: an endless answer can be stopped. */
  readonly isFull: boolean
  /** `rest` completes the caption: all that `feed` gave, and `rest`, are the caption. */
  finish(): { rest: string; answer: Answer }
}

export const maxCaptionCharacters = 6000
/** Blank lines, thinking and tags without end are an endless answer too. */
const maxAnswerCharacters = 4 * maxCaptionCharacters

/**
 * A reader for one answer. The result depends on the text alone, not on how it was cut into deltas: each time, the
 * whole text so far is read anew. Notice and tags lines never come out as caption, wherever they stand.
 *
 * @param isTranscript the answer is text copied from the picture, whose asterisks and number signs are its own.
 */
export function createAnswerReader({ isTranscript }: { isTranscript: boolean }): AnswerReader {
  let raw = ''
  let given = ''
  let isTruncated = false

  const take = (caption: string): string => {
    const fresh = caption.slice(given.length)
    given += fresh
    return fresh
  }
  return {
    feed(delta) {
      raw = (raw + delta).slice(0, maxAnswerCharacters)
      const answer = readAnswer(raw, isTranscript, false)
      isTruncated = answer.isTruncated
      return take(answer.caption)
    },
    get isFull() {
      return isTruncated || raw.length >= maxAnswerCharacters
    },
    finish() {
      const answer = readAnswer(raw, isTranscript, true)
      return { rest: take(answer.caption), answer }
    }
  }
}

// "Tags:" behind the last sentence instead of on a line of its own, as small models write it.
const tagsAfterSentence = /(?<=[.!?…。！？]["”’)\]*_]{0,4})[ \t]+(?=[*_]*(?:Tags|TAGS)[*_]*\s?[:：])/gu
const beginningOfTagsAfterSentence =
  /(?<=[.!?…。！？]["”’)\]*_]{0,4})[ \t]+[*_]*(?:T|Ta|TA|Tag|TAG|(?:Tags|TAGS)[*_]*\s?)?$/u

function readAnswer(raw: string, isTranscript: boolean, isComplete: boolean): Answer {
  // A character outside the basic plane may have arrived by half.
  let text = isComplete ? raw.toWellFormed() : raw.replace(/[\uD800-\uDBFF]$/u, '')
  text = printable(text.replace(/\r\n?|[\u0085\u2028\u2029]/gu, '\n'))
  text = withoutThinking(text, isComplete)
  const json = readJson(text, isComplete)
  if (json === 'perhaps') return nothing
  if (json !== null) text = json.lines
  if (!isTranscript) text = text.replace(tagsAfterSentence, '\n')

  const lines = text.split('\n')
  const last = isComplete ? null : (lines.pop() ?? '')
  const answer: Answer = { notice: null, caption: '', tags: [], isTruncated: false }
  let isAfterTags = false
  let isFirst = true
  let gap = ''
  const add = (line: string): void => {
    if (line.trim() === '') return
    answer.caption += answer.caption === '' ? line.trimStart() : gap + line
    gap = ''
  }

  for (const line of lines) {
    const label = readLabel(line, isFirst)
    if (line.trim() !== '' && !isOrnament(line)) isFirst = false
    if (label?.name === 'tags') {
      answer.tags.push(...splitTags(label.value))
      isAfterTags = label.value === ''
    } else if (label?.name === 'notice') {
      answer.notice ??= cleanNotice(label.value)
    } else if (isAfterTags) {
      // "Tags:" with the tags below it.
      answer.tags.push(...splitTags(line))
    } else if (line.trim() === '') {
      gap = gap === '' ? gap : '\n\n'
    } else if (!isOrnament(line)) {
      add(isTranscript ? line.trimEnd() : cleanInline(withoutLinePrefix(withoutTable(line)), true).trim())
      gap = '\n'
    }
  }
  if (last !== null && !isAfterTags && !couldBeLabel(last, isFirst)) add(certainBeginning(last, isTranscript))
  return limited({ ...answer, tags: distinctTags(answer.tags) })
}

const nothing: Answer = { notice: null, caption: '', tags: [], isTruncated: false }

function limited(answer: Answer): Answer {
  if (answer.caption.length <= maxCaptionCharacters) return answer
  const caption = answer.caption
    .slice(0, maxCaptionCharacters)
    .replace(/[\uD800-\uDBFF]$/u, '')
    .trimEnd()
  // What stands behind the cut may or may not have arrived.
  return { ...answer, caption, tags: [], isTruncated: true }
}

/** What can already be said of a line that goes on. */
function certainBeginning(line: string, isTranscript: boolean): string {
  if (isTranscript) return line.trimEnd()
  const cut = line.search(beginningOfTagsAfterSentence)
  return cleanInline(withoutLinePrefix(cut === -1 ? line : line.slice(0, cut)), false).trim()
}

// ---- the Notice and Tags lines --------------------------------------------------------------------------------------

// Quotes, bullets and Markdown that a label may be dressed in. No `u`: with it, other letters would pass for S.
const decoration = /^[\s>*_#`~•+"'“”‘’«({[–—-]*/
const labelLine = /^[\s>*_#`~•+"'“”‘’«({[–—-]*(tags|notice)[\s*_`"'”’]*[:：][\s*_`]*(.*)$/i
const noticeKinds = /^["'“]?(?:sensitive|graphic|private)\b/iu

/** A later "Notice:" is the picture's own unless it is of one of our kinds: signs say "Notice: no parking". */
function readLabel(line: string, isFirst: boolean): { name: 'tags' | 'notice'; value: string } | null {
  const match = labelLine.exec(line)
  if (!match) return null
  const name = match[1]?.toLowerCase() === 'tags' ? 'tags' : 'notice'
  const value = (match[2] ?? '').trim()
  if (name === 'notice' && !isFirst && !noticeKinds.test(value)) return null
  return { name, value }
}

/** True while a line's beginning may still turn out to be a notice, tags, an ornament or a table row. */
function couldBeLabel(line: string, isFirst: boolean): boolean {
  const bare = line.replace(decoration, '').toLowerCase()
  if (bare === '' || 'tags'.startsWith(bare) || 'notice'.startsWith(bare)) return true
  if (/^\s*(?:`{3}|~{3}|\|)/u.test(line)) return true
  if (/^(?:tags|notice)[\s*_`"'”’]*$/u.test(bare)) return true
  const label = labelLine.exec(line)
  if (!label) return false
  return isFirst || label[1]?.toLowerCase() === 'tags' || couldBeNoticeKind(label[2] ?? '')
}

function couldBeNoticeKind(value: string): boolean {
  const bare = value.replace(/^["'“\s]+/u, '').toLowerCase()
  return noticeKinds.test(value) || ['sensitive', 'graphic', 'private'].some((kind) => kind.startsWith(bare))
}

function cleanNotice(value: string): string | null {
  const notice = printableLine(cleanInline(value, true)).replace(/^["'“]+|["'”*_]+$/gu, '')
  return notice === '' || /^(?:none|no|n\/a|nothing|-)[.!]?$/iu.test(notice) ? null : notice.slice(0, 200)
}

function splitTags(value: string): string[] {
  return value
    .split(/[,;、，|#]/u)
    .map((tag) => printableLine(tag).replace(/^[\s"'“”‘’*_`[\]().•+-]+|[\s"'“”‘’*_`[\]().,]+$/gu, ''))
    .filter((tag) => tag !== '' && tag.length <= 40 && !/^(?:none|n\/a)$/iu.test(tag))
}

function distinctTags(tags: string[]): string[] {
  return [...new Map(tags.map((tag) => [tag.toLowerCase(), tag])).values()].slice(0, 10)
}

// ---- wrappings ------------------------------------------------------------------------------------------------------

/** Local models think aloud before they answer: "<think> … </think>". */
function withoutThinking(text: string, isComplete: boolean): string {
  const opening = '<think>'
  const start = text.trimStart()
  if (!start.startsWith(opening)) return !isComplete && opening.startsWith(start) ? '' : text
  const end = start.indexOf('</think>')
  return end === -1 ? '' : start.slice(end + '</think>'.length)
}

/** An answer wrapped in JSON, as plain lines; `perhaps` until that is known; null when it is none. */
function readJson(text: string, isComplete: boolean): { lines: string } | 'perhaps' | null {
  const body = text.replace(/^\s*(?:`{3,}\w*\s*)?/u, '')
  if (!body.startsWith('{')) return null
  const key = /^\{\s*"(?:caption|description|notice|tags)"\s*:/u
  if (!isComplete) return key.test(body) || /^\{\s*(?:"\w*"?\s*)?$/u.test(body) ? 'perhaps' : null
  if (!key.test(body)) return null
  try {
    const parsed: unknown = JSON.parse(body.replace(/\s*`{3,}\s*$/u, ''))
    const fields = parsed as Record<string, unknown>
    const caption = fields['caption'] ?? fields['description']
    const { notice, tags } = fields
    const lines = [
      typeof notice === 'string' ? `Notice: ${notice}` : '',
      typeof caption === 'string' ? caption : '',
      Array.isArray(tags) ? `Tags: ${tags.join(', ')}` : typeof tags === 'string' ? `Tags: ${tags}` : ''
    ].filter((line) => line !== '')
    return { lines: lines.join('\n') }
  } catch {
    return null
  }
}
