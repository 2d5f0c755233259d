import { fileURLToPath } from 'node:url'
import { startPreview } from './preview.ts'
import { places } from '#adapters/places.ts'
import { AlreadyRunning, sendCommand } from '#app/control-socket.ts'
import { commandEntry, commandIds, isReachable, type CommandId } from '#shared/commands.ts'
import { asDescryError, type Failure } from '#shared/errors.ts'

const distDir = fileURLToPath(new URL('../../dist', import.meta.url))

/** The command that the preview was started with (`npm start -- screen`), if it needs no more words. */
function commandNamed(word: string | undefined): CommandId | null {
  const id = commandIds.find((known) => known === word)
  return id && isReachable(id, 'cli') && commandEntry(id).input.safeParse({}).success ? id : null
}

/** Opens the preview and ends with its window; a command goes to the Descry that runs already, if one does. */
async function main(command: CommandId | null): Promise<void> {
  const starting = startPreview({ distDir })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    // A start that failed is told of below.
    process.once(signal, () => {
      starting.then((preview) => preview.close()).catch(() => undefined)
    })
  }
  const preview = await starting
  if (command) void preview.app.run(command, {}, 'cli')
  await preview.closed
}

async function handOver(command: CommandId): Promise<void> {
  const { socketPath, tokenFile } = places(process.env)
  const reply = await sendCommand({ path: socketPath, tokenFile }, command, {})
  if (reply?.ok === false) fail(reply.error)
}

function fail({ message, next }: Pick<Failure, 'message' | 'next'>): void {
  process.exitCode = 1
  console.error(`${message} ${next}`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const command = commandNamed(process.argv[2])
  try {
    await main(command)
  } catch (error) {
    if (!(error instanceof AlreadyRunning)) fail(asDescryError(error))
    else if (command) await handOver(command)
    else fail({ message: error.message, next: 'Its window is open, or descry quit ends it.' })
  }
}
