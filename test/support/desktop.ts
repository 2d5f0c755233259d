import { mkdtemp, rm, writeFile, mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { endProcessesOf, run, start, until, type Running } from './process.ts'

export interface DesktopParts {
  /** Width x height of the X display; default 1600x900. */
  size?: string
  /** A PulseAudio server with one null sink, `null`. */
  sound?: boolean
  /** A session bus (and with it gsettings, keyring, speech). */
  bus?: boolean
  /** An X display with openbox; default true. */
  display?: boolean
  /** The accessibility bus, so that Orca and AT-SPI clients see windows. Needs bus. */
  accessibility?: boolean
  /** An unlocked gnome-keyring. Needs bus. */
  keyring?: boolean
}

/** A private desktop with its own HOME, runtime directory, display, bus and sound server. Nothing is shared. */
export interface Desktop {
  /** Environment for programs on this desktop. */
  env: NodeJS.ProcessEnv
  home: string
  /** Registers a process that ends with the desktop. */
  own(running: Running): Running
  /** Starts a program on this desktop. It ends with the desktop. */
  start(command: string, args?: string[], env?: NodeJS.ProcessEnv): Running
  run(
    command: string,
    args?: string[],
    options?: { input?: string | Uint8Array; timeoutMs?: number }
  ): ReturnType<typeof run>
  end(): Promise<void>
}

function firstLine(running: Running, what: string): Promise<string> {
  return new Promise((resolve, reject) => {
    if (!running.child.stdout) return reject(new Error(`${what} has no stdout.`))
    const lines = createInterface({ input: running.child.stdout })
    lines.once('line', resolve)
    running.child.once('error', reject)
    running.child.once('exit', (code) => reject(new Error(`${what} ended with ${code} before it was ready.`)))
  })
}

/** Starts the requested parts and waits until each is ready. Call `end()` in afterAll. */
export async function startDesktop(parts: DesktopParts = {}): Promise<Desktop> {
  const { size = '1600x900', display = true, sound = false, accessibility = false, keyring = false } = parts
  const bus = parts.bus ?? (accessibility || keyring)
  const home = await mkdtemp(join(tmpdir(), 'descry-desktop-'))
  const runtime = join(home, 'run')
  await mkdir(runtime, { mode: 0o700 })
  const env: NodeJS.ProcessEnv = {
    PATH: process.env.PATH,
    LANG: 'C.UTF-8',
    HOME: home,
    XDG_RUNTIME_DIR: runtime,
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_DATA_HOME: join(home, '.local/share'),
    XDG_CACHE_HOME: join(home, '.cache'),
    DESCRY_HOME: join(home, 'descry'),
    NO_AT_BRIDGE: accessibility ? '0' : '1',
    // Whether the real screen is locked must not affect the tests.
    DBUS_SYSTEM_BUS_ADDRESS: `unix:path=${join(runtime, 'no-system-bus')}`
  }
  const running: Running[] = []
  const own = (process: Running): Running => {
    running.unshift(process)
    return process
  }
  const desktop: Desktop = {
    env,
    home,
    own,
    start: (command, args = [], extra = {}) => own(start(command, args, { env: { ...env, ...extra } })),
    run: (command, args = [], options = {}) => run(command, args, { env, ...options }),
    async end() {
      for (const process of running) await process.end()
      // speech-dispatcher, dconf and others are started by other programs and outlive them, but have our HOME in their environment.
      await endProcessesOf(home)
      await rm(home, { recursive: true, force: true, maxRetries: 5 })
    }
  }

  try {
    if (display) {
      const x = desktop.start('Xvfb', ['-displayfd', '1', '-screen', '0', `${size}x24`, '-nolisten', 'tcp', '-noreset'])
      env.DISPLAY = `:${await firstLine(x, 'Xvfb')}`
    }
    if (bus) {
      const daemon = desktop.start('dbus-daemon', ['--session', '--nofork', '--print-address=1'])
      env.DBUS_SESSION_BUS_ADDRESS = await firstLine(daemon, 'dbus-daemon')
    }
    if (display) {
      desktop.start('openbox', ['--sm-disable'])
      await until(
        async () => (await desktop.run('xprop', ['-root', '_NET_SUPPORTING_WM_CHECK'])).stdout.includes('window id'),
        {
          what: 'openbox'
        }
      )
    }
    if (sound) {
      await mkdir(join(home, '.config/pulse'), { recursive: true })
      await writeFile(join(home, '.config/pulse/client.conf'), 'autospawn = no\n')
      env.PULSE_SERVER = `unix:${runtime}/pulse.socket`
      desktop.start('pulseaudio', [
        '-n',
        '--daemonize=no',
        '--exit-idle-time=-1',
        '--use-pid-file=no',
        '-L',
        'module-null-sink sink_name=null rate=44100 channels=2',
        '-L',
        `module-native-protocol-unix socket=${runtime}/pulse.socket auth-anonymous=1`
      ])
      await until(async () => (await desktop.run('pactl', ['info'])).code === 0, { what: 'pulseaudio' })
    }
    if (accessibility) {
      await desktop.run('gsettings', ['set', 'org.gnome.desktop.interface', 'toolkit-accessibility', 'true'])
      desktop.start('/usr/libexec/at-spi-bus-launcher', ['--launch-immediately'])
      await until(
        async () =>
          (
            await desktop.run('dbus-send', [
              '--session',
              '--print-reply',
              '--dest=org.a11y.Bus',
              '/org/a11y/bus',
              'org.a11y.Bus.GetAddress'
            ])
          ).code === 0,
        { what: 'the accessibility bus' }
      )
    }
    if (keyring) {
      const daemon = own(
        start('gnome-keyring-daemon', ['--foreground', '--components=secrets', '--unlock'], {
          env,
          stdio: ['pipe', 'pipe', 'pipe']
        })
      )
      daemon.child.stdin?.end('test')
      const ask = async (...message: string[]): Promise<string> =>
        String((await desktop.run('dbus-send', ['--session', '--print-reply', ...message])).stdout)
      // If asked before our daemon owns the name, the bus would start a second, locked one.
      await until(
        async () =>
          (
            await ask(
              '--dest=org.freedesktop.DBus',
              '/',
              'org.freedesktop.DBus.NameHasOwner',
              'string:org.freedesktop.secrets'
            )
          ).includes('boolean true'),
        { what: 'the keyring on the bus' }
      )
      await until(
        async () =>
          (
            await ask(
              '--dest=org.freedesktop.secrets',
              '/org/freedesktop/secrets/aliases/default',
              'org.freedesktop.DBus.Properties.Get',
              'string:org.freedesktop.Secret.Collection',
              'string:Locked'
            )
          ).includes('boolean false'),
        { what: 'the unlocked keyring' }
      )
    }
    return desktop
  } catch (error) {
    await desktop.end()
    throw error
  }
}
