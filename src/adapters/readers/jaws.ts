import { spawn, type ChildProcess } from 'node:child_process'
import type { ReaderOutput } from '#core/ports/speech.ts'
import { createLineHelper } from '../line-helper.ts'
import { encodedPowerShell } from '../voices/powershell.ts'
import { powerShell } from '../windows-program.ts'
import { jawsScript } from './jaws-helper.ts'
import { lineFor, readerGone } from './reader-words.ts'

/** The first answer waits for PowerShell to start. */
const answerLimitMs = 8000

/**
 * JAWS, through its COM object in one helper process that stays. It does not tell when it has spoken.
 *
 * @param startHelper stdin and stdout are pipes; tests hand in a helper that speaks the same lines.
 */
export function createJawsOutput(startHelper: () => ChildProcess = startPowerShell): ReaderOutput {
  const waiting = new Map<string, (isDone: boolean) => void>()
  const helper = createLineHelper(startHelper, onLine, onGone)
  let lastId = 0
  /** Whether there is something of ours to silence. */
  let mayBeSpeaking = false

  function onLine(line: string): void {
    const [answer, id = ''] = line.split(' ')
    waiting.get(id)?.(answer === 'DONE')
  }

  function onGone(): void {
    for (const settle of waiting.values()) settle(false)
  }

  /** Whether JAWS did it. */
  function ask(command: string, ...parts: string[]): Promise<boolean> {
    lastId += 1
    const id = String(lastId)
    return new Promise((resolve) => {
      const limit = setTimeout(() => helper.kill(), answerLimitMs)
      waiting.set(id, (isDone) => {
        clearTimeout(limit)
        waiting.delete(id)
        resolve(isDone)
      })
      helper.send([command, id, ...parts].join(' '))
    })
  }

  return {
    readerName: 'JAWS',

    check: () => ask('CHECK'),

    async speak(text) {
      mayBeSpeaking = true
      const line = lineFor(text)
      if (!(await ask('SPEAK', base64(line), base64(scriptString(line))))) throw readerGone('JAWS')
      return 'handed-over'
    },

    stop() {
      if (!mayBeSpeaking) return
      mayBeSpeaking = false
      void ask('STOP')
    },

    close: () => helper.close()
  }
}

function startPowerShell(): ChildProcess {
  return spawn(powerShell(), encodedPowerShell(jawsScript), {
    stdio: ['pipe', 'pipe', 'ignore'],
    windowsHide: true
  })
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64')
}

/** Text that can stand between the quotes of a string in a JAWS script. */
function scriptString(text: string): string {
  return text.replaceAll('"', "'").replaceAll('\\', '/')
}
