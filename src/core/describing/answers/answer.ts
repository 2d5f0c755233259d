import { splitSentences } from '#core/text/sentences.ts'
import type { StepPlace } from '#shared/caption.ts'
import { printable } from '#shared/printable.ts'
import {
  couldBeLabel,
  distinctTags,
  labelsAfterSentence,
  readLabel,
  splitNotice,
  splitTags,
  withTagsNamed,
  type LabelScope
} from './answer-labels.ts'
import { arrange, type Section } from './answer-steps.ts'
import {
  couldBeThoughts,
  endOfUnopenedThoughts,
  readJson,
  withoutHtml,
  withoutStopTokens,
  withoutThinking,
  type AnswerForm
} from './answer-wrappings.ts'
import { withoutOffer, withoutPreamble } from './boilerplate.ts'
import { cleanInline, isFence, isOrnament, withoutLinePrefix, withoutTable } from './plain-text.ts'
import { couldBeRefusal, isRefusal } from './refusal.ts'
import { withoutLoop } from './repetition.ts'

export type { AnswerForm }

/** A model's answer, taken apart. */
export interface Answer {
  /** Reason of the `Notice:` line, such as "private: a password can be read"; null without one. */
  notice: string | null
  caption: string
  /** Empty when the caption is nothing but a summary. */
  steps: StepPlace[]
  tags: string[]
  /** Why the caption was cut: longer than any caption should be, or the same again and again; null when it was not. */
  cutBecause: 'too-long' | 'repeating' | null
  /** The model wrote that it will not describe the picture. */
  isRefusal: boolean
}

/** Reads an answer while it arrives. */
export interface AnswerReader {
  /** Takes what has arrived; returns the text that is now certain to belong to the caption. */
  feed(delta: string): string
  /** Null until it is certain, and when there is none. */
  readonly notice: string | null
  /** The answer is long enough; an endless one can be stopped. */
  readonly isFull: boolean
  /**
   * The caption is everything that `feed` returned, followed by `rest`. One exception: when text turned out to have been
   * thoughts that nothing announced, the caption is what followed them.
   */
  finish(): { rest: string; answer: Answer }
}

export const maxCaptionCharacters = 6000
/** Endless blank lines, thinking, and tags count, too. */
const maxAnswerCharacters = 4 * maxCaptionCharacters

/**
 * A reader for one answer. The result depends on the text alone, not on how it was cut into deltas: each time, the
 * whole text so far is read again. Notice, tags, and step labels never become part of the caption, wherever they are.
 */
export function createAnswerReader(form: AnswerForm): AnswerReader {
  let raw = ''
  let given = ''
  let thoughtsEnd = 0
  let isAfterThoughts = false
  let isCut = false
  let notice: string | null = null

  const take = (caption: string): string => {
    const fresh = caption.slice(given.length)
    const isFirst = given === '' && fresh !== ''
    given += fresh
    return isFirst && isAfterThoughts ? `\n\n${fresh}` : fresh
  }
  const read = (isComplete: boolean): Answer => {
    if (thoughtsEnd === 0) {
      thoughtsEnd = endOfUnopenedThoughts(raw, form === 'transcript')
      // What was given so far were thoughts.
      if (thoughtsEnd > 0) [isAfterThoughts, given] = [given !== '', '']
    }
    const rest = raw.slice(thoughtsEnd)
    if (thoughtsEnd === 0 && !isComplete && couldBeThoughts(rest)) return { ...nothing }
    return readAnswer(rest, form, isComplete)
  }
  return {
    feed(delta) {
      raw = (raw + delta).slice(0, maxAnswerCharacters)
      const answer = read(false)
      isCut = answer.cutBecause !== null
      // A notice that was announced cannot be taken back.
      notice ??= answer.notice
      return take(answer.caption)
    },
    get notice() {
      return notice
    },
    get isFull() {
      return isCut || raw.length >= maxAnswerCharacters
    },
    finish() {
      const answer = read(true)
      return { rest: take(answer.caption), answer }
    }
  }
}

/** Of an incomplete answer, only what is certain whatever follows. */
function readAnswer(raw: string, form: AnswerForm, isComplete: boolean): Answer {
  const isTranscript = form === 'transcript'
  const text = unwrapped(raw, form, isComplete)
  if (text === null) return { ...nothing }
  const { sections, notice, tags } = readLines(text, form, isComplete)
  const arranged = arrange(isTranscript ? sections : withoutBoilerplate(sections, isComplete), isComplete)
  const wanted = form === 'brief' ? briefPart(arranged.caption, isComplete) : arranged.caption
  const limited = wanted.length > maxCaptionCharacters ? cutAt(wanted, maxCaptionCharacters) : null
  const looped = withoutLoop(limited ?? wanted, { isTranscript, isComplete })
  const cutBecause = looped.isLoop ? 'repeating' : limited === null ? null : 'too-long'
  const isWithheld = hasNothingToSay(looped.text) || (!isComplete && couldBeRefusal(looped.text))
  const caption = isWithheld ? '' : looped.text
  return {
    notice,
    caption,
    steps: arranged.steps
      .filter(({ start }) => start < caption.length)
      .map(({ step, start, end }) => ({ step, start, end: Math.min(end, caption.length) })),
    // Tags after the cut may or may not have arrived.
    tags: cutBecause === null ? tags : [],
    cutBecause,
    isRefusal: isComplete && isRefusal(looped.text)
  }
}

/** SIGACCESS's figure guidance, as for the first sentence of any caption. */
const maxBriefCharacters = 125

/**
 * The first sentence, whatever its length, and those after it that fit into `maxBriefCharacters`: "Error." alone would say
 * nothing. While more may follow, only the first sentence can be one whose end has not come.
 */
function briefPart(text: string, isComplete: boolean): string {
  let kept = 0
  for (const { id, end } of splitSentences(text)) {
    const isOpen = end === text.length && !isComplete
    if (id > 0 && (end > maxBriefCharacters || isOpen)) break
    kept = end
  }
  return text.slice(0, kept)
}

/** Text read from the picture may itself be polite, so it is left alone. */
function withoutBoilerplate(sections: Section[], isComplete: boolean): Section[] {
  return sections.map(({ step, text }, index) => {
    const isWhole = isComplete || index < sections.length - 1
    const begun = index === 0 ? withoutPreamble(text, isWhole) : text
    return { step, text: index === sections.length - 1 && step !== 'text' ? withoutOffer(begun, isComplete) : begun }
  })
}

/** "{}" and "..." */
function hasNothingToSay(text: string): boolean {
  return !/[\p{L}\p{N}\p{S}]/u.test(text)
}

const nothing: Answer = { notice: null, caption: '', steps: [], tags: [], cutBecause: null, isRefusal: false }

/** The answer's lines without what models wrap them in; null while that is not certain. */
function unwrapped(raw: string, form: AnswerForm, isComplete: boolean): string | null {
  const isTranscript = form === 'transcript'
  // Half of a character outside the basic plane may have arrived.
  let text = isComplete ? raw.toWellFormed() : raw.replace(/[\uD800-\uDBFF]$/u, '')
  text = printable(text.replace(/\r\n?|[\u0085\u2028\u2029]/gu, '\n'))
  text = withoutStopTokens(withoutThinking(text, isTranscript, isComplete), isComplete)
  const json = readJson(text, form, isComplete)
  if (json === 'perhaps') return null
  if (json !== null) text = json.lines
  if (isTranscript) return text
  text = withoutHtml(text, isComplete).replace(labelsAfterSentence(scopeOf(form)).whole, '\n')
  return withTagsNamed(text, isComplete)
}

function scopeOf(form: AnswerForm): LabelScope {
  return form === 'steps' || form === 'transcript' ? form : 'usual'
}

/** "Text: Text: Open" has two. */
const maxLabelsInLine = 4

interface Reading {
  sections: Section[]
  notice: string | null
  tags: string[]
}

function readLines(text: string, form: AnswerForm, isComplete: boolean): Reading {
  const isTranscript = form === 'transcript'
  const scope = scopeOf(form)
  const lines = text.split('\n')
  const last = isComplete ? null : (lines.pop() ?? '')
  let section: Section = { step: 'summary', text: '' }
  const sections = [section]
  let notice: string | null = null
  const tags: string[] = []
  let isAfterTags = false
  let isFirst = true
  let gap = ''

  const begin = (step: Section['step']): void => {
    isAfterTags = false
    // The same label twice in a row counts once.
    if (step === section.step) return
    section = { step, text: '' }
    sections.push(section)
    gap = ''
  }
  const add = (line: string): void => {
    if (line.trim() === '') return
    section.text += section.text === '' ? line.trimStart() : gap + line
    gap = ''
  }
  const isIdle = isTranscript ? isFence : isOrnament
  const clean = (line: string): string =>
    isTranscript ? line.trimEnd() : cleanSpaces(cleanInline(withoutLinePrefix(withoutTable(line)), true))

  const takeLine = (line: string, depth: number): void => {
    const label = depth > maxLabelsInLine ? null : readLabel(line, scope, { isFirst, isWhole: true })
    if (line.trim() !== '' && !isIdle(line)) isFirst = false
    if (label?.name === 'tags') {
      tags.push(...splitTags(label.value))
      isAfterTags = label.value === ''
    } else if (label?.name === 'notice') {
      const behind = splitNotice(label.value)
      notice ??= behind.notice
      if (behind.rest !== '') takeLine(behind.rest, depth + 1)
    } else if (label) {
      begin(label.name)
      if (label.value !== '') takeLine(label.value, depth + 1)
    } else if (isAfterTags) {
      // "Tags:" with the tags on the lines below it.
      tags.push(...splitTags(line))
    } else if (line.trim() === '') {
      gap = gap === '' ? gap : '\n\n'
    } else if (!isIdle(line)) {
      add(clean(line))
      gap = '\n'
    }
  }
  /** The line that is still arriving. */
  const takeBeginning = (line: string, depth: number): void => {
    const canBeLabel = depth <= maxLabelsInLine
    if (canBeLabel && couldBeLabel(line, scope, isFirst)) return
    const label = canBeLabel ? readLabel(line, scope, { isFirst, isWhole: false }) : null
    if (label && label.name !== 'notice' && label.name !== 'tags') {
      isFirst = false
      begin(label.name)
      takeBeginning(label.value, depth + 1)
    } else if (!isAfterTags) {
      add(certainBeginning(line, form))
    }
  }

  for (const line of lines) takeLine(line, 1)
  if (last !== null) takeBeginning(last, 1)
  return { sections, notice, tags: distinctTags(tags) }
}

/** The part of an incomplete line that is certain. */
function certainBeginning(line: string, form: AnswerForm): string {
  if (form === 'transcript') return line.trimEnd()
  const cut = line.search(labelsAfterSentence(scopeOf(form)).beginning)
  return cleanSpaces(cleanInline(withoutLinePrefix(cut === -1 ? line : line.slice(0, cut)), false))
}

function cleanSpaces(line: string): string {
  return line.replace(/[^\S\n]{2,}/gu, ' ').trim()
}

function cutAt(text: string, characters: number): string {
  return text
    .slice(0, characters)
    .replace(/[\uD800-\uDBFF]$/u, '')
    .trimEnd()
}
