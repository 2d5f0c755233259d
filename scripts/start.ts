/**
 * `npm start`: builds Descry and opens it in Electron, or in the preview if Electron cannot be downloaded. Arguments
 * (`npm start -- screen`), exit code and signals are passed on.
 */
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'
import { buildAll } from './build.ts'
import { fetchElectronRuntime, findElectronRuntime } from './electron-runtime.ts'
import { findChromium, isRoot } from '#preview/chromium.ts'
import { asDescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Everything the decision depends on, so that it can be tested without any of it. */
export interface StartEnvironment {
  platform: NodeJS.Platform
  env: NodeJS.ProcessEnv
  isRoot: boolean
  /** One sentence to the user, on stderr. */
  tell(sentence: string): void
  build(): Promise<void>
  findElectron(): string | null
  fetchElectron(): Promise<boolean>
  /** Rejects with a DescryError that says what to install. */
  findChromium(): Promise<string>
  /** Runs a program to its end in the project's folder; its exit code. */
  run(command: string, args: string[]): Promise<number>
}

/** @returns the exit code. */
export async function start(args: string[], here: StartEnvironment): Promise<number> {
  if (here.platform === 'linux' && !here.env.DISPLAY && !here.env.WAYLAND_DISPLAY) {
    here.tell(t('shell.start.no-display'))
    return 1
  }
  const electron = here.findElectron() ?? ((await here.fetchElectron()) ? here.findElectron() : null)
  if (electron) {
    await here.build()
    // Chromium's sandbox does not work as root, and without this Electron refuses to start.
    const sandbox = here.platform === 'linux' && here.isRoot ? ['--no-sandbox'] : []
    return here.run(electron, [...sandbox, '.', ...args])
  }
  try {
    await here.findChromium()
  } catch (error) {
    const { message, next } = asDescryError(error)
    here.tell(t('shell.start.no-chromium', { reason: message, next }))
    return 1
  }
  here.tell(t('shell.start.preview'))
  await here.build()
  return here.run(process.execPath, ['src/preview/main.ts', ...args])
}

/**
 * Runs a program to its end, in its own process group: Ctrl+C may come from both the terminal and npm, and must reach the
 * program exactly once. The first one ends it cleanly, a second would kill it.
 */
export function runToItsEnd(command: string, args: string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const isWindows = process.platform === 'win32' // where its own group would open a console
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', detached: !isWindows })
    const passed = new Set<NodeJS.Signals>()
    const passOn = (signal: NodeJS.Signals): void => {
      if (!passed.has(signal) && !isWindows) child.kill(signal)
      passed.add(signal)
    }
    const signals = ['SIGINT', 'SIGHUP', 'SIGTERM'] as const
    for (const signal of signals) process.on(signal, passOn)
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      for (const name of signals) process.off(name, passOn)
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0))
    })
  })
}

if (import.meta.main) {
  const tell = (sentence: string): void => console.error(sentence)
  process.exitCode = await start(process.argv.slice(2), {
    platform: process.platform,
    env: process.env,
    isRoot: isRoot(),
    tell,
    build: () => buildAll(),
    findElectron: () => findElectronRuntime(process.env),
    fetchElectron: () => fetchElectronRuntime({ tell }),
    findChromium: () => findChromium(process.env),
    run: runToItsEnd
  })
}
