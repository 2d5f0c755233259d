import { fileURLToPath } from 'node:url'
import { noBrowserExitCode } from './chromium.ts'
import { NoBrowser, startPreview } from './preview.ts'
import { paths } from '#adapters/paths.ts'
import { removeLeftovers } from '#adapters/programs/temporary-folder.ts'
import { AlreadyRunning, sendCommand } from '#app/control-socket.ts'
import { startRequest, type StartRequest } from '#app/start-request.ts'
import type { CommandId } from '#shared/commands.ts'
import { asDescryError, type Failure } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'

const distDir = fileURLToPath(new URL('../../dist', import.meta.url))

/** What the preview was started with (`npm start -- screen`), as commands. */
function commandsOf({ command, paths }: StartRequest): [CommandId, unknown][] {
  return command ? [[command, {}]] : paths.map((path) => ['open', { path }])
}

/** Opens the preview and ends with its window. */
async function main(request: StartRequest): Promise<void> {
  void removeLeftovers()
  const starting = startPreview({ distDir })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    // A failed start is reported below.
    process.once(signal, () => {
      starting.then((preview) => preview.close()).catch(() => undefined)
    })
  }
  const preview = await starting
  for (const [command, input] of commandsOf(request)) await preview.app.run(command, input, 'cli')
  await preview.closed
}

/** Hands the request to the Descry that runs already. */
async function handOver(request: StartRequest): Promise<void> {
  const { socketPath, tokenFile } = paths(process.env)
  for (const [command, input] of commandsOf(request)) {
    const reply = await sendCommand({ path: socketPath, tokenFile }, command, input)
    if (reply?.ok === false) fail(reply.error)
  }
}

function fail({ message, next }: Pick<Failure, 'message' | 'next'>, exitCode = 1): void {
  process.exitCode = exitCode
  console.error(`${message} ${next}`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const request = startRequest(process.argv.slice(2), process.cwd())
  try {
    await main(request)
  } catch (error) {
    if (!(error instanceof AlreadyRunning))
      fail(asDescryError(error), error instanceof NoBrowser ? noBrowserExitCode : 1)
    else if (commandsOf(request).length > 0) await handOver(request)
    else fail({ message: error.message, next: t('shell.already-running.next') })
  }
}
