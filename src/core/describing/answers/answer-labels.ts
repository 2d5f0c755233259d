import { steps, type Step } from '#shared/caption.ts'
import { printableLine } from '#shared/printable.ts'
import { cleanInline } from './plain-text.ts'
import { stepLabels, stepOfLabel } from './step-labels.ts'

/** Labels of lines that are not caption: notice and tags, and in an answer in steps those of the steps. */
export type LabelScope = 'usual' | 'steps'

export interface Label {
  name: 'tags' | 'notice' | Step
  value: string
}

// Quotes, bullets, numbers and Markdown that a label may be dressed in. No `u`: with it, other letters would pass for S.
const dress = '[\\s>*_#`~•+"\'“”‘’«({[–—-]*'
const dressing = new RegExp(`^${dress}`)
const marks = '[\\s*_`"\'”’]'
const labelLine = new RegExp(`^${dress}(tags|notice)${marks}*[:：][\\s*_\`]*(.*)$`, 'i')
/** More marks than these round a word do not make it a label. */
const maxDress = 8
const number = `(?:\\d[.)][\\s*_]{0,${maxDress}})?`
const anyStep = stepLabels.join('|')
const stepLine = new RegExp(`^${dress}${number}(${anyStep})${marks}{0,${maxDress}}[:：][\\s*_\`]*(.*)$`, 'i')
/** A heading needs no colon; without both, "Details" may be the picture's own word. */
const stepHeading = new RegExp(
  `^\\s*(?:#{1,6}\\s+|(?=\\*\\*|__))[*_]*${number}(${anyStep})[*_]{0,4}\\s{0,${maxDress}}$`,
  'i'
)
const longestLabel = Math.max(...stepLabels.map((label) => label.length))
const noticeKinds = /^["'“]?(?:sensitive|graphic|private)\b/iu

/**
 * A later "Notice:" is the picture's own unless it is of one of our kinds: signs say "Notice: no parking".
 *
 * @param isWhole the line goes on no more.
 */
export function readLabel(
  line: string,
  scope: LabelScope,
  { isFirst, isWhole }: { isFirst: boolean; isWhole: boolean }
): Label | null {
  const match = labelLine.exec(line)
  if (match) {
    const name = match[1]?.toLowerCase() === 'tags' ? 'tags' : 'notice'
    const value = (match[2] ?? '').trim()
    return name === 'notice' && !isFirst && !noticeKinds.test(value) ? null : { name, value }
  }
  if (scope === 'usual') return null
  const step = stepLine.exec(line) ?? (isWhole ? stepHeading.exec(line) : null)
  return step ? { name: stepOfLabel(step[1] ?? ''), value: (step[2] ?? '').trim() } : null
}

/** True while a line's beginning may still turn out to be a notice, tags, a step's label, an ornament or a table row. */
export function couldBeLabel(line: string, scope: LabelScope, isFirst: boolean): boolean {
  const bare = line.replace(dressing, '').toLowerCase()
  if (bare === '' || 'tags'.startsWith(bare) || 'notice'.startsWith(bare)) return true
  if (/^\s*(?:`{3}|~{3}|\|)/u.test(line)) return true
  if (/^(?:tags|notice)[\s*_`"'”’]*$/u.test(bare)) return true
  if (scope === 'steps' && couldBeStep(bare)) return true
  const label = labelLine.exec(line)
  if (!label) return false
  return isFirst || label[1]?.toLowerCase() === 'tags' || couldBeNoticeKind(label[2] ?? '')
}

function couldBeStep(bare: string): boolean {
  if (bare.length > longestLabel + 2 * maxDress + 2) return false
  const word = bare.replace(/^\d[.)]?\s*/u, '').replace(dressing, '')
  const plain = word.replace(/[\s*_`"'”’]+$/u, '')
  return stepLabels.some((label) => label.startsWith(word) || label === plain)
}

function couldBeNoticeKind(value: string): boolean {
  const bare = value.replace(/^["'“\s]+/u, '').toLowerCase()
  return noticeKinds.test(value) || ['sensitive', 'graphic', 'private'].some((kind) => kind.startsWith(bare))
}

// ---- labels behind a sentence ---------------------------------------------------------------------------------------

interface LabelsAfterSentence {
  /** The space before each. */
  whole: RegExp
  /** What could still become one when more arrives; it reaches to the end. */
  beginning: RegExp
}

const afterSentence: Record<LabelScope, LabelsAfterSentence> = {
  usual: labelPatterns(['Tags', 'TAGS']),
  steps: labelPatterns(['Tags', 'TAGS', ...steps.map((step) => `${step[0]?.toUpperCase()}${step.slice(1)}`)])
}

/** "Tags:" behind the last sentence instead of on a line of its own, as small models write it. */
export function labelsAfterSentence(scope: LabelScope): LabelsAfterSentence {
  return afterSentence[scope]
}

function labelPatterns(names: string[]): LabelsAfterSentence {
  // But not behind the number of a list.
  const sentenceEnd = '(?<=[.!?…。！？]["”’)\\]*_]{0,4})(?<!(?:^|\\n)[\\s*#]{0,4}\\d\\.)[ \\t]+'
  const any = names.join('|')
  const beginnings = names.flatMap((name) => Array.from(name, (_, at) => name.slice(0, at + 1)))
  return {
    whole: new RegExp(`${sentenceEnd}(?=[*_]*(?:${any})[*_]*\\s?[:：])`, 'gu'),
    beginning: new RegExp(`${sentenceEnd}[*_]*(?:${beginnings.join('|')}|(?:${any})[*_]*\\s?)?$`, 'u')
  }
}

// ---- values ---------------------------------------------------------------------------------------------------------

export function cleanNotice(value: string): string | null {
  const notice = printableLine(cleanInline(value, true)).replace(/^["'“]+|["'”*_]+$/gu, '')
  return notice === '' || /^(?:none|no|n\/a|nothing|-)[.!]?$/iu.test(notice) ? null : notice.slice(0, 200)
}

export function splitTags(value: string): string[] {
  return value
    .split(/[,;、，|#]/u)
    .map((tag) => printableLine(tag).replace(/^[\s"'“”‘’*_`[\]().•+-]+|[\s"'“”‘’*_`[\]().,]+$/gu, ''))
    .filter((tag) => tag !== '' && tag.length <= 40 && !/^(?:none|n\/a)$/iu.test(tag))
}

export function distinctTags(tags: string[]): string[] {
  return [...new Map(tags.map((tag) => [tag.toLowerCase(), tag])).values()].slice(0, 10)
}
