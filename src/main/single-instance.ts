import { app } from 'electron'
import { commandEntry, commandIds, isReachable, type CommandId } from '#shared/commands.ts'

interface Handover {
  command: CommandId | null
}

/**
 * Makes this the only Descry of this user and home. Another start hands over what it was asked and ends; so
 * `descry screen` from the desktop's own shortcut settings works with the packaged app too.
 *
 * @returns false when another instance runs: then this one has to end.
 */
export function becomeOnlyInstance(command: CommandId | null, onOther: (command: CommandId | null) => void): boolean {
  const mine: Handover = { command }
  // Chromium reorders a second instance's arguments, so the command travels beside them.
  const isOnly = app.requestSingleInstanceLock(mine)
  if (isOnly) app.on('second-instance', (_event, _argv, _directory, data) => onOther(commandIn(data)))
  return isOnly
}

/**
 * The command this program was started with: the first word, if it names a command that needs nothing more. Switches of
 * Chromium may stand anywhere; from a checkout the first word is the project's folder.
 */
export function commandOf(argv: readonly string[], isPackaged: boolean): CommandId | null {
  const words = argv.slice(1).filter((argument) => !argument.startsWith('-'))
  return knownCommand(words[isPackaged ? 0 : 1])
}

function commandIn(data: unknown): CommandId | null {
  return typeof data === 'object' && data !== null && 'command' in data ? knownCommand(data.command) : null
}

function knownCommand(word: unknown): CommandId | null {
  const id = commandIds.find((known) => known === word)
  return id && isReachable(id, 'cli') && needsNothingMore(id) ? id : null
}

/** False for a command that cannot run without words from the user, such as a question. */
export function needsNothingMore(id: CommandId): boolean {
  return commandEntry(id).input.safeParse({}).success
}
