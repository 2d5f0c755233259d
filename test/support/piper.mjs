// Stands in for Piper: --model FILE --output-raw --length-scale N, a line of text on stdin, 16-bit samples out. espeak-ng speaks,
// in the language with which the model's name begins. Arguments and text go to the file in PIPER_LOG.
import { execFileSync } from 'node:child_process'
import { appendFileSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: { model: { type: 'string' }, 'output-raw': { type: 'boolean' }, 'length-scale': { type: 'string' } }
})
readFileSync(`${values.model}.json`)
if (!values['output-raw']) process.exit(2)
appendFileSync(process.env.PIPER_LOG, `start ${basename(values.model)} ${values['length-scale']}\n`)
const text = readFileSync(0, 'utf8')
if (text === '') process.exit(0)
appendFileSync(process.env.PIPER_LOG, `text ${text}`)
const voice = basename(values.model).slice(0, 2)
const rate = String(Math.round(175 / Number(values['length-scale'])))
const wav = execFileSync('espeak-ng', ['--stdin', '--stdout', '-v', voice, '-s', rate], { input: text })
process.stdout.write(wav.subarray(44))
