import { steps } from '#shared/caption.ts'
import type { AnswerForm } from './answer.ts'

/** What models put round or into their answers although nobody asked for it. */

const thinkingNames = 'think|thinking|thought|reasoning'
const thinking = new RegExp(`<(${thinkingNames})>[\\s\\S]*?(?:</\\1>|$)`, 'giu')

/** Local models think aloud before they answer: "<think> … </think>". In a transcript only there. */
export function withoutThinking(text: string, isTranscript: boolean, isComplete: boolean): string {
  if (!isTranscript) return text.replace(thinking, '')
  const start = text.trimStart()
  if (!isComplete && /^<\w{0,9}$/u.test(start)) return ''
  return new RegExp(`^<(?:${thinkingNames})>`, 'iu').test(start) ? start.replace(thinking, '') : text
}

const stopToken = /(?:<\|[\w ]{1,30}\|>|<\/s>|<end_of_turn>)$/u
const beginningOfStopToken = /<(?:\|[\w ]{0,30}\|?|\/s?|[a-z_]{0,11})?$/u

/** Marks of the end that a server should have kept to itself: "<|im_end|>". Elsewhere they are text. */
export function withoutStopTokens(text: string, isComplete: boolean): string {
  let ended = text
  for (let end = text.trimEnd(); stopToken.test(end); ended = end) end = end.replace(stopToken, '').trimEnd()
  return isComplete ? ended : ended.replace(beginningOfStopToken, '')
}

/** Those that models format with; "<input>" and "<script>" are more likely code that the picture shows. */
const tagNames =
  'b|blockquote|body|br|center|code|div|em|font|h[1-6]|hr|html|i|li|ol|p|pre|small|span|strong|sub|sup|table|tbody|td|' +
  `th|thead|tr|u|ul|${thinkingNames}`
const lineTags = /<br\s*\/?>|<\/(?:p|div|li|h[1-6]|tr|ul|ol|table|blockquote)>/giu
const tags = new RegExp(`</?(?:${tagNames})(?:\\s[^<>\\n]{0,200})?/?>`, 'giu')
const beginningOfTag = new RegExp(`</?(?:(?:${tagNames})(?:\\s[^<>\\n]{0,200})?/?|[a-z][a-z0-9]{0,9})?$`, 'iu')
const entities: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
  '&#39;': "'",
  '&nbsp;': ' '
}

/** Known tags out, known entities as their characters; "<Enter>" and "a < b" stay. */
export function withoutHtml(text: string, isComplete: boolean): string {
  const certain = isComplete ? text : text.replace(beginningOfTag, '').replace(/&[a-z0-9#]{0,5}$/iu, '')
  return certain
    .replace(lineTags, '\n')
    .replace(tags, '')
    .replace(/&(?:amp|lt|gt|quot|apos|#39|nbsp);/gu, (entity) => entities[entity] ?? entity)
}

const captionKeys = /^\{\s*"(?:caption|description|notice|tags)"\s*:/u
const anyJson = /^(?:\{\s*"|\[\s*["{])/u
const couldBeJson = /^(?:\{\s*(?:"\w*"?\s*)?|\[\s*)$/u
/** A string, complete or cut off, which a colon makes a key; or a number. */
const jsonTokens = /"((?:[^"\\]|\\.)*)(?:"\s*(:)?|$)|(-?\d+(?:\.\d+)?)/gu

/**
 * An answer in JSON, as plain lines, also where it broke off or is not quite JSON; `perhaps` until the end; null when it
 * is none. In a transcript only what is plainly our answer counts: the picture may show JSON.
 */
export function readJson(text: string, form: AnswerForm, isComplete: boolean): { lines: string } | 'perhaps' | null {
  const body = text.replace(/^\s*(?:`{3,}\w*\s*)?/u, '')
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
    if (key === 'notice') notices.push(`Notice: ${value}`)
    else if (key === 'tags') tags.push(value)
    else if (isSameLine) lines.push(`${lines.pop()}, ${value}`)
    else lines.push(value)
    isSameLine = true
  }
  return { lines: [...notices, ...lines, ...(tags.length === 0 ? [] : [`Tags: ${tags.join(', ')}`])].join('\n') }
}

function unescaped(word: string): string {
  try {
    return JSON.parse(`"${word}"`) as string
  } catch {
    return word
  }
}
