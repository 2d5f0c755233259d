import type { ChildProcess } from 'node:child_process'
import type { Socket } from 'node:net'
import { z } from 'zod'
import { areaSchema } from '#shared/caption.ts'
import type { FocusedObject, FocusFinder } from '#core/ports/capture.ts'
import { createLineHelper } from '../../programs/line-helper.ts'
import { findWithin } from '../../programs/time-limit.ts'
import { startPowerShell } from '../../programs/windows-programs.ts'
import { findTimeoutMs, focusedObject } from './focused-object.ts'

/**
 * Answers each line with a line of JSON: what UI Automation says about the focused element, but never its value. Without
 * per-monitor awareness (-4) Windows would report scaled coordinates.
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
 * Windows: the focused element, from UI Automation through one PowerShell that keeps running. Starting it takes more than
 * half a second, so the first answer is usually null.
 *
 * @param startHelper stdin and stdout are pipes; tests pass a program that speaks the same lines.
 */
export function createUiAutomationFocusFinder(startHelper: () => ChildProcess = startDetachedHelper): FocusFinder {
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
        return await findWithin(findTimeoutMs, async () => {
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

/** Null for anything but a complete answer. */
export function parseUiAutomation(line: string): FocusedObject | null {
  try {
    const { place, role, name, isPassword } = answerSchema.parse(JSON.parse(line))
    return focusedObject(place, isPassword ? 'password field' : role.replace('ControlType.', ''), name)
  } catch {
    return null
  }
}

function startDetachedHelper(): ChildProcess {
  const child = startPowerShell(script)
  // It ends when its stdin does, so neither it nor its pipes need to keep Descry running.
  child.unref()
  for (const pipe of [child.stdin, child.stdout]) (pipe as Socket | null)?.unref()
  return child
}
