import {
  authenticator,
  bareLabel,
  brandLabel,
  connection,
  context,
  mixedValue,
  openCode,
  ownAfter,
  ownLabel,
  sentTo,
  strongLabel,
  thisLabel,
  useAfter,
  useBefore,
  valuePattern,
  wholeMixed,
  wholeValue
} from './one-time-code-words.ts'
import { linesOf, type SearchedLine, type SearchedText, type TextFinding } from './searched-text.ts'

/**
 * Codes for signing in once: 4 to 8 digits, or letters and digits, beside words that say so in English, German, French,
 * Spanish, Italian or Portuguese.
 */
export function findOneTimeCodes({ plain, folded }: SearchedText): TextFinding[] {
  const isAuthenticator = authenticator.test(folded)
  if (
    !isAuthenticator &&
    !/c[oe]d|tan\b|otp|einmal|clave|unique|senha|password|sign|log ?in|connect|verif|confirm|bestat/u.test(folded)
  )
    return []
  const lines = linesOf({ plain, folded })
  const found: TextFinding[] = []
  const add = (line: SearchedLine, at: number, text: string): void => {
    const start = line.start + at
    const isKnown = found.some((one) => start < one.end && start + text.length > one.start)
    if (!isKnown) found.push({ kind: 'one-time-code', start, end: start + text.length })
  }
  const hasContext = context.test(folded)
  for (const [index, line] of lines.entries()) {
    for (const { at, end, strength } of labelsOf(line)) {
      const onLine = valueAfter(line, end, strength, hasContext) ?? valueBefore(line, at)
      if (onLine) add(line, onLine.at, onLine.text)
      else for (const one of valuesNearby(lines, index, strength)) add(one.line, one.at, one.text)
    }
    if (isAuthenticator) {
      const whole = /^\W*(\d{3} ?\d{3})\W*(?:\d{1,2} ?s?)?$/u.exec(line.folded)?.[1]
      if (whole) add(line, line.folded.indexOf(whole), whole)
    }
  }
  for (const { at, text } of valuesAcrossLines(plain, folded, hasContext)) {
    const isKnown = found.some((one) => at < one.end && at + text.length > one.start)
    if (!isKnown) found.push({ kind: 'one-time-code', start: at, end: at + text.length })
  }
  return found
}

/** In a narrow window, a sentence is broken anywhere: "Your verification⏎code is⏎482 913". */
function valuesAcrossLines(plain: string, folded: string, hasContext: boolean): Value[] {
  const line = { start: 0, text: plain.replaceAll('\n', ' '), folded: folded.replaceAll('\n', ' ') }
  const values: Value[] = []
  for (const match of line.folded.matchAll(valuePattern))
    if (isUsed(line.folded, match.index, match.index + match[0].length))
      values.push({ at: match.index, text: match[0] })
  for (const { end, strength } of labelsOf(line)) {
    if (strength === 'bare') continue
    const value = valueAfter(line, end, strength, hasContext)
    const isSentence = value !== null && /\b(?:is|ist|lautet|est|es|e)\b|:/u.test(line.folded.slice(end, value.at))
    if (value && isSentence && !folded.slice(end, value.at).includes('\n\n')) values.push(value)
  }
  return values
}

function isUsed(line: string, start: number, end: number): boolean {
  const after = line.slice(end, end + 120)
  return ownAfter.test(after) || (useAfter.test(after) && useBefore.test(line.slice(Math.max(0, start - 40), start)))
}

/** What a label says: what the code is for, that it is the reader's own, or nothing but "code". */
type Strength = 'strong' | 'own' | 'bare'
interface Label {
  at: number
  end: number
  strength: Strength
}

function labelsOf(line: SearchedLine): Label[] {
  const labels: Label[] = []
  const matches: [Strength, Iterable<RegExpMatchArray>][] = [
    ['strong', line.folded.matchAll(strongLabel)],
    ['own', line.folded.matchAll(ownLabel)],
    ['own', line.text.matchAll(brandLabel)],
    ['own', context.test(line.folded) ? line.folded.matchAll(thisLabel) : []],
    ['bare', line.folded.matchAll(bareLabel)]
  ]
  for (const [strength, found] of matches)
    for (const match of found) {
      const at = match.index ?? 0
      const end = at + match[0].length
      if (labels.some((one) => at < one.end && end > one.at)) continue
      if (openCode.test(line.folded.slice(strength === 'strong' ? at : Math.max(0, at - 16), end + 14))) continue
      // "tan" is a color, "TAN" and "pushTAN" are codes.
      if (match[0].endsWith('tan') && !line.text.slice(at, end).endsWith('TAN')) continue
      labels.push({ at, end, strength })
    }
  return labels
}

/** So far after its label a code may end. */
const maxDistance = 90

interface Value {
  at: number
  text: string
}

function valueAfter(line: SearchedLine, from: number, strength: Strength, hasContext: boolean): Value | null {
  const reach = from + maxDistance
  const isMixed = strength === 'strong' || (strength === 'own' && hasContext)
  const mixed = isMixed ? [...line.text.slice(from, reach).matchAll(mixedValue)] : []
  const digits = [...line.folded.slice(from, reach).matchAll(valuePattern)]
  for (const match of [...digits, ...mixed]) {
    const between = line.folded.slice(from, from + match.index)
    if (!connection.test(between) || sentTo.test(between) || /[+*•]/u.test(between)) continue
    const text = match[0]
    const size = text.replace(/\D/gu, '').length
    if (strength !== 'strong' && /^(?:19|20)\d\d$/u.test(text)) continue
    if (strength === 'bare' && size !== 6 && !hasContext) continue
    return { at: from + match.index, text: line.text.slice(from + match.index, from + match.index + text.length) }
  }
  return null
}

/** "482 913 - your verification code" */
function valueBefore(line: SearchedLine, label: number): Value | null {
  const from = Math.max(0, label - 40)
  const before = line.folded.slice(from, label)
  const match = [...before.matchAll(valuePattern)].at(-1)
  if (!match) return null
  const between = before.slice(match.index + match[0].length)
  if (
    !/^ ?(?:is|ist|lautet|est|es|e|-|:|\()? ?(?:(?:the|der|die|das|le|la|el|il|o|a|as|als|your|ihr|dein|votre|ton|tu|su) )?(?:[\w.]+ )?$/u.test(
      between
    )
  )
    return null
  return /^(?:19|20)\d\d$/u.test(match[0]) ? null : { at: from + match.index, text: match[0] }
}

/** Codes that stand alone on the lines after a label, or on the one before it. */
function valuesNearby(
  lines: readonly SearchedLine[],
  index: number,
  strength: Strength
): (Value & { line: SearchedLine })[] {
  const wholeOn = (line: SearchedLine | undefined, isMixed: boolean): (Value & { line: SearchedLine }) | null => {
    if (!line) return null
    const text = wholeValue.exec(line.folded)?.[1] ?? (isMixed ? wholeMixed.exec(line.text)?.[1] : undefined)
    if (text === undefined || /^(?:19|20)\d\d$/u.test(text)) return null
    const at = line.folded.indexOf(text.toLowerCase())
    return { line, at, text: line.text.slice(at, at + text.length) }
  }
  const label = lines[index]
  if (!label || strength === 'bare') return []
  const following = lines.slice(index + 1, index + 8).filter(({ text }) => text.trim() !== '')
  const isMixed = strength === 'strong'
  const reach = strength === 'strong' ? 3 : 2
  for (const line of following.slice(0, reach)) {
    const whole = wholeOn(line, isMixed)
    if (whole) return [whole]
  }
  const before = wholeOn(lines[index - 1], false)
  return before ? [before] : []
}
