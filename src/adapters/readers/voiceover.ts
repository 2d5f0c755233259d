import { spawn, type ChildProcess } from 'node:child_process'
import type { ReaderOutput } from '#core/ports/speech.ts'
import { DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import { lineFor, readerGone } from './reader-words.ts'
import { voiceOverScript } from './voiceover-script.ts'

/** macOS asks the user, once, whether Descry may control VoiceOver: that long a call can take. */
const answerLimitMs = 30_000
/** A question that nobody answered is no reason to wait before each caption. */
const checkLimitMs = 2000

const answers = ['done', 'gone', 'forbidden', 'denied'] as const
type Answer = (typeof answers)[number]

/**
 * VoiceOver, by AppleScript, for speech and braille. It has to be allowed in VoiceOver Utility, and macOS itself asks once.
 * It does not tell when it has spoken.
 *
 * @param startScript Runs the script with one argument, `check`, `speak` or `stop`; stdin holds the text.
 */
export function createVoiceOverOutput(startScript: (task: string) => ChildProcess = startOsascript): ReaderOutput {
  const running = new Map<ChildProcess, Promise<Answer>>()
  /** Whether there is something of ours to silence. */
  let mayBeSpeaking = false
  let isClosed = false

  function ask(task: string, text: string, limitMs = answerLimitMs): Promise<Answer> {
    if (isClosed) return Promise.resolve('gone')
    const script = startScript(task)
    const asked = new Promise<Answer>((resolve) => {
      let answer = ''
      const limit = setTimeout(() => script.kill('SIGKILL'), limitMs)
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

    check: async () => (await ask('check', '', checkLimitMs)) === 'done',

    /** Also rejects with no-permission, which says where to allow it. */
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
  return spawn('/usr/bin/osascript', ['-l', 'JavaScript', '-e', voiceOverScript, task], {
    stdio: ['pipe', 'pipe', 'ignore']
  })
}
