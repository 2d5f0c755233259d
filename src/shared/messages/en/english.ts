import { batchMessages } from './batch.ts'
import { captionMessages } from './caption.ts'
import { captureMessages } from './capture.ts'
import { cliMessages } from './cli.ts'
import { commandMessages } from './commands.ts'
import { doctorMessages } from './doctor.ts'
import { errorMessages } from './errors.ts'
import { logMessages } from './log.ts'
import { partMessages } from './parts.ts'
import { pictureMessages } from './pictures.ts'
import { privacyMessages } from './privacy.ts'
import { providerMessages } from './providers.ts'
import { settingsMessages } from './settings.ts'
import { shellMessages } from './shell.ts'
import { speechMessages } from './speech.ts'
import { terminalMessages } from './terminal.ts'
import { windowMessages } from './window.ts'

/** The English catalog: the source of every other language. A key begins with the name of its file. */
export const english = {
  ...batchMessages,
  ...captionMessages,
  ...captureMessages,
  ...cliMessages,
  ...commandMessages,
  ...doctorMessages,
  ...errorMessages,
  ...logMessages,
  ...partMessages,
  ...pictureMessages,
  ...privacyMessages,
  ...providerMessages,
  ...settingsMessages,
  ...shellMessages,
  ...speechMessages,
  ...terminalMessages,
  ...windowMessages
}
