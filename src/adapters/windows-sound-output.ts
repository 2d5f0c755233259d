import { spawn, type ChildProcess } from 'node:child_process'
import type { SoundOutput } from './sound-output.ts'
import { encodedPowerShell } from './voices/powershell.ts'

const closeLimitMs = 2000

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
  let helper: ChildProcess | null = null

  function helperInUse(): ChildProcess {
    if (helper !== null) return helper
    const started = startHelper(env)
    helper = started
    const forget = (): void => {
      if (helper === started) helper = null
    }
    started.once('error', forget)
    started.once('exit', forget)
    // A helper that died is started again by the next sound.
    started.stdin?.on('error', () => undefined)
    return started
  }

  return {
    play(wav) {
      helperInUse().stdin?.write(`${wav.toString('base64')}\n`)
      // The next line silences it; nobody has to wait.
      return Promise.resolve()
    },

    close() {
      const closing = helper
      if (closing === null) return Promise.resolve()
      return new Promise((resolve) => {
        const kill = setTimeout(() => closing.kill('SIGKILL'), closeLimitMs)
        const onGone = (): void => {
          clearTimeout(kill)
          resolve()
        }
        closing.once('error', onGone)
        closing.once('exit', onGone)
        closing.stdin?.end()
      })
    }
  }
}

function startPowerShell(env: NodeJS.ProcessEnv): ChildProcess {
  return spawn('powershell.exe', encodedPowerShell(windowsSoundScript), {
    env,
    stdio: ['pipe', 'ignore', 'ignore'],
    windowsHide: true
  })
}
