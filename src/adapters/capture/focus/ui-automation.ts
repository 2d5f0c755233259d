import { spawn, type ChildProcess } from 'node:child_process'
import type { Socket } from 'node:net'
import { z } from 'zod'
import { areaSchema } from '#shared/caption.ts'
import type { FocusedObject, FocusFinder } from '#core/ports/capture.ts'
import { createLineHelper } from '../../line-helper.ts'
import { encodedPowerShell } from '../../voices/powershell.ts'
import { powerShell } from '../../windows-program.ts'
import { focusedObject } from './focused-object.ts'
import { findWithin } from './time-limit.ts'

/**
 * Answers each line with one of JSON: what UI Automation tells of the focused element, but never its value. Without
 * per-monitor awareness (-4) Windows would hand out scaled coordinates.
 */
const script = `
$declaration = '[DllImport("user32.dll")] public static extern bool SetProcessDpiAwarenessContext(IntPtr context);'
$dpi = Add-Type -PassThru -Name Dpi -Namespace Descry -MemberDefinition $declaration
try { [void]$dpi::SetProcessDpiAwarenessContext([IntPtr]-4) } catch { }
Add-Type -AssemblyName UIAutomationClient, UIAutomationTypes
[Console]::OutputEncoding = New-Object System.Text.UTF8Encoding $false
while ($null -ne ($id = [Console]::In.ReadLine())) {
  $answer = @{ id = $id }
  try {
    $element = [System.Windows.Automation.AutomationElement]::FocusedElement.Current
    $place = $element.BoundingRectangle
    $answer.place = @{ x = $place.X; y = $place.Y; width = $place.Width; height = $place.Height }
    $answer.role = $element.ControlType.ProgrammaticName
    $answer.name = $element.Name
    $answer.isPassword = $element.IsPassword
  } catch { $answer = @{ id = $id } }
  [Console]::Out.WriteLine((ConvertTo-Json $answer -Compress))
}
`

const answerSchema = z.object({
  id: z.string(),
  place: areaSchema,
  role: z.string(),
  name: z.string().nullable(),
  isPassword: z.boolean()
})

/**
 * Windows: the focused element by UI Automation, asked by one PowerShell that stays. Starting it takes longer than half a
 * second, so the first question is mostly answered with null.
 *
 * @param startHelper stdin and stdout are pipes; tests hand in a program that speaks the same lines.
 */
export function createUiAutomationFocusFinder(startHelper: () => ChildProcess = startPowerShell): FocusFinder {
  const waiting = new Map<string, (line: string) => void>()
  const helper = createLineHelper(
    startHelper,
    (line) => waiting.get(idIn(line))?.(line),
    () => {
      for (const answer of waiting.values()) answer('')
    }
  )
  let questions = 0
  return {
    async find() {
      questions += 1
      const id = String(questions)
      try {
        return await findWithin(async () => {
          const line = new Promise<string>((resolve) => waiting.set(id, resolve))
          helper.send(id)
          return parseUiAutomation(await line)
        })
      } finally {
        waiting.delete(id)
      }
    }
  }
}

function idIn(line: string): string {
  return /"id":"(\d+)"/u.exec(line)?.[1] ?? ''
}

/** Null for whatever is not a whole answer. */
export function parseUiAutomation(line: string): FocusedObject | null {
  try {
    const { place, role, name, isPassword } = answerSchema.parse(JSON.parse(line))
    return focusedObject(place, isPassword ? 'password field' : role.replace('ControlType.', ''), name)
  } catch {
    return null
  }
}

function startPowerShell(): ChildProcess {
  const child = spawn(powerShell(), encodedPowerShell(script), {
    stdio: ['pipe', 'pipe', 'ignore'],
    windowsHide: true
  })
  // It ends when its stdin does: neither it nor its pipes shall keep Descry running.
  child.unref()
  for (const pipe of [child.stdin, child.stdout]) (pipe as Socket | null)?.unref()
  return child
}
