import type { ChildProcess } from 'node:child_process'
import type { ReaderOutput } from '#core/ports/speech.ts'
import { DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import { startProgram } from '../programs/start-program.ts'
import { lineFor, readerGone } from './reader-words.ts'

/**
 * What osascript runs to reach VoiceOver, in JavaScript for Automation. The task is its argument and the text comes from
 * stdin, so neither becomes part of the script, and no text is on a command line. It prints `done`; `gone` when VoiceOver is
 * not running (checked first, because a message would start it); `denied` when macOS blocks Apple events (-1743); or
 * `forbidden` when AppleScript is turned off in VoiceOver.
 *
 * `check` reads the last phrase, which needs the same permissions as speaking.
 */
export const voiceOverScript = `
ObjC.import('Foundation')
function run(args) {
  const reader = Application('VoiceOver')
  if (!reader.running()) return 'gone'
  const bytes = $.NSFileHandle.fileHandleWithStandardInput.readDataToEndOfFile
  const text = $.NSString.alloc.initWithDataEncoding(bytes, $.NSUTF8StringEncoding).js
  try {
    if (args[0] === 'check') reader.lastPhrase.content()
    if (args[0] === 'speak') reader.output(text)
    if (args[0] === 'stop') reader.output('')
    return 'done'
  } catch (error) {
    if (error.errorNumber === -1743) return 'denied'
    return reader.running() ? 'forbidden' : 'gone'
  }
}
`

/** A call can take this long, because macOS asks the user once whether Descry may control VoiceOver. */
const answerTimeoutMs = 30_000
/** If nobody answers that question, captions must not wait for it. */
const checkTimeoutMs = 2000

const answers = ['done', 'gone', 'forbidden', 'denied'] as const
type Answer = (typeof answers)[number]

/**
 * VoiceOver, through AppleScript, for speech and braille. The user has to allow it in VoiceOver Utility, and macOS asks once.
 * VoiceOver does not report when it has spoken.
 *
 * @param startScript Runs the script with one argument, `check`, `speak` or `stop`; stdin holds the text.
 */
export function createVoiceOverOutput(startScript: (task: string) => ChildProcess = startOsascript): ReaderOutput {
  const running = new Map<ChildProcess, Promise<Answer>>()
  /** Whether VoiceOver may be speaking text of ours that stop() must silence. */
  let mayBeSpeaking = false
  let isClosed = false

  function ask(task: string, text: string, timeoutMs = answerTimeoutMs): Promise<Answer> {
    if (isClosed) return Promise.resolve('gone')
    const script = startScript(task)
    const asked = new Promise<Answer>((resolve) => {
      let answer = ''
      const limit = setTimeout(() => script.kill('SIGKILL'), timeoutMs)
      script.stdout?.setEncoding('utf8').on('data', (chunk: string) => (answer = (answer + chunk).slice(0, 100)))
      const settle = (): void => {
        clearTimeout(limit)
        running.delete(script)
        resolve(answers.find((word) => word === answer.trim()) ?? 'gone')
      }
      script.once('close', settle)
      script.once('error', settle)
      script.stdin?.on('error', () => undefined)
      script.stdin?.end(text)
    })
    running.set(script, asked)
    return asked
  }

  return {
    readerName: 'VoiceOver',

    check: async () => (await ask('check', '', checkTimeoutMs)) === 'done',

    /** Also rejects with no-permission; `next` says where to allow it. */
    async speak(text) {
      mayBeSpeaking = true
      const answer = await ask('speak', lineFor(text))
      if (answer === 'gone') throw readerGone('VoiceOver')
      if (answer !== 'done') {
        throw new DescryError('no-permission', {
          message: t('speech.voiceover-refuses'),
          next: t(`speech.voiceover-refuses.next-${answer}`)
        })
      }
      return 'handed-over'
    },

    stop() {
      if (!mayBeSpeaking) return
      mayBeSpeaking = false
      void ask('stop', '')
    },

    async close() {
      isClosed = true
      for (const script of running.keys()) script.kill('SIGKILL')
      await Promise.all(running.values())
    }
  }
}

function startOsascript(task: string): ChildProcess {
  return startProgram('/usr/bin/osascript', ['-l', 'JavaScript', '-e', voiceOverScript, task], {
    stdio: ['pipe', 'pipe', 'ignore']
  })
}
