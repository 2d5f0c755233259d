/**
 * `npm start`: builds Descry and opens it in Electron, or else in an installed browser based on Chromium, or else in the
 * terminal. Where nobody can type either, it describes pictures on this computer and prints what they say. Arguments
 * (`npm start -- photo.jpg`), exit code and signals are passed on.
 */
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildAll } from './build.ts'
import { hasDisplay } from './display.ts'
import { fetchElectronRuntime, findElectronRuntime } from './electron-runtime.ts'
import { sandboxRepair } from './electron-sandbox.ts'
import { startRequest } from '#app/start-request.ts'
import { findChromium, isRoot, noBrowserExitCode, type Browser } from '#preview/chromium.ts'
import { asDescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Everything the decision depends on, so that it can be tested without any of it. */
export interface StartEnvironment {
  platform: NodeJS.Platform
  isRoot: boolean
  /** Someone can type and read here. */
  isTerminal: boolean
  /** One sentence to the user, on stderr. */
  tell(sentence: string): void
  build(): Promise<void>
  /** A window can be shown. */
  hasDisplay(): Promise<boolean>
  findElectron(): string | null
  fetchElectron(): Promise<boolean>
  /** The command that lets this Electron run in its sandbox; null when it can. */
  sandboxRepair(electron: string): Promise<string | null>
  /** Rejects with a DescryError that says what to install. */
  findChromium(): Promise<Browser>
  /** Runs a program to its end in the project's folder; its exit code. */
  run(command: string, args: string[], options?: RunOptions): Promise<number>
}

interface RunOptions {
  /** The program reads the keyboard, and Ctrl+C reaches it from the terminal. */
  hasKeyboard?: boolean
}

/** @returns the exit code. */
export async function start(args: string[], here: StartEnvironment): Promise<number> {
  if (!(await here.hasDisplay())) return startWithoutWindow(args, here, t('shell.start.no-display'))
  const without = await tryElectron(args, here)
  if (typeof without === 'number') return without
  let browser: Browser
  try {
    browser = await here.findChromium()
  } catch (error) {
    return startWithoutWindow(
      args,
      here,
      t('shell.start.no-chromium', { why: without, next: asDescryError(error).next })
    )
  }
  here.tell(t('shell.start.preview', { why: without, browser: browser.name }))
  await here.build()
  const code = await here.run(process.execPath, ['src/preview/main.ts', ...args])
  return code === noBrowserExitCode ? startWithoutWindow(args, here, t('shell.start.no-preview')) : code
}

/** What a program ends with that cannot be run, for lack of a library of the system. */
const cannotRun = 127

/** Opens Descry in Electron. @returns its exit code, or one sentence that says why it did not start. */
async function tryElectron(args: string[], here: StartEnvironment): Promise<number | string> {
  const electron = here.findElectron() ?? ((await here.fetchElectron()) ? here.findElectron() : null)
  if (electron === null) return t('shell.start.no-electron')
  const isLinux = here.platform === 'linux'
  const repair = isLinux && !here.isRoot ? await here.sandboxRepair(electron) : null
  if (repair !== null) {
    here.tell(t('shell.start.allow-sandbox', { command: repair }))
    return t('shell.start.no-sandbox')
  }
  await here.build()
  // Chromium's sandbox does not work as root, and without this Electron refuses to start.
  const sandbox = isLinux && here.isRoot ? ['--no-sandbox'] : []
  const code = await here.run(electron, [...sandbox, '.', ...args])
  return code === cannotRun ? t('shell.start.broken-electron') : code
}

/** In the assets folder. */
const samples = ['dialog.png', 'chart.png', 'letter.png', 'product.jpg']

/**
 * Opens Descry in the terminal. Where nobody can type either, describes the pictures that were given, or else the sample
 * pictures. Nothing needs to be built for that, and nothing is sent.
 *
 * @param why one sentence about what is missing.
 */
async function startWithoutWindow(args: string[], here: StartEnvironment, why: string): Promise<number> {
  const descry = (words: string[], options?: RunOptions): Promise<number> =>
    here.run(process.execPath, ['bin/descry.js', ...words], options)
  here.tell(why)
  const { command, paths } = startRequest(args, root)
  if (command !== null) return descry([command])
  if (here.isTerminal) return descry(['terminal', ...paths], { hasKeyboard: true })
  const isSample = paths.length === 0
  here.tell(isSample ? t('shell.start.samples') : t('shell.start.your-pictures'))
  const pictures = isSample ? samples.map((name) => join('assets', 'samples', name)) : paths
  const code = await descry(['describe', '--offline', ...pictures])
  here.tell(t('shell.start.next'))
  return code
}

/**
 * Runs a program to its end, in its own process group: Ctrl+C may come from both the terminal and npm, and must reach the
 * program exactly once. The first one ends it cleanly, a second would kill it. A program that reads the keyboard stays in
 * the terminal's group, as the terminal demands, and gets each Ctrl+C from there.
 */
export function runToItsEnd(
  command: string,
  args: string[],
  { hasKeyboard = false }: RunOptions = {}
): Promise<number> {
  return new Promise((resolve, reject) => {
    const isWindows = process.platform === 'win32' // where its own group would open a console
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', detached: !isWindows && !hasKeyboard })
    const passed = new Set<NodeJS.Signals>(hasKeyboard ? ['SIGINT'] : [])
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
    isRoot: isRoot(),
    isTerminal: process.stdin.isTTY && process.stdout.isTTY,
    tell,
    build: () => buildAll(),
    hasDisplay: () => hasDisplay(process.env),
    findElectron: () => findElectronRuntime(process.env),
    fetchElectron: () => fetchElectronRuntime({ tell }),
    sandboxRepair: (electron) => sandboxRepair(electron),
    findChromium: () => findChromium(process.env),
    run: runToItsEnd
  })
}
