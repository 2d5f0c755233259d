// Stands in for the JAWS helper, without JAWS. JAWS "runs" while the file in the first argument exists; what it would have
// received goes to the file in the second argument, one JSON object per line.
import { appendFileSync, existsSync } from 'node:fs'
import { createInterface } from 'node:readline'

const [, , runs, journal] = process.argv
const textOf = (part) => Buffer.from(part, 'base64').toString('utf8')
const note = (entry) => appendFileSync(journal, `${JSON.stringify(entry)}\n`)

createInterface({ input: process.stdin })
  .on('line', (line) => {
    const [command, id, text = '', braille = ''] = line.split(' ')
    const isRunning = existsSync(runs)
    if (isRunning && command === 'SPEAK') {
      note({ text: textOf(text), braille: textOf(braille) })
      if (textOf(text).includes('(hold)')) return
    }
    if (isRunning && command === 'STOP') note({ stop: true })
    process.stdout.write(`${isRunning ? 'DONE' : 'GONE'} ${id}\r\n`)
  })
  .on('close', () => process.exit(0))
