import { steps, type Step } from '#shared/caption.ts'
import { printableLine } from '#shared/printable.ts'
import { noticeKinds } from '../notice.ts'
import { cleanInline, couldBeOrnament } from './plain-text.ts'
import { kindOfNotice, noneWords, noticeLabels, stepLabels, stepOfLabel, tagLabels } from './label-words.ts'

/**
 * Which labels an answer may have: notice and tags, and those of the steps if it is in steps. In a transcript every label
 * but a notice belongs to the picture.
 */
export type LabelScope = 'transcript' | 'usual' | 'steps'

export interface Label {
  name: 'tags' | 'notice' | Step
  value: string
}

// Quotes, bullets, numbers and Markdown that a label may be dressed in. No `u`: with it, other letters would pass for S.
const dress = '[\\s>*_#`~•+"\'“”‘’«({[–—-]*'
const dressing = new RegExp(`^${dress}`)
const marks = '[\\s*_`"\'”’]'
const tagsLine = new RegExp(`^${dress}tags${marks}*[:：][\\s*_\`]*(.*)$`, 'i')
const noticeLine = new RegExp(`^${dress}(${noticeLabels.join('|')})${marks}*([:：(（–-])[\\s*_\`]*(.*)$`, 'i')
/** A word with more marks around it is not a label. */
const maxDress = 8
const number = `(?:\\d[.)][\\s*_]{0,${maxDress}})?`
const anyStep = stepLabels.join('|')
const stepLine = new RegExp(`^${dress}${number}(${anyStep})${marks}{0,${maxDress}}[:：][\\s*_\`]*(.*)$`, 'i')
/** A heading needs no colon. With neither, "Details" may be a word of the picture. */
const stepHeading = new RegExp(
  `^\\s*(?:#{1,6}\\s+|(?=\\*\\*|__))[*_]*${number}(${anyStep})[*_]{0,4}\\s{0,${maxDress}}$`,
  'i'
)
const longestLabel = Math.max(...stepLabels.map((label) => label.length))
const firstWord = /^["'“]?([\p{L}\p{M}]+)(.*)$/u
/** How much of a first line shows whether it is a notice. */
const noticeCharacters = 60

/** @param isWhole the line is complete. */
export function readLabel(
  line: string,
  scope: LabelScope,
  { isFirst, isWhole }: { isFirst: boolean; isWhole: boolean }
): Label | null {
  const notice = readNotice(line, scope, isFirst)
  if (notice !== null) return { name: 'notice', value: notice }
  if (scope === 'transcript') return null
  const tags = tagsLine.exec(line)?.[1]
  if (tags !== undefined) return { name: 'tags', value: tags.trim() }
  if (scope === 'usual') return null
  const step = stepLine.exec(line) ?? (isWhole ? stepHeading.exec(line) : null)
  return step ? { name: stepOfLabel(step[1] ?? ''), value: (step[2] ?? '').trim() } : null
}

/**
 * What a notice says. Signs say "Notice: no parking", so a notice must name a kind: one of ours, or at the beginning of a
 * caption any kind ("medical: an x-ray"). With a label other than "Notice" it must come first.
 */
function readNotice(line: string, scope: LabelScope, isFirst: boolean): string | null {
  const [, label = '', separator = '', value] = noticeLine.exec(line) ?? []
  if (value === undefined) return null
  const isPlain = label.toLowerCase() === 'notice' && /[:：]/u.test(separator)
  if (!isFirst && !isPlain) return null
  const [, word = '', behind = ''] = firstWord.exec(value) ?? []
  // "Warning: private property" is text on a sign.
  const isKindAlone = /^(?:\s+content)?\s*(?:[:：,.)）\]"”*_–-]|$)/iu.test(behind)
  if (kindOfNotice(word) !== null && (isKindAlone || (isPlain && scope !== 'transcript'))) return value.trim()
  if (!isFirst || !isPlain || scope === 'transcript') return null
  return /^[\p{L} ]{1,20}:/u.test(value) || (value.length < noticeCharacters && isNoNotice(value)) ? value.trim() : null
}

/** True while the beginning of a line may still become a notice, tags, a step's label, an ornament, or a table row. */
export function couldBeLabel(line: string, scope: LabelScope, isFirst: boolean): boolean {
  if (couldBeNotice(line, scope, isFirst)) return true
  if (scope === 'transcript') return /^\s*(?:`{3}|~{3})/u.test(line)
  const bare = line.replace(dressing, '').toLowerCase()
  if (bare === '' || 'tags'.startsWith(bare)) return true
  if (couldBeOrnament(line)) return true
  if (/^tags[\s*_`"'”’]*$/u.test(bare)) return true
  if (scope === 'steps' && couldBeStep(bare)) return true
  return tagsLine.test(line)
}

function couldBeNotice(line: string, scope: LabelScope, isFirst: boolean): boolean {
  const bare = line.replace(dressing, '').toLowerCase()
  const plain = bare.replace(/[\s*_`"'”’]+$/u, '')
  const labels = isFirst ? noticeLabels : ['notice']
  if (labels.some((label) => label.startsWith(bare) || label === plain)) return true
  const [, label = '', separator = '', value] = noticeLine.exec(line) ?? []
  if (value === undefined) return false
  const isPlain = label.toLowerCase() === 'notice' && /[:：]/u.test(separator)
  if (!isFirst && !isPlain) return false
  if (readNotice(line, scope, isFirst) !== null) return true
  // The first word decides; if the caption itself begins with "Notice:", what follows.
  if (/^["'“]?[\p{L}\p{M}]{0,20}(?:\s+c?o?n?t?e?n?t?\s*)?$/iu.test(value)) return true
  return isFirst && isPlain && scope !== 'transcript' && value.length < noticeCharacters
}

function couldBeStep(bare: string): boolean {
  if (bare.length > longestLabel + 2 * maxDress + 2) return false
  const word = bare.replace(/^\d[.)]?\s*/u, '').replace(dressing, '')
  const plain = word.replace(/[\s*_`"'”’]+$/u, '')
  return stepLabels.some((label) => label.startsWith(word) || label === plain)
}

// ---- labels after a sentence ----------------------------------------------------------------------------------------

interface LabelsAfterSentence {
  /** The space before each. */
  whole: RegExp
  /** What could still become one when more arrives; it reaches to the end. */
  beginning: RegExp
}

const afterSentence: Record<LabelScope, LabelsAfterSentence> = {
  transcript: { whole: /(?!)/gu, beginning: /(?!)/u },
  usual: labelPatterns(['Tags', 'TAGS']),
  steps: labelPatterns(['Tags', 'TAGS', ...steps.map((step) => `${step[0]?.toUpperCase()}${step.slice(1)}`)])
}

/** "Tags:" or "Notice: private:" after the last sentence instead of on a line of its own, as small models write it. */
export function labelsAfterSentence(scope: LabelScope): LabelsAfterSentence {
  return afterSentence[scope]
}

function labelPatterns(names: string[]): LabelsAfterSentence {
  // But not after the number of a list item.
  const sentenceEnd = '(?<=[.!?…。！？]["”’)\\]*_]{0,4})(?<!(?:^|\\n|[:：])[\\s*#]{0,4}\\d\\.)[ \\t]+'
  const any = names.join('|')
  const notices = noticeKinds.map((kind) => `Notice: ${kind}`)
  const beginnings = [...names, ...notices].flatMap((name) => Array.from(name, (_, at) => name.slice(0, at + 1)))
  return {
    whole: new RegExp(
      `${sentenceEnd}(?=[*_([]*(?:(?:${any})[*_]*\\s?[:：]|(?:${notices.join('|')})(?![\\p{L}])))`,
      'gu'
    ),
    beginning: new RegExp(`${sentenceEnd}[*_([]*(?:${beginnings.join('|')}|(?:${any})[*_]*\\s?)?$`, 'u')
  }
}

// ---- translated tags ------------------------------------------------------------------------------------------------

const translated = tagLabels.join('|')
const translatedLine = new RegExp(`^${dress}(?:${translated})${marks}*[:：]${marks}*(.*)$`, 'i')
/** Without a colon it must be a heading. */
const translatedHeading = new RegExp(`^\\s*(?:#{1,6}\\s+|[*_]{1,2}(?=\\S))[*_]*(?:${translated})[*_]*\\s*$`, 'i')
const maxTagsCharacters = 200
const longestTagLabel = Math.max(...tagLabels.map((label) => label.length))
const listItem = /^\s*(?:[-*•+](?:\s.{0,60})?)?$/u

/**
 * The text with "Tags:" in place of its other names ("Schlagwörter:", "## Keywords") where nothing but tags follows;
 * elsewhere they belong to the picture. While more may follow, what may become such tags is left out.
 */
export function withTagsNamed(text: string, isComplete: boolean): string {
  const lines = text.split('\n')
  const found = tagLineAtEnd(lines, isComplete)
  if (found === null) return !isComplete && couldBeTags(lines.at(-1) ?? '') ? lines.slice(0, -1).join('\n') : text
  const before = lines.slice(0, found.at)
  return (isComplete ? [...before, `Tags: ${found.value}`, ...lines.slice(found.at + 1)] : before).join('\n')
}

/** A label with only a list or one line of tags after it. Of tags that are still arriving only the length is known. */
function tagLineAtEnd(lines: string[], isComplete: boolean): { at: number; value: string } | null {
  const areTags = (text: string, least: number): boolean =>
    text.length < maxTagsCharacters && (!isComplete || splitTags(text).length >= least)
  const valueOf = (line: string): string | null =>
    translatedLine.exec(line)?.[1]?.trim() ?? (translatedHeading.test(line) ? '' : null)
  let at = lines.length - 1
  while (at > 0 && listItem.test(lines[at] ?? '')) at -= 1
  const value = valueOf(lines[at] ?? '')
  if (value !== null) return value === '' || areTags(value, 1) ? { at, value } : null
  const isBelow = at > 0 && valueOf(lines[at - 1] ?? '') === '' && areTags(lines[at] ?? '', 2)
  return isBelow ? { at: at - 1, value: '' } : null
}

function couldBeTags(line: string): boolean {
  if (line.length > longestTagLabel + 2 * maxDress) return false
  const bare = line.replace(dressing, '').toLowerCase()
  const plain = bare.replace(/[\s*_`"'”’]+$/u, '')
  return tagLabels.some((label) => label.startsWith(bare) || label === plain)
}

// ---- values ---------------------------------------------------------------------------------------------------------

function isNoNotice(value: string): boolean {
  const plain = value.trim().replace(/[.!]$/u, '').toLowerCase()
  return noneWords.includes(plain) || /^(?:no|nothing|no (?:notice|warning)s?\b.*)$/u.test(plain)
}

/** A sentence that follows a notice on the same line belongs to the caption. */
const sentenceBehind = /(?<=[\p{L}\p{N}]{4}["”’)\]]?[.!?])\s+(?=["“'‘(]?\p{Lu})/u

/** The notice, with its kind in English, and what follows it on the same line. */
export function splitNotice(value: string): { notice: string | null; rest: string } {
  const [reason = '', ...behind] = value.split(sentenceBehind)
  const clean = printableLine(cleanInline(reason, true)).replace(/^["'“]+|["'”*_\])]+$/gu, '')
  const rest = value.slice(reason.length).trim()
  if (clean === '' || isNoNotice(clean)) return { notice: null, rest: behind.length === 0 ? '' : rest }
  const [, word = '', why = ''] = /^([\p{L}\p{M}]+)[\])）]?(.*)$/u.exec(clean) ?? []
  const kind = kindOfNotice(word)
  return { notice: (kind === null ? clean : kind + why.replace(/^\s*[:：]\s*/u, ': ')).slice(0, 200), rest }
}

export function splitTags(value: string): string[] {
  return value
    .split(/[,;、，|#]/u)
    .map((tag) => printableLine(tag).replace(/^[\s"'“”‘’*_`[\]().•+-]+|[\s"'“”‘’*_`[\]().,]+$/gu, ''))
    .filter((tag) => tag !== '' && tag.length <= 40 && !noneWords.includes(tag.toLowerCase()))
}

export function distinctTags(tags: string[]): string[] {
  return [...new Map(tags.map((tag) => [tag.toLowerCase(), tag])).values()].slice(0, 10)
}
