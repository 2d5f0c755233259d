import { z } from 'zod'
import type { FocusedObject, FocusFinder } from '#core/ports/capture.ts'
import { findTimeoutMs, focusedObject } from './focused-object.ts'
import { programText } from '../../programs/run-program.ts'
import { findWithin } from '../../programs/time-limit.ts'

/** JavaScript for osascript: what System Events says about the focused element, but never its value. */
const script = `
function run() {
  const program = Application('System Events').applicationProcesses.whose({ frontmost: true })[0]
  const element = program.attributes.byName('AXFocusedUIElement').value()
  const tell = (name) => { try { return element.attributes.byName(name).value() } catch { return null } }
  return JSON.stringify({
    position: element.position(),
    size: element.size(),
    role: element.role(),
    subrole: tell('AXSubrole'),
    title: tell('AXTitle'),
    description: tell('AXDescription')
  })
}
`

const pair = z.tuple([z.number(), z.number()])
const word = z.string().nullish()
const answerSchema = z.object({
  position: pair,
  size: pair,
  role: z.string(),
  subrole: word,
  title: word,
  description: word
})

/** macOS: the focused element, from the accessibility API; null until the user has allowed it (docs/contributing/focus-and-wayland.md). */
export function createAccessibilityApiFocusFinder(
  runScript: (signal: AbortSignal) => Promise<string> = runOsascript
): FocusFinder {
  return { find: () => findWithin(findTimeoutMs, async (signal) => parseAccessibilityApi(await runScript(signal))) }
}

/** Null for anything but a complete answer. */
export function parseAccessibilityApi(output: string): FocusedObject | null {
  try {
    const { position, size, role, subrole, title, description } = answerSchema.parse(JSON.parse(output))
    const place = { x: position[0], y: position[1], width: size[0], height: size[1] }
    const word = subrole === 'AXSecureTextField' ? subrole : role
    return focusedObject(place, word.replace(/^AX/u, ''), title || description || null)
  } catch {
    return null
  }
}

function runOsascript(signal: AbortSignal): Promise<string> {
  return programText('/usr/bin/osascript', ['-l', 'JavaScript', '-e', script], { signal })
}
