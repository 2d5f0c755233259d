import type { Captioning } from '../captions/captioning.ts'
import type { Dependencies } from '../dependencies.ts'
import type { Host } from '../host.ts'
import type { Intake } from '../intake/intake.ts'
import type { Items } from '../items.ts'
import type { Opening } from '../opening.ts'
import type { Preferences } from '../preferences.ts'
import type { AppStatus } from '../status.ts'
import type { Log } from '#core/log/log.ts'
import type { Announcer } from '#core/speaking/announcer.ts'
import type { SpeechQueue } from '#core/speaking/speech-queue.ts'
import type { CommandHandlers, CommandId } from '#shared/commands.ts'

/** The parts of the app that commands work on. */
export interface CommandContext {
  dependencies: Pick<
    Dependencies,
    'clipboard' | 'clock' | 'codes' | 'decoder' | 'reader' | 'screen' | 'sent' | 'spending'
  >
  host: Host
  items: Items
  captioning: Captioning
  opening: Opening
  intake: Pick<Intake, 'takeWaiting' | 'cancelPending' | 'pauseFor' | 'resume' | 'status'>
  announcer: Announcer
  queue: Pick<SpeechQueue, 'reading' | 'say'>
  preferences: Preferences
  status: Pick<AppStatus, 'current' | 'changed'>
  log: Log
}

/** The handlers of some commands. */
export type HandlersOf<Id extends CommandId> = Pick<CommandHandlers, Id>
