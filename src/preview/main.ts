import { fileURLToPath } from 'node:url'
import { startPreview } from './preview.ts'
import { AlreadyRunning } from '#app/control-socket.ts'
import { asDescryError } from '#shared/errors.ts'

/** Opens the preview and ends with its window. Exit code 1 with one sentence when it cannot be opened. */
async function main(): Promise<void> {
  try {
    const preview = await startPreview({ distDir: fileURLToPath(new URL('../../dist', import.meta.url)) })
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void preview.close())
    await preview.closed
  } catch (error) {
    process.exitCode = 1
    if (error instanceof AlreadyRunning) console.error(error.message)
    else {
      const { message, next, cause } = asDescryError(error)
      console.error(`${message} ${next}`)
      if (cause) console.error(cause)
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main()
