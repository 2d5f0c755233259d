// Stands in for the Windows speech helper, without speaking. What it would have said goes to the file in its argument, one JSON
// object per line.
import { appendFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

let running = null
const tell = (line) => process.stdout.write(`${line}\r\n`)
const end = (event) => {
  if (running === null) return
  clearTimeout(running.timer)
  const { id } = running
  running = null
  tell(`${event} ${id}`)
}

createInterface({ input: process.stdin })
  .on('line', (line) => {
    if (line === 'STOP') return end('STOPPED')
    if (line === 'LIST') {
      for (const name of ['Microsoft Zira Desktop', 'Microsoft Hedda Desktop'])
        tell(`VOICE ${btoa(name)} ${name.includes('Hedda') ? 'de-DE' : 'en-US'}`)
      tell('LISTED')
      return undefined
    }
    const [command, id, rate, volume, pitch, language, voice, text] = line.split(' ')
    if (command !== 'SPEAK') return undefined
    appendFileSync(
      process.argv[2],
      `${JSON.stringify({ rate, volume, pitch, language, voice: voice === '-' ? null : atob(voice), text: atobUtf8(text) })}\n`
    )
    tell(`BEGAN ${id}`)
    if (pitch === '0') for (const { index } of atobUtf8(text).matchAll(/\S+/gu)) tell(`MARK ${id} ${index}`)
    running = { id, timer: setTimeout(() => end('ENDED'), 400) }
    return undefined
  })
  .on('close', () => process.exit(0))

function atobUtf8(text) {
  return Buffer.from(text, 'base64').toString('utf8')
}
