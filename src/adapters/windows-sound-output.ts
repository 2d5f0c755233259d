import { createLineHelper } from './programs/line-helper.ts'
import { startPowerShell } from './programs/windows-programs.ts'
import type { SoundOutput } from './sound-output.ts'

/** Enough for a helper that has just started to play its first sound. */
const endTimeoutMs = 2000

/**
 * Plays each line of stdin, a WAV file in base64. winmm reads the memory while it plays, so the sound is kept where no
 * garbage collector moves it; that is why this does not use .NET's SoundPlayer. Flags: asynchronous 1, no default sound 2,
 * from memory 4. https://learn.microsoft.com/en-us/previous-versions/dd743680(v=vs.85)
 * When stdin ends, the last sound still plays to its end.
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
 * One helper process that keeps running, started by the first sound, because PowerShell takes about a second to start.
 *
 * @param startHelper stdin is a pipe; tests pass a helper that reads the same lines.
 */
export function createWindowsSoundOutput(
  env: NodeJS.ProcessEnv,
  startHelper = () => startPowerShell(windowsSoundScript, env)
): SoundOutput {
  const ignore = (): void => undefined
  const helper = createLineHelper(startHelper, ignore, ignore, endTimeoutMs)
  return {
    play(wav) {
      helper.send(wav.toString('base64'))
      // The next sound cuts this one short, so nobody has to wait.
      return Promise.resolve()
    },
    close: () => helper.close()
  }
}
