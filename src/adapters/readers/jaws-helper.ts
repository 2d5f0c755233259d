/**
 * The helper process that talks to JAWS through its COM object, as a PowerShell script. One line in: `CHECK id`,
 * `SPEAK id text braille` (both in base64) or `STOP id`; one line out: `DONE id`, or `GONE id` when JAWS does not run or did
 * not take it. Without JAWS installed it ends at once; otherwise it ends with its stdin.
 *
 * JAWS has no call for the braille display but running a function of its scripts, whose argument is script source: the
 * adapter sends it without quotes and backslashes. The COM object exists while JAWS does not run, hence the look for its
 * process in this session.
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
