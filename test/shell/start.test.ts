import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { hasDisplay } from '../../scripts/display.ts'
import { fetchElectronRuntime, findElectronRuntime } from '../../scripts/electron-runtime.ts'
import { runToItsEnd, start, type StartEnvironment } from '../../scripts/start.ts'
import { DescryError } from '#shared/errors.ts'
import { startDesktop } from '#test/desktop.ts'
import { run, start as startProcess, until } from '#test/process.ts'

const root = join(import.meta.dirname, '../..')

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'descry-start-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

function environment(changes: Partial<StartEnvironment> = {}): StartEnvironment & { done: string[] } {
  const done: string[] = []
  return {
    done,
    platform: 'linux',
    hasDisplay: async () => true,
    isRoot: false,
    isTerminal: true,
    tell: (sentence) => done.push(`tell: ${sentence}`),
    async build() {
      done.push('build')
    },
    findElectron: () => '/electron',
    async fetchElectron() {
      done.push('fetch')
      return false
    },
    sandboxRepair: async () => null,
    findChromium: async () => ({ name: 'Brave', path: '/usr/bin/brave' }),
    async run(command, args) {
      done.push([command === process.execPath ? 'node' : command, ...args].join(' '))
      return 0
    },
    ...changes
  }
}

describe('npm start', () => {
  it('builds and opens Electron with the arguments it was given', async () => {
    const here = environment()
    expect(await start(['screen', '--verbose'], here)).toBe(0)
    expect(here.done).toEqual(['build', '/electron . screen --verbose'])
  })

  it('gives up the sandbox for root on Linux only, where Electron would refuse', async () => {
    const asRoot = environment({ isRoot: true })
    await start([], asRoot)
    expect(asRoot.done.at(-1)).toBe('/electron --no-sandbox .')
    const onMac = environment({ isRoot: true, platform: 'darwin' })
    await start([], onMac)
    expect(onMac.done.at(-1)).toBe('/electron .')
  })

  it("fetches Electron's runtime when it is missing", async () => {
    let isThere = false
    const here = environment({
      findElectron: () => (isThere ? '/electron' : null),
      async fetchElectron() {
        isThere = true
        return true
      }
    })
    await start([], here)
    expect(here.done).toEqual(['build', '/electron .'])
  })

  it('opens the preview with one sentence when it cannot be fetched', async () => {
    const here = environment({ findElectron: () => null })
    expect(await start(['screen'], here)).toBe(0)
    expect(here.done).toEqual([
      'fetch',
      'tell: Electron is not installed. Opening Descry in Brave instead, without a tray icon or hotkeys.',
      'build',
      'node src/preview/main.ts screen'
    ])
  })

  it('opens the preview where the sandbox is blocked, and says the command that allows it', async () => {
    const here = environment({ sandboxRepair: async (electron) => `sudo repair ${electron}` })
    expect(await start([], here)).toBe(0)
    expect(here.done).toEqual([
      'tell: To use Electron, run this once: sudo repair /electron',
      'tell: This system blocks the sandbox that Electron needs. Opening Descry in Brave instead, without a tray icon or hotkeys.',
      'build',
      'node src/preview/main.ts'
    ])
  })

  it('asks about the sandbox on Linux only, and not as root', async () => {
    const sandboxRepair = (): Promise<never> => Promise.reject(new Error('asked'))
    for (const changes of [{ platform: 'win32' }, { platform: 'darwin' }, { isRoot: true }] as const)
      expect(await start([], environment({ ...changes, sandboxRepair }))).toBe(0)
    await expect(start([], environment({ sandboxRepair }))).rejects.toThrow('asked')
  })

  const noChromium: Partial<StartEnvironment> = {
    findElectron: () => null,
    async findChromium() {
      throw new DescryError('not-found', { next: 'Install one with: sudo apt install chromium' })
    }
  }

  it.each([
    {
      without: 'a display',
      changes: { hasDisplay: async () => false },
      why: [
        'tell: There is no display that Descry can use, so it opens without its window. To have the window, start it on a desktop.'
      ]
    },
    {
      without: 'a browser',
      changes: noChromium,
      why: [
        'fetch',
        'tell: Electron is not installed. There is no Chromium-based browser either, so Descry opens without its window. Install one with: sudo apt install chromium'
      ]
    }
  ])('without $without and without a terminal, describes the sample pictures here', async ({ changes, why }) => {
    const here = environment({ ...changes, isTerminal: false })
    expect(await start([], here)).toBe(0)
    expect(here.done).toEqual([
      ...why,
      'tell: Describing the sample pictures on this computer. Nothing is sent.',
      `node bin/descry.js describe --offline ${['dialog.png', 'chart.png', 'letter.png', 'product.jpg'].map((name) => join('assets/samples', name)).join(' ')}`,
      expect.stringMatching(/^tell: To describe pictures of your own, run: npm start -- photo\.jpg\./u)
    ])
  })

  it('without a window, opens the terminal app with the pictures that were given', async () => {
    const runs: unknown[] = []
    const here = environment({
      hasDisplay: async () => false,
      async run(_, args, options) {
        runs.push([args.join(' '), options])
        return 0
      }
    })
    expect(await start([], here)).toBe(0)
    await start(['photo.jpg', '/pictures/a.png'], here)
    await start(['screen'], here)
    expect(runs).toEqual([
      ['bin/descry.js terminal', { hasKeyboard: true }],
      [`bin/descry.js terminal ${join(root, 'photo.jpg')} /pictures/a.png`, { hasKeyboard: true }],
      ['bin/descry.js screen', undefined]
    ])
  })

  it('describes the pictures that were given instead, and passes the exit code', async () => {
    const done: string[] = []
    const here = environment({
      hasDisplay: async () => false,
      isTerminal: false,
      async run(_, args) {
        done.push(args.join(' '))
        return 3
      }
    })
    expect(await start(['photo.jpg', '--verbose', '/pictures/a.png'], here)).toBe(3)
    expect(done).toEqual([`bin/descry.js describe --offline ${join(root, 'photo.jpg')} /pictures/a.png`])
    expect(here.done[1]).toBe('tell: Describing your pictures on this computer. Nothing is sent.')
    await start(['screen'], here)
    expect(done.at(-1)).toBe('bin/descry.js screen')
  })

  it('opens the preview where Electron lacks a library of the system', async () => {
    const here = environment({
      async run(command, args) {
        here.done.push([command === process.execPath ? 'node' : command, ...args].join(' '))
        return command === '/electron' ? 127 : 0
      }
    })
    expect(await start(['screen'], here)).toBe(0)
    expect(here.done).toEqual([
      'build',
      '/electron . screen',
      'tell: Electron cannot run here, because the system lacks a library that it needs. Opening Descry in Brave instead, without a tray icon or hotkeys.',
      'build',
      'node src/preview/main.ts screen'
    ])
  })

  it('opens the terminal app where the browser cannot open a window', async () => {
    const here = environment({
      findElectron: () => null,
      async run(_, args) {
        here.done.push(args.join(' '))
        return args[0] === 'src/preview/main.ts' ? 69 : 0
      }
    })
    expect(await start([], here)).toBe(0)
    expect(here.done.slice(-3)).toEqual([
      'src/preview/main.ts',
      'tell: Descry opens without its window instead.',
      'bin/descry.js terminal'
    ])
  })

  it('passes the exit code', async () => {
    expect(await start([], environment({ run: async () => 7 }))).toBe(7)
  })
})

describe('a display', () => {
  it('is taken for granted outside Linux', async () => {
    expect(await hasDisplay({}, 'win32')).toBe(true)
    expect(await hasDisplay({}, 'darwin')).toBe(true)
  })

  it('is not there if it is not named, or out of reach', { tags: ['linux'] }, async () => {
    expect(await hasDisplay({})).toBe(false)
    expect(await hasDisplay({ DISPLAY: ':987' })).toBe(false)
    expect(await hasDisplay({ DISPLAY: 'nonsense', WAYLAND_DISPLAY: 'wayland-7' })).toBe(false)
    expect(await hasDisplay({ WAYLAND_DISPLAY: 'wayland-7', XDG_RUNTIME_DIR: await temporaryFolder() })).toBe(false)
  })

  it('is there if it answers', { tags: ['xvfb'] }, async () => {
    const desktop = await startDesktop()
    onTestFinished(() => desktop.end())
    expect(await hasDisplay(desktop.env)).toBe(true)
    expect(await hasDisplay({ ...desktop.env, WAYLAND_DISPLAY: 'wayland-7' })).toBe(true)
  })

  it('is there if the Wayland compositor listens', { tags: ['linux'] }, async () => {
    const folder = await temporaryFolder()
    const compositor = createServer().listen(join(folder, 'wayland-1'))
    await once(compositor, 'listening')
    onTestFinished(() => void compositor.close())
    expect(await hasDisplay({ WAYLAND_DISPLAY: 'wayland-1', XDG_RUNTIME_DIR: folder })).toBe(true)
  })

  it('is given up if it does not answer', { tags: ['linux'] }, async () => {
    const mute = createServer().listen(0, '127.0.0.1')
    await once(mute, 'listening')
    onTestFinished(() => void mute.close())
    const number = (mute.address() as AddressInfo).port - 6000
    expect(await hasDisplay({ DISPLAY: `127.0.0.1:${number}` }, 'linux', 100)).toBe(false)
  })
})

describe('the preview', { tags: ['linux'] }, () => {
  it('says with its exit code that the browser could not open a window', { timeout: 60_000 }, async () => {
    const folder = await temporaryFolder()
    await writeFile(join(folder, 'chromium'), '#!/bin/sh\nexit 1\n', { mode: 0o755 })
    const env = { PATH: folder, HOME: folder, DESCRY_HOME: folder, LANG: 'C.UTF-8' }
    const { code, stderr } = await run(process.execPath, ['src/preview/main.ts'], { cwd: root, env })
    expect(stderr.toString()).toBe(
      'Chromium could not open a window. Try to start it by itself, or install another one.\n'
    )
    expect(code).toBe(69)
  })
})

describe('running a program', () => {
  it('gives its exit code, and 128 and the signal when it was ended by one', async () => {
    expect(await runToItsEnd(process.execPath, ['-e', 'process.exit(5)'])).toBe(5)
    expect(await runToItsEnd(process.execPath, ['-e', 'process.kill(process.pid, "SIGTERM")'])).toBe(143)
  })

  it.each(['SIGINT', 'SIGTERM'] as const)('passes %s on once, and waits for the program', async (signal) => {
    const folder = await temporaryFolder()
    const program = join(folder, 'program.mjs')
    // It takes its time to end, as Electron does, and counts.
    await writeFile(
      program,
      `let heard = 0
       process.on('${signal}', () => (heard += 1) === 1 && setTimeout(() => process.exit(40 + heard), 200))
       setInterval(() => {}, 1000)
       console.log('up')`
    )
    const runner = `import { runToItsEnd } from ${JSON.stringify(join(root, 'scripts/start.ts'))}
      process.exitCode = await runToItsEnd(process.execPath, [${JSON.stringify(program)}])`
    // A process group of its own, as a terminal gives it.
    const running = startProcess(process.execPath, ['--input-type=module', '-e', runner], { cwd: root, detached: true })
    onTestFinished(() => running.end())
    let output = ''
    running.child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()))
    await until(() => output.includes('up'), { what: 'the program' })
    process.kill(-running.pid, signal)
    running.child.kill(signal) // npm passes on what the terminal gave already.
    await until(() => running.child.exitCode !== null, { what: 'the exit code' })
    expect(running.child.exitCode).toBe(41)
  })
})

describe("Electron's runtime", () => {
  async function packageFolder(): Promise<string> {
    const folder = await temporaryFolder()
    await writeFile(join(folder, 'package.json'), '{"version":"45.4.1"}')
    return folder
  }

  it('is found when it is there in the right version', async () => {
    const folder = await packageFolder()
    expect(findElectronRuntime({}, folder)).toBeNull()
    await mkdir(join(folder, 'dist'))
    await writeFile(join(folder, 'path.txt'), 'electron')
    await writeFile(join(folder, 'dist/electron'), '')
    await writeFile(join(folder, 'dist/version'), '45.4.1')
    expect(findElectronRuntime({}, folder)).toBe(join(folder, 'dist/electron'))
    await writeFile(join(folder, 'dist/version'), '44.0.0')
    expect(findElectronRuntime({}, folder)).toBeNull()
  })

  it('may be one of the user’s own', async () => {
    const folder = await packageFolder()
    const own = await temporaryFolder()
    const env = { ELECTRON_OVERRIDE_DIST_PATH: own }
    expect(findElectronRuntime(env, folder)).toBeNull()
    await writeFile(join(own, process.platform === 'win32' ? 'electron.exe' : 'electron'), '')
    expect(findElectronRuntime(env, folder)).toMatch(/electron(?:\.exe)?$/u)
  })

  it('is said to be fetched only when the installer says so', async () => {
    const folder = await temporaryFolder()
    const installer = join(folder, 'install.cjs')
    await writeFile(installer, 'process.exit(0)')
    expect(await fetchElectronRuntime({ installer })).toBe(true)
    await writeFile(installer, 'throw new TypeError("fetch failed")')
    expect(await fetchElectronRuntime({ installer })).toBe(false)
  })

  it('is given up when it takes too long', async () => {
    const folder = await temporaryFolder()
    const installer = join(folder, 'install.cjs')
    await writeFile(installer, 'setInterval(() => {}, 1000)')
    const told: string[] = []
    const tell = (line: string): unknown => told.push(line)
    expect(await fetchElectronRuntime({ installer, timeoutMs: 200, tell })).toBe(false)
    expect(told).toEqual(['The download of Electron took too long and was stopped.'])
  })
})
