import { createAppCommands } from './app-commands.ts'
import { createCaptionCommands } from './caption-commands.ts'
import { createCaptureCommands } from './capture-commands.ts'
import type { CommandContext } from './command-context.ts'
import { createPictureCommands } from './picture-commands.ts'
import { createPrivacyCommands } from './privacy-commands.ts'
import { createRegionChoice } from './region-choice.ts'
import { createRepeatPress } from './repeat-press.ts'
import { createSpeechCommands } from './speech-commands.ts'
import type { CommandReply } from '../host.ts'
import type { BridgeHandlers } from '#shared/bridge.ts'
import { commandEntry, isReachable, type CommandHandlers, type CommandId, type Surface } from '#shared/commands.ts'
import { asDescryError, DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'

export interface Commands {
  /** Runs an entry of the command table after checking its surface and input. A failure is announced; never throws. */
  run: (command: CommandId, input: unknown, surface: Surface) => Promise<CommandReply>
  /** Handlers for what the window requests while a command is in progress there. */
  windowHandlers: Pick<BridgeHandlers, 'grid-key' | 'grid-picture' | 'commands-left'>
}

/** A handler for each entry of the command table. */
export function createCommands(context: CommandContext): Commands {
  const repeatPress = createRepeatPress(context)
  const regionChoice = createRegionChoice(context)
  const captures = createCaptureCommands({ ...context, repeatPress, regionChoice })
  const handlers: CommandHandlers = {
    ...captures.handlers,
    ...createPictureCommands({ ...context, repeatPress }),
    ...createCaptionCommands(context),
    ...createPrivacyCommands(context),
    ...createSpeechCommands(context),
    ...createAppCommands(context)
  }

  async function run(command: CommandId, input: unknown, surface: Surface): Promise<CommandReply> {
    try {
      if (!isReachable(command, surface)) throw new DescryError('no-permission')
      const parsed = commandEntry(command).input.safeParse(input)
      if (!parsed.success) throw new DescryError('internal', { message: t('errors.malformed-command') })
      const handler = handlers[command] as (input: unknown, surface: Surface) => Promise<unknown>
      return { ok: true, value: await handler(parsed.data, surface) }
    } catch (error) {
      const failure = asDescryError(error).toFailure()
      context.announcer.fail(failure)
      return { ok: false, error: failure }
    }
  }

  return {
    async run(command, input, surface) {
      const { dependencies, log } = context
      const startedAtMs = dependencies.clock.nowMs()
      const reply = await run(command, input, surface)
      const durationMs = Math.round(dependencies.clock.nowMs() - startedAtMs)
      log.write({ event: 'command', command, surface, code: reply.ok ? null : reply.error.code, durationMs })
      return reply
    },
    windowHandlers: { ...regionChoice.handlers, ...captures.windowHandlers }
  }
}
