// Stands in for osascript: runs the script that Descry passes it, with stand-ins for VoiceOver and the parts of macOS it uses.
// VoiceOver "runs" while the file in the first argument exists, and refuses everything with the error number in it, if any. What
// it receives goes to the file in the second argument, one JSON object per line.
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { runInNewContext } from 'node:vm'

const [, , runs, journal, script, task] = process.argv
const note = (entry) => appendFileSync(journal, `${JSON.stringify(entry)}\n`)
const allowed = () => {
  const errorNumber = Number(readFileSync(runs, 'utf8'))
  if (errorNumber !== 0) throw Object.assign(new Error('An error occurred.'), { errorNumber })
}
let isHeld = false

const VoiceOver = {
  running: () => existsSync(runs),
  lastPhrase: {
    content() {
      allowed()
      return 'Finder'
    }
  },
  output(text) {
    allowed()
    note(text === '' ? { stop: true } : { text })
    isHeld = text.includes('(hold)')
  }
}
const $ = {
  NSUTF8StringEncoding: 4,
  NSFileHandle: {
    fileHandleWithStandardInput: {
      get readDataToEndOfFile() {
        return readFileSync(0)
      }
    }
  },
  NSString: { alloc: { initWithDataEncoding: (bytes) => ({ js: bytes.toString('utf8') }) } }
}
const Application = (name) => (name === 'VoiceOver' ? VoiceOver : undefined)

const answer = runInNewContext(`${script}; run(args)`, { ObjC: { import() {} }, $, Application, args: [task] })
if (isHeld) setInterval(() => undefined, 1000)
else process.stdout.write(`${answer}\n`)
