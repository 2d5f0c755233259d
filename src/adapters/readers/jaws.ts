import type { ChildProcess } from 'node:child_process'
import type { ReaderOutput } from '#core/ports/speech.ts'
import { createLineHelper } from '../programs/line-helper.ts'
import { startPowerShell } from '../programs/windows-programs.ts'
import { lineFor, readerGone } from './reader-words.ts'

/**
 * The helper process that talks to JAWS through its COM object, as a PowerShell script. One line in: `CHECK id`,
 * `SPEAK id text braille` (both in base64) or `STOP id`. One line out: `DONE id`, or `GONE id` when JAWS is not running or
 * refused. It ends at once if JAWS is not installed, otherwise with its stdin.
 *
 * The only way to the braille display is to run a JAWS script function, whose argument is script source: the adapter
 * removes quotes and backslashes. The COM object exists even when JAWS is not running, so the script looks for its process
 * in this session.
 */
export const jawsScript = `
$jaws = New-Object -ComObject FreedomSci.JawsApi
$session = [Diagnostics.Process]::GetCurrentProcess().SessionId
function IsRunning {
  @([Diagnostics.Process]::GetProcessesByName('jfw') | Where-Object { $_.SessionId -eq $session }).Count -gt 0
}
function TextOf($part) { [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($part)) }
while ($null -ne ($line = [Console]::In.ReadLine())) {
  $command, $id, $text, $braille = $line.Split(' ')
  $isDone = $false
  try {
    if (IsRunning) {
      if ($command -eq 'CHECK') { $isDone = $true }
      elseif ($command -eq 'STOP') { $jaws.StopSpeech(); $isDone = $true }
      elseif ($command -eq 'SPEAK') {
        $isDone = [bool]$jaws.SayString((TextOf $text), $false)
        [void]$jaws.RunFunction('BrailleMessage("' + (TextOf $braille) + '")')
      }
    }
  } catch { }
  if ($isDone) { [Console]::Out.WriteLine("DONE $id") } else { [Console]::Out.WriteLine("GONE $id") }
}
`

/** The first answer waits for PowerShell to start. */
const answerTimeoutMs = 8000

/**
 * JAWS, through its COM object, in one helper process that keeps running. JAWS does not report when it has spoken.
 *
 * @param startHelper stdin and stdout are pipes; tests pass a helper that speaks the same lines.
 */
export function createJawsOutput(startHelper: () => ChildProcess = () => startPowerShell(jawsScript)): ReaderOutput {
  const waiting = new Map<string, (isDone: boolean) => void>()
  const helper = createLineHelper(startHelper, onLine, onGone)
  let lastId = 0
  /** Whether JAWS may be speaking text of ours that stop() must silence. */
  let mayBeSpeaking = false

  function onLine(line: string): void {
    const [answer, id = ''] = line.split(' ')
    waiting.get(id)?.(answer === 'DONE')
  }

  function onGone(): void {
    for (const settle of waiting.values()) settle(false)
  }

  function ask(command: string, ...parts: string[]): Promise<boolean> {
    lastId += 1
    const id = String(lastId)
    return new Promise((resolve) => {
      const limit = setTimeout(() => helper.kill(), answerTimeoutMs)
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

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64')
}

/** Text that is safe between the quotes of a string in a JAWS script. */
function scriptString(text: string): string {
  return text.replaceAll('"', "'").replaceAll('\\', '/')
}
