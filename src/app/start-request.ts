import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { commandEntry, commandIds, isReachable, type CommandId } from '#shared/commands.ts'

/** What the command line that started the program asks for: a command, files to open, or neither. */
export interface StartRequest {
  command: CommandId | null
  /** Absolute paths; the files may not exist. */
  paths: string[]
}

/**
 * Reads the arguments after the program's name: a command that needs no input (`descry screen`), or else files, as file
 * managers pass them ("Open with Descry"). Everything else is ignored: arguments that begin with a dash belong to
 * Chromium, which may put its switches anywhere, and a web address becomes the name of a file that does not exist.
 *
 * @param directory The working directory at the start.
 * @param skipped How many arguments, not counting switches, come before the user's.
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
    // For AppImages, and file managers that pass only URLs.
    if (/^file:/iu.test(word)) return fileURLToPath(word)
  } catch {
    // It is on another computer: opening it reports a missing file.
  }
  return resolve(directory, word)
}

const handedOverSchema = z
  .object({ command: z.unknown().transform(commandNamed), paths: z.array(z.string()).catch([]) })
  .catch({ command: null, paths: [] })

/** Checks a request that a second start of the program passed on. */
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
