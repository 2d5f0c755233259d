// Stands in for the PowerShell that reads the clipboard of Windows. The clipboard is the file in the argument: names of Windows
// and contents in base64.
import { readFileSync, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

const [, , file] = process.argv
const decode = (text) => Buffer.from(text, 'base64').toString()
createInterface({ input: process.stdin }).on('line', (line) => {
  const [id, what, argument = ''] = line.split(' ')
  const content = JSON.parse(readFileSync(file, 'utf8'))
  let answer = '-'
  if (what === 'FORMATS') answer = Buffer.from(Object.keys(content).join('\t')).toString('base64') || '-'
  if (what === 'BYTES') answer = content[decode(argument)] ?? '-'
  if (what === 'WRITE') writeFileSync(file, JSON.stringify({ 'text/plain': argument }))
  if (decode(argument) === 'HANG') return
  process.stdout.write(`${id} ${answer}\r\n`)
})
