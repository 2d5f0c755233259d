import type { CommandId } from '#shared/commands.ts'

/** Commands that bring a picture, which can be described here when no Descry runs. */
const pictureCommands = ['screen', 'window', 'region', 'object', 'text', 'clipboard'] as const
export type PictureCommand = (typeof pictureCommands)[number]

export function isPictureCommand(id: CommandId): id is PictureCommand {
  return pictureCommands.some((one) => one === id)
}
