import { printableValue, type Terminal } from './terminal.ts'
import { noticeKind } from '#core/describing/notice.ts'
import { createSpokenPieces, type SpokenPiece } from '#core/speaking/spoken-pieces.ts'
import { createArrivingText, sentencesIn } from '#core/text/sentences.ts'
import { t } from '#shared/messages/messages.ts'
import { hiddenNotice, type PrivateCount } from '#shared/privacy.ts'
import type { Settings } from '#shared/settings.ts'
import type { SpeechQueue, SpeechStream } from '#core/speaking/speech-queue.ts'
import type { Description } from '#shared/caption.ts'
import { failureText, type ErrorCode, type Failure } from '#shared/errors.ts'
import { printableLine } from '#shared/printable.ts'
import { shownUnverified, unverifiedSentence } from '#shared/unverified.ts'

/** What happens to one picture: any number of pieces of its caption, perhaps a notice or what was hidden, then its end. */
export type PictureEvent =
  | { type: 'text'; text: string }
  | { type: 'notice'; notice: string }
  /** Boxes cover this in the picture that is sent. */
  | { type: 'hidden'; hidden: PrivateCount[] }
  | { type: 'described'; description: Description }
  | { type: 'failed'; failure: Failure }

/** A picture's names. */
export interface Named {
  /** For programs: as typed, followed by the part if the file has several. */
  source: string
  /** For people; null if there is only one picture. */
  heading: string | null
}

/** Receives the events of all pictures, those of the first before those of the second. */
export type PictureOutput = (named: Named, event: PictureEvent) => void

/** The fields of a line of `--json`, in order: docs/guide/command-line.md. */
const contract = [
  'source',
  'width',
  'height',
  'mime',
  'sha256',
  'caption',
  'tags',
  'notice',
  'privacy',
  'text',
  'codes',
  'unconfirmed',
  'model',
  'provider',
  'usage',
  'costUsd',
  'cached',
  'offline',
  'warnings',
  'timings',
  'bytesSent'
] as const satisfies (keyof Description)[]

/** What a line of `--json` says about a described picture. */
export function describedLine(description: Description): Record<string, unknown> {
  const unconfirmed = description.unconfirmed.map(({ text, start, end }) => ({ text, start, end }))
  return { ...Object.fromEntries(contract.map((name) => [name, description[name]])), unconfirmed }
}

/** One JSON object per line, and nothing else. */
export function jsonOutput(terminal: Terminal): PictureOutput {
  const line = (value: object): void => terminal.print(`${JSON.stringify(printableValue(value))}\n`)
  return ({ source }, event) => {
    if (event.type === 'described') line(describedLine(event.description))
    else if (event.type === 'failed') line({ source, error: event.failure })
  }
}

/** The warning as it applies here: the commands that it names are those of the window. */
export function asTyped(warning: Failure): Failure {
  return warning.code === 'private' ? { ...warning, next: t('cli.private-next') } : warning
}

/** Warnings about the run, not the picture, so shown only once. */
const aboutTheRun = new Set<ErrorCode>(['no-key', 'offline', 'model-gone', 'provider-down'])

/** The warnings to show for a picture. With --offline, the warning about being offline is left out. */
function createWarningFilter(isOffline: boolean): (warnings: Failure[]) => Failure[] {
  const told = new Set<ErrorCode>(isOffline ? ['offline'] : [])
  return (warnings) =>
    warnings.filter(({ code }) => {
      if (told.has(code)) return false
      if (aboutTheRun.has(code)) told.add(code)
      return true
    })
}

/**
 * For people. On stdout: captions while they arrive, each under its name if there are several, notices (before the
 * caption if they arrive before it) and codes. On stderr: warnings and failures.
 */
export function textOutput(terminal: Terminal, { isOffline }: { isOffline: boolean }): PictureOutput {
  const newWarnings = createWarningFilter(isOffline)
  let printed = ''
  let isFirst = true
  let hasBegun = false
  let hasNotice = false
  const tell = ({ heading }: Named, failure: Failure): void =>
    terminal.tell(`${heading === null || aboutTheRun.has(failure.code) ? '' : `${heading}: `}${failureText(failure)}`)
  const begin = ({ heading }: Named): void => {
    if (!hasBegun && heading !== null) terminal.print(`${isFirst ? '' : '\n'}${printableLine(heading)}:\n`)
    hasBegun = true
    isFirst = false
  }
  const print = (named: Named, text: string): void => {
    begin(named)
    printed += text
    terminal.print(text)
  }
  const warn = (named: Named, notice: string): void => {
    begin(named)
    terminal.print(`Notice: ${printableLine(notice)}\n`)
    hasNotice = true
  }
  return (named, event) => {
    if (event.type === 'text') return print(named, event.text)
    if (event.type === 'notice') {
      // A warning comes before the caption; in the middle of a sentence it has to wait.
      if (printed === '') warn(named, event.notice)
      return
    }
    // Printed with the rest, after the caption.
    if (event.type === 'hidden') return
    if (event.type === 'failed') {
      if (printed !== '') terminal.print('\n')
      tell(named, event.failure)
    } else {
      const { description } = event
      print(named, restOf(description.caption, printed))
      if (!/\n\s*$/u.test(printed)) terminal.print('\n')
      if (description.notice !== null && !hasNotice) warn(named, description.notice)
      // The local description already includes them.
      for (const code of description.offline ? [] : description.codes)
        terminal.print(`${code.format}: ${printableLine(code.text)}\n`)
      const { hidden } = description.privacy
      if (hidden.length > 0) terminal.print(`${hiddenNotice(hidden)}\n`)
      const unverified = shownUnverified(description)
      if (unverified !== null) terminal.print(`${unverified}\n`)
      for (const warning of newWarnings(description.warnings)) tell(named, warning)
    }
    printed = ''
    hasBegun = false
    hasNotice = false
  }
}

/**
 * Speaks sentence by sentence while the text arrives. Failures are spoken too, because each is heard as well as shown.
 * The settings decide about notices (behavior B10). A caption that would wait for a key is only printed, since nobody
 * can press one here.
 */
export function speechOutput(
  queue: SpeechQueue,
  { isOffline, language }: { isOffline: boolean; language: string },
  notices: Settings['notices']
): PictureOutput {
  const newWarnings = createWarningFilter(isOffline)
  let caption = createArrivingText(language)
  let pieces = createSpokenPieces({ hasEarlyClause: () => true })
  let stream: SpeechStream | null = null
  let isSilenced = false

  function say(named: Named, given: SpokenPiece[]): void {
    if (stream === null) {
      stream = queue.stream({ priority: 'normal' })
      if (named.heading !== null) stream.say({ text: `${named.heading}:`, sentenceId: null })
    }
    for (const piece of given) stream.say(piece)
  }

  function sayWords(named: Named, words: string): void {
    say(
      named,
      sentencesIn(words).map((text) => ({ text, sentenceId: null }))
    )
  }

  function sayNotice(named: Named, notice: string): void {
    const kind = noticeKind(notice)
    if (notices[kind] === 'ignore' || isSilenced) return
    if (notices[kind] === 'say') return say(named, pieces.afterFirst(t('caption.notice', { kind })))
    stream?.cancel()
    stream = null
    sayWords(named, t('caption.content-printed', { kind }))
    isSilenced = true
  }

  function sayRest(named: Named, description: Description): void {
    caption.append(restOf(description.caption, caption.text))
    caption.end()
    if (isSilenced) return
    say(named, pieces.read(caption))
    const unverified = unverifiedSentence(description.unconfirmed)
    if (unverified !== null) sayWords(named, unverified)
  }

  return (named, event) => {
    if (event.type === 'text') {
      caption.append(event.text)
      if (!isSilenced) say(named, pieces.read(caption))
      return
    }
    if (event.type === 'notice') return sayNotice(named, event.notice)
    if (event.type === 'hidden') return say(named, pieces.afterFirst(hiddenNotice(event.hidden)))
    if (event.type === 'failed') {
      say(named, pieces.end())
      sayWords(named, failureText(event.failure))
    } else {
      sayRest(named, event.description)
      for (const warning of newWarnings(event.description.warnings)) sayWords(named, failureText(warning))
    }
    stream?.end()
    stream = null
    isSilenced = false
    caption = createArrivingText(language)
    pieces = createSpokenPieces({ hasEarlyClause: () => true })
  }
}

/** The part of the whole caption that has not been printed or spoken yet. */
function restOf(caption: string, before: string): string {
  if (caption.startsWith(before)) return caption.slice(before.length)
  if (caption === before.trim()) return ''
  return `\n${caption}`
}
