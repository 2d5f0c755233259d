import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { commandEntry, commandIds, isReachable, type CommandId } from '#shared/commands.ts'

/** What a start of the program asks for: a command, or files to open, or neither. */
export interface StartRequest {
  command: CommandId | null
  /** Absolute; of files that may not be there. */
  paths: string[]
}

/**
 * Reads what stands after the program's name: a command that needs nothing more (`descry screen`), or else files, as file
 * managers hand them over ("Open with Descry"). Nothing else is obeyed: what begins with a dash is left to Chromium, which
 * may put its switches anywhere, and an address of the web becomes the name of a file that is not there.
 *
 * @param directory in which the program was started.
 * @param skipped how many words, switches not counted, come before the user's.
 */
export function startRequest(words: readonly string[], directory: string, skipped = 0): StartRequest {
  const asked = words.filter((word) => word !== '' && !word.startsWith('-')).slice(skipped)
  const command = commandNamed(asked[0])
  if (command !== null && command !== 'open') return { command, paths: [] }
  const files = command === 'open' ? asked.slice(1) : asked
  return files.length > 0
    ? { command: null, paths: files.map((word) => pathOf(word, directory)) }
    : { command, paths: [] }
}

function pathOf(word: string, directory: string): string {
  try {
    // AppImages, and file managers that hand over addresses only.
    if (/^file:/iu.test(word)) return fileURLToPath(word)
  } catch {
    // On another computer: opening it says that it is not there.
  }
  return resolve(directory, word)
}

const handedOverSchema = z
  .object({ command: z.unknown().transform(commandNamed), paths: z.array(z.string()).catch([]) })
  .catch({ command: null, paths: [] })

/** The request that another start handed over, as it came from outside. */
export function startRequestIn(data: unknown): StartRequest {
  return handedOverSchema.parse(data)
}

function commandNamed(word: unknown): CommandId | null {
  const id = commandIds.find((known) => known === word)
  return id && isReachable(id, 'cli') && needsNothingMore(id) ? id : null
}

/** False for a command that cannot run without words from the user, such as a question. */
export function needsNothingMore(id: CommandId): boolean {
  return commandEntry(id).input.safeParse({}).success
}
