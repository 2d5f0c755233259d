import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished, vi } from 'vitest'
import type { StartHelper } from '#adapters/helper/helper-process.ts'
import type { AppOptions } from '#app/app.ts'
import type { App, Host } from '#app/host.ts'
import type { Status } from '#shared/bridge.ts'
import type { CommandId, Surface } from '#shared/commands.ts'
import type { ErrorCode } from '#shared/errors.ts'
import { defaultSettings } from '#shared/settings.ts'
import { createFakeElectron, type FakeElectron, type FakeOptions } from '#test/fake-electron.ts'
import { until } from '#test/process.ts'

/** A desktop of this kind, whatever the tests run on. */
export const waylandSession = { XDG_SESSION_TYPE: 'wayland', WAYLAND_DISPLAY: 'wayland-0', DISPLAY: undefined }
const x11Session = { XDG_SESSION_TYPE: 'x11', WAYLAND_DISPLAY: undefined, DISPLAY: undefined }

/** The app as the shell sees it: remembers what it was told. */
export interface FakeDescry extends App {
  host: Host | null
  /** How it is to start helper processes. */
  startHelper: StartHelper | null
  runs: { command: CommandId; input: unknown; surface: Surface }[]
  hotkeysSet: Status['hotkeys'][]
  change(patch: Partial<Status>): void
}

export interface FakeDescryOptions {
  /** Makes start() reject with this code. */
  startFailure?: ErrorCode | 'already-running'
  /** close() never ends. */
  hangsOnClose?: boolean
  /** What createApp() waits for. */
  creating?: Promise<void>
}

export function createFakeDescry(log: string[], options: FakeDescryOptions = {}): FakeDescry {
  const listeners = new Set<(status: Status) => void>()
  let status: Status = {
    settings: defaultSettings,
    key: 'none',
    provider: 'api.openai.com',
    sendingOn: false,
    voice: 'silent',
    screenReader: null,
    watching: { clipboard: true, folders: [], isPaused: false },
    spent: { todayUsd: 0, monthUsd: 0, unpricedThisMonth: 0 },
    hotkeys: [],
    host: { name: 'electron', limits: null }
  }
  const refuse = (): Promise<never> => Promise.reject(new Error('Not part of these tests.'))
  const descry: FakeDescry = {
    host: null,
    startHelper: null,
    failed: () => undefined,
    runs: [],
    hotkeysSet: [],
    change(patch) {
      status = { ...status, ...patch }
      for (const listener of listeners) listener(status)
    },
    reloadSettings: async () => undefined,
    idle: async () => undefined,
    async run(command, input, surface) {
      descry.runs.push({ command, input, surface })
      log.push(`run ${command}`)
      if (command === 'quit') descry.host?.quit()
      return { ok: true, value: null }
    },
    handlers: {
      snapshot: async () => ({ revision: 1, items: [], status }),
      picture: refuse,
      run: refuse,
      'change-settings': refuse,
      'set-key': refuse,
      'remove-key': refuse,
      describe: refuse,
      voices: refuse,
      providers: refuse,
      'open-file': refuse,
      'commands-left': refuse,
      'grid-picture': refuse,
      'grid-key': refuse,
      'speech-event': refuse
    },
    async start() {
      log.push('start app')
      // The shell's own copies of the classes: modules are loaded anew for each run.
      const { DescryError } = await import('#shared/errors.ts')
      const { AlreadyRunning } = await import('#app/control-socket.ts')
      if (options.startFailure === 'already-running') throw new AlreadyRunning()
      if (options.startFailure) throw new DescryError(options.startFailure)
    },
    status: () => status,
    onStatus(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    setHotkeys(hotkeys) {
      descry.hotkeysSet.push(hotkeys)
      descry.change({ hotkeys })
    },
    close() {
      log.push('close app')
      return options.hangsOnClose ? new Promise(() => undefined) : Promise.resolve()
    }
  }
  return descry
}

export interface ShellOptions extends FakeOptions, FakeDescryOptions {
  platform?: NodeJS.Platform
  /** What stands after the program's own name. */
  arguments?: string[]
  env?: Record<string, string | undefined>
  /** Called when the entry has run and Electron is not ready yet. */
  beforeReady?: (fake: FakeElectron) => void
  /** Makes loading the shell fail. */
  loadFailure?: Error
  /** A call to the keychain is not answered. */
  isKeychainBusy?: boolean
  /** Returns as soon as Electron is ready: the test ends the start itself. */
  isCutShort?: boolean
}

const realKill = process.kill.bind(process)

/** Loads the dependencies of src/main over a fake Electron. */
export async function loadOver<Module>(fake: FakeElectron, load: () => Promise<Module>): Promise<Module> {
  vi.resetModules()
  vi.doMock('electron', () => fake.module)
  return load()
}

/** Runs src/main/main.ts as it is, over a fake Electron and a fake app, until it has come as far as it gets. */
export async function runShell(options: ShellOptions = {}): Promise<{ fake: FakeElectron; descry: FakeDescry }> {
  const appPath = await mkdtemp(join(tmpdir(), 'descry-shell-'))
  await mkdir(join(appPath, 'dist/renderer/assets'), { recursive: true })
  await writeFile(join(appPath, 'dist/renderer/index.html'), '<!doctype html><title>Descry</title>')
  await writeFile(join(appPath, 'dist/renderer/assets/index.js'), 'export {}')
  await writeFile(join(appPath, 'dist/secret.html'), 'not for the window')

  const switches = (options.arguments ?? []).flatMap((word) => (word.startsWith('--') ? [word.slice(2)] : []))
  const fake = createFakeElectron({ appPath, switches, ...options })
  const descry = createFakeDescry(fake.log, options)
  const realPlatform = process.platform
  const realArguments = process.argv
  Object.defineProperty(process, 'platform', { value: options.platform ?? 'linux' })
  process.argv = [...(options.isPackaged ? ['descry'] : ['electron', '.']), ...(options.arguments ?? [])]
  for (const [name, value] of Object.entries({ DESCRY_HOME: undefined, ...x11Session, ...options.env }))
    vi.stubEnv(name, value)
  onTestFinished(async () => {
    Object.defineProperty(process, 'platform', { value: realPlatform })
    process.argv = realArguments
    vi.unstubAllEnvs()
    process.kill = realKill
    vi.doUnmock('electron')
    vi.doUnmock('#app/app.ts')
    vi.doUnmock('#app/dependencies.ts')
    vi.doUnmock('#adapters/keyring.ts')
    await rm(appPath, { recursive: true, force: true })
  })
  vi.doMock('#adapters/keyring.ts', () => ({ isKeychainBusy: () => options.isKeychainBusy ?? false }))
  vi.doMock('#app/dependencies.ts', () => ({
    createDependencies: (_env: NodeJS.ProcessEnv, startHelper: StartHelper) => ({ startHelper })
  }))
  vi.doMock('#app/app.ts', () => ({
    async createApp(host: Host, { dependencies }: AppOptions): Promise<App> {
      fake.log.push('create app')
      await options.creating
      descry.host = host
      descry.startHelper = (dependencies as unknown as { startHelper: StartHelper }).startHelper
      return descry
    }
  }))
  const { loadFailure } = options
  if (loadFailure)
    fake.module.protocol.registerSchemesAsPrivileged = () => {
      throw loadFailure
    }
  // The shell may end its own process, which here is that of the tests.
  process.kill = (pid, signal) =>
    pid === process.pid && signal === 'SIGKILL' ? fake.app.killed() : realKill(pid, signal)
  await fake.app.launch(async () => {
    await loadOver(fake, () => import('../../src/main/main.ts'))
    options.beforeReady?.(fake)
  })
  if (fake.app.exitCode === null && !options.isCutShort) {
    const hasCome = (): boolean =>
      fake.log.includes('start app') || fake.errorBoxes.length > 0 || fake.app.exitCode !== null
    await until(hasCome, { what: 'the shell to start', everyMs: 1 })
    // What follows start() takes a turn of the event loop and no more.
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { fake, descry }
}
