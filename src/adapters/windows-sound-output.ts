import { spawn, type ChildProcess } from 'node:child_process'
import { createLineHelper } from './line-helper.ts'
import type { SoundOutput } from './sound-output.ts'
import { encodedPowerShell } from './voices/powershell.ts'
import { powerShell } from './windows-program.ts'

/** Enough for a helper that was just started to play what it was given. */
const endLimitMs = 2000

/**
 * Plays each line of stdin, a WAV file in base64. winmm goes on reading the memory while it plays, so it lies where no
 * garbage collector moves it; that is why this is not .NET's SoundPlayer. Flags: asynchronous 1, no default sound 2, from
 * memory 4. https://learn.microsoft.com/en-us/previous-versions/dd743680(v=vs.85)
 * When stdin ends, the last sound is let end too.
 */
export const windowsSoundScript = `
Add-Type -Namespace Descry -Name Sound -MemberDefinition @'
[DllImport("winmm.dll")] public static extern bool PlaySound(IntPtr sound, IntPtr module, uint flags);
'@
$zero = [IntPtr]::Zero
$memory = $zero
while ($null -ne ($line = [Console]::In.ReadLine())) {
  $wav = [Convert]::FromBase64String($line)
  [void][Descry.Sound]::PlaySound($zero, $zero, 0)
  [Runtime.InteropServices.Marshal]::FreeHGlobal($memory)
  $memory = [Runtime.InteropServices.Marshal]::AllocHGlobal($wav.Length)
  [Runtime.InteropServices.Marshal]::Copy($wav, 0, $memory, $wav.Length)
  [void][Descry.Sound]::PlaySound($memory, $zero, 7)
}
Start-Sleep -Milliseconds 400
`

/**
 * One helper process that stays, started by the first sound: PowerShell needs about a second to start.
 *
 * @param startHelper stdin is a pipe; tests hand in a helper that reads the same lines.
 */
export function createWindowsSoundOutput(env: NodeJS.ProcessEnv, startHelper = startPowerShell): SoundOutput {
  const ignore = (): void => undefined
  const helper = createLineHelper(() => startHelper(env), ignore, ignore, endLimitMs)
  return {
    play(wav) {
      helper.send(wav.toString('base64'))
      // The next line silences it; nobody has to wait.
      return Promise.resolve()
    },
    close: () => helper.close()
  }
}

function startPowerShell(env: NodeJS.ProcessEnv): ChildProcess {
  return spawn(powerShell(), encodedPowerShell(windowsSoundScript), {
    env,
    stdio: ['pipe', 'ignore', 'ignore'],
    windowsHide: true
  })
}
