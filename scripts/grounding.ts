/**
 * `npm run grounding [-- --set 1|2] [-- --misses] [-- --cache]`: how well wrong numbers and words in captions are found.
 * Renders both sets of test/grounding-sets, reads each picture with the real OCR, checks every scripted answer.
 * Set 1 is for tuning, set 2 for reporting. --misses lists the errors, --cache keeps OCR's results in the system's temporary
 * folder.
 */
import { parseArgs } from 'node:util'
import { createCanvasDecoder } from '#adapters/pictures/canvas.ts'
import { createTextReader } from '#adapters/ocr/text-reader.ts'
import { createZxingReader } from '#adapters/pictures/zxing.ts'
import { checkGrounding, type GroundingResult } from '#core/grounding/grounding.ts'
import type { ReadText } from '#core/ports/pictures.ts'
import type { Code } from '#shared/caption.ts'
import { createOcrCache } from './ocr-cache.ts'
import { groundingCases, type GroundingAnswer } from '../test/grounding-sets/cases.ts'

const { values: options } = parseArgs({
  options: { set: { type: 'string' }, misses: { type: 'boolean' }, cache: { type: 'boolean' } }
})
const cached = options.cache ? await createOcrCache('descry-grounding') : null
const decoder = createCanvasDecoder()
const reader = createTextReader()
const codeReader = createZxingReader()

interface Seen {
  read: ReadText
  codes: Code[]
}

function look(bytes: Uint8Array): Promise<Seen> {
  const read = async (): Promise<Seen> => {
    const picture = await decoder.decode(bytes)
    return { read: await reader.read(picture), codes: await codeReader.read(picture) }
  }
  return cached ? cached(bytes, read) : read()
}

class Tally {
  captions = 0
  markedCaptions = 0
  uncheckedCaptions = 0
  marks = 0
  rightMarks = 0
  wrong = 0
  found = 0
  silent = 0

  add(
    answer: GroundingAnswer,
    { unconfirmed, isTextUnchecked }: GroundingResult
  ): { false: string[]; missed: string[] } {
    const spans = answer.wrong.flatMap((text) => {
      const start = answer.caption.indexOf(text)
      return start === -1 ? [] : [{ text, start, end: start + text.length }]
    })
    const overlaps = (one: { start: number; end: number }, other: { start: number; end: number }): boolean =>
      one.start < other.end && other.start < one.end
    const missed = spans.filter((span) => !unconfirmed.some((mark) => overlaps(mark, span)))
    const falseMarks = unconfirmed.filter((mark) => !spans.some((span) => overlaps(mark, span)))
    this.captions += 1
    if (unconfirmed.length > 0) this.markedCaptions += 1
    else if (isTextUnchecked) this.uncheckedCaptions += 1
    this.marks += unconfirmed.length
    this.rightMarks += unconfirmed.length - falseMarks.length
    this.wrong += spans.length
    this.found += spans.length - missed.length
    if (unconfirmed.length === 0 && !isTextUnchecked) this.silent += missed.length
    return { false: falseMarks.map(({ text }) => text), missed: missed.map(({ text }) => text) }
  }
}

const share = (part: number, whole: number): string =>
  whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} % (${part} of ${whole})`

async function measure(seed: number): Promise<void> {
  const startedAt = performance.now()
  const all = new Tally()
  const kinds = new Map<string, Tally>()
  const correct = new Tally()
  const cases = groundingCases(seed)
  let checkMs = 0
  for (const one of cases) {
    const seen = await look(await one.render())
    for (const answer of one.answers) {
      const before = performance.now()
      const result = checkGrounding({ ...seen, caption: answer.caption, language: one.language, knownText: null })
      checkMs += performance.now() - before
      const kind = kinds.get(answer.kind) ?? new Tally()
      kinds.set(answer.kind, kind)
      const errors = all.add(answer, result)
      kind.add(answer, result)
      if (answer.wrong.length === 0) correct.add(answer, result)
      if (options.misses && (errors.false.length > 0 || errors.missed.length > 0)) {
        console.log(`\n${one.id} ${answer.kind} (${one.language}): ${answer.caption}`)
        for (const text of errors.false) console.log(`  marked, but correct: ${text}`)
        for (const text of errors.missed)
          console.log(`  not marked${result.isTextUnchecked ? ' (said: text not checked)' : ''}: ${text}`)
        console.log(
          `  read: ${seen.read.words.map(({ text, confidence }) => `${text}/${Math.round(confidence)}`).join(' ')}`
        )
      }
    }
  }
  console.log(`\nSet ${seed}: ${cases.length} pictures, ${all.captions} captions`)
  console.log(`  precision                  ${share(all.rightMarks, all.marks)}`)
  console.log(`  recall                     ${share(all.found, all.wrong)}`)
  console.log(`  wrong without any caution  ${share(all.silent, all.wrong)}`)
  console.log(`  correct captions marked    ${share(correct.markedCaptions, correct.captions)}`)
  for (const [name, kind] of kinds) {
    const errors =
      kind.wrong > 0
        ? `found ${share(kind.found, kind.wrong)}, `
        : `marked ${share(kind.markedCaptions, kind.captions)}, `
    console.log(`  ${name.padEnd(26)} ${errors}"text not checked" ${share(kind.uncheckedCaptions, kind.captions)}`)
  }
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(0)
  console.log(`  time                       ${seconds} s in all, ${(checkMs / all.captions).toFixed(2)} ms a check`)
}

for (const seed of options.set === undefined ? [1, 2] : [Number(options.set)]) await measure(seed)
await reader.close()
