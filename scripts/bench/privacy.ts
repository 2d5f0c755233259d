import { findPrivate } from '#core/privacy/private-areas.ts'
import type { ReadWord } from '#core/ports/pictures.ts'
import type { BenchRow } from './row.ts'

const runs = 200
const warmUps = 80

const letter =
  'Dear Ms Miller, thank you for your order 302-7721004-11 of 12.04.2024. It ships to Hauptstraße 12, 10115 Berlin. ' +
  'Your verification code is 482 913. Pay 49.90 EUR to DE43 3733 7670 3673 6373 00 or by card 4539 3416 7211 0681. ' +
  'Call +49 30 1234567 or write to help@example.com. '

/** A page of text in lines of about 80 characters, with a place for each word; in two columns if wished. */
function page(characters: number, columns: number): { text: string; words: ReadWord[] } {
  const words: ReadWord[] = []
  const lines: string[] = []
  let line: string[] = []
  const source = letter
    .repeat(Math.ceil(characters / letter.length))
    .slice(0, characters)
    .split(' ')
  for (const text of source) {
    const column = lines.length % columns
    const before = line.join(' ').length
    const y = Math.floor(lines.length / columns) * 30
    const box = { x: column * 1200 + before * 12, y, width: text.length * 12, height: 20 }
    words.push({ text, confidence: 90, box })
    line.push(text)
    if (line.join(' ').length > 80) {
      lines.push(line.join(' '))
      line = []
    }
  }
  return { text: [...lines, line.join(' ')].join('\n'), words }
}

/** Finding what is private on a page that was read. */
export function bench(): Promise<BenchRow[]> {
  const measure = (name: string, columns: number): BenchRow => {
    const read = page(2000, columns)
    for (let run = 0; run < warmUps; run += 1) findPrivate(read)
    // Processor time, since a busy computer interrupts whatever takes milliseconds.
    const before = process.cpuUsage()
    for (let run = 0; run < runs; run += 1) findPrivate(read)
    const { user, system } = process.cpuUsage(before)
    return {
      name,
      oursMs: (user + system) / 1000 / runs,
      naiveMs: null,
      note: `processor time, mean of ${runs}; goal 5 ms`
    }
  }
  return Promise.resolve([
    measure('private things on a page of 2,000 characters', 1),
    measure('the same in two columns', 2)
  ])
}
