import { once } from 'node:events'
import { chmod, chown, mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { startDesktop, type Desktop } from './desktop.ts'
import { start, until, type Running } from './process.ts'

/** Sway refuses to run as root, so it runs as nobody and owns only the folder of its sockets. */
const nobody = 65_534

/**
 * A private desktop with a bus and, instead of an X display, a real Sway with two virtual displays of 800x600: "HEADLESS-1" is
 * blue (#003366); "HEADLESS-2", to its right, is green (#006633) and active. Windows are 300x200 at 900,100. `env` has its
 * sockets.
 */
export async function startWaylandDesktop(): Promise<Desktop> {
  const desktop = await startDesktop({ display: false, bus: true })
  try {
    const sockets = join(desktop.home, 'wayland')
    const config = join(sockets, 'config')
    await mkdir(sockets, { mode: 0o700 })
    await writeFile(
      config,
      `xwayland disable
default_border none
default_floating_border none
output HEADLESS-1 mode 800x600 position 0 0
output HEADLESS-1 bg #003366 solid_color
output HEADLESS-2 mode 800x600 position 800 0
output HEADLESS-2 bg #006633 solid_color
focus output HEADLESS-2
for_window [title=".*"] floating enable, resize set 300 200, move absolute position 900 100
`
    )
    const env = {
      ...desktop.env,
      XDG_RUNTIME_DIR: sockets,
      WLR_BACKENDS: 'headless',
      WLR_HEADLESS_OUTPUTS: '2',
      WLR_RENDERER: 'pixman',
      WLR_LIBINPUT_NO_DEVICES: '1'
    }
    const isRoot = process.getuid?.() === 0
    if (isRoot) {
      await chown(sockets, nobody, nobody)
      await chmod(desktop.home, 0o711)
    }
    const asNobody = ['--clear-groups', `--reuid=${nobody}`, `--regid=${nobody}`, 'sway', '-c', config]
    desktop.own(isRoot ? start('setpriv', asNobody, { env }) : start('sway', ['-c', config], { env }))
    const socketNamed = (prefix: string): Promise<string> =>
      until(
        async () => {
          const name = (await readdir(sockets)).find((one) => one.startsWith(prefix) && !one.endsWith('.lock'))
          return name && join(sockets, name)
        },
        { what: `the socket ${prefix} of sway` }
      )
    desktop.env.WAYLAND_DISPLAY = await socketNamed('wayland-')
    desktop.env.SWAYSOCK = await socketNamed('sway-ipc.')
    desktop.env.XDG_CURRENT_DESKTOP = 'sway'
    await until(async () => (await desktop.run('swaymsg', ['-t', 'get_outputs'])).stdout.includes('HEADLESS-2'))
    return desktop
  } catch (error) {
    await desktop.end()
    throw error
  }
}

/**
 * Starts the real xdg-desktop-portal with the real backend for wlroots ("wlr") or test/support/portal-backend.py, whose kinds
 * are described there. End one before starting the next.
 */
export async function startPortal(
  desktop: Desktop,
  kind: 'wlr' | 'deny' | 'fail' | 'hang' | 'missing'
): Promise<{ end(): Promise<void> }> {
  const folder = join(desktop.home, 'portals')
  await mkdir(folder, { recursive: true })
  const portal = (name: string, parts: string[]): string =>
    `[portal]\nDBusName=org.freedesktop.impl.portal.desktop.${name}\nUseIn=sway\n` +
    `Interfaces=${parts.map((part) => `org.freedesktop.impl.portal.${part};`).join('')}\n`
  const isWlr = kind === 'wlr'
  await writeFile(join(folder, 'wlr.portal'), portal('wlr', isWlr ? ['Screenshot'] : []))
  await writeFile(join(folder, 'test.portal'), portal('test', isWlr ? ['Access'] : ['Access', 'Screenshot']))

  const running: Running[] = []
  const script = fileURLToPath(new URL('portal-backend.py', import.meta.url))
  const backend = desktop.start('/usr/bin/python3', [script, kind])
  running.push(backend)
  if (backend.child.stdout) await once(createInterface({ input: backend.child.stdout }), 'line')
  if (isWlr) {
    // The wlroots backend also casts screens, and exits at once without PipeWire.
    running.push(desktop.start('pipewire'))
    await until(async () => (await readdir(desktop.env.XDG_RUNTIME_DIR ?? '')).includes('pipewire-0'))
    const wlr = desktop.start('/usr/libexec/xdg-desktop-portal-wlr')
    running.push(wlr)
    await untilOwned(desktop, 'org.freedesktop.impl.portal.desktop.wlr', wlr)
  }
  // The bus may already have started one that found no backend.
  const portals = desktop.start('/usr/libexec/xdg-desktop-portal', ['--replace'], { XDG_DESKTOP_PORTAL_DIR: folder })
  running.push(portals)
  await untilOwned(desktop, 'org.freedesktop.portal.Desktop', portals)
  return {
    async end() {
      for (const one of running.toReversed()) await one.end()
    }
  }
}

const untilOwned = (desktop: Desktop, name: string, { pid }: Running): Promise<unknown> =>
  until(
    async () => {
      const member = 'org.freedesktop.DBus.GetConnectionUnixProcessID'
      const ask = ['--session', '--print-reply', '--dest=org.freedesktop.DBus', '/', member, `string:${name}`]
      return (await desktop.run('dbus-send', ask)).stdout.includes(`uint32 ${pid}\n`)
    },
    { what: name }
  )
