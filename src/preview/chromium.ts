import { access, constants, stat } from 'node:fs/promises'
import { posix, win32 } from 'node:path'
import { commandFor } from '#adapters/linux/missing-parts.ts'
import { DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'

/** An installed browser in which the preview can open. */
export interface Browser {
  name: string
  /** Of its program. */
  path: string
}

/**
 * The browsers that are based on Chromium, by preference. `linux`: names of its program. `mac`: its application.
 * `windows`: its program in one of the folders for programs.
 */
const family = [
  {
    name: 'Chromium',
    linux: ['chromium', 'chromium-browser'],
    mac: 'Chromium',
    windows: 'Chromium/Application/chrome.exe'
  },
  {
    name: 'Google Chrome',
    linux: ['google-chrome-stable', 'google-chrome'],
    mac: 'Google Chrome',
    windows: 'Google/Chrome/Application/chrome.exe'
  },
  {
    name: 'Microsoft Edge',
    linux: ['microsoft-edge-stable', 'microsoft-edge'],
    mac: 'Microsoft Edge',
    windows: 'Microsoft/Edge/Application/msedge.exe'
  },
  {
    name: 'Brave',
    linux: ['brave-browser-stable', 'brave-browser', 'brave'],
    mac: 'Brave Browser',
    windows: 'BraveSoftware/Brave-Browser/Application/brave.exe'
  },
  {
    name: 'Vivaldi',
    linux: ['vivaldi-stable', 'vivaldi'],
    mac: 'Vivaldi',
    windows: 'Vivaldi/Application/vivaldi.exe'
  }
]

/**
 * Where an installed browser may be, by preference. Flatpaks are not among them: Flatpak closes the pipe through which
 * the preview talks to its browser.
 */
export function browserPlaces(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): Browser[] {
  const isFolder = (folder: string | undefined): folder is string => folder !== undefined && folder !== ''
  const places = (browser: (typeof family)[number]): string[] => {
    if (platform === 'win32')
      return [env.LOCALAPPDATA, env.ProgramFiles, env['ProgramFiles(x86)']]
        .filter(isFolder)
        .map((folder) => win32.join(folder, browser.windows))
    if (platform === 'darwin')
      return ['/Applications', posix.join(env.HOME ?? '/', 'Applications')].map((folder) =>
        posix.join(folder, `${browser.mac}.app`, 'Contents/MacOS', browser.mac)
      )
    // A desktop session may have started without the folder of snaps.
    const folders = [...(env.PATH ?? '').split(':'), '/snap/bin'].filter(isFolder)
    return browser.linux.flatMap((program) => folders.map((folder) => posix.join(folder, program)))
  }
  return family.flatMap((browser) => places(browser).map((path) => ({ name: browser.name, path })))
}

/** The first installed browser based on Chromium. Errors: not-found, with what to install. */
export async function findChromium(
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform
): Promise<Browser> {
  for (const browser of browserPlaces(env, platform)) {
    if (await isProgram(browser.path)) return browser
  }
  const command = platform === 'linux' ? commandFor('chromium') : null
  throw new DescryError('not-found', {
    message: t('shell.no-chromium'),
    next: command === null ? t('shell.no-chromium.next') : t('shell.no-chromium.next-linux', { command })
  })
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK)
    return (await stat(path)).isFile()
  } catch {
    return false
  }
}

/** The preview's exit code when the browser could not open its window: EX_UNAVAILABLE of sysexits.h. */
export const noBrowserExitCode = 69

/** How Chromium is started for the preview. */
export function chromiumArguments(): string[] {
  return [
    // An empty page until the routes are in place: a screen reader would read out that the real page failed to load.
    '--app=data:text/html,<title>Descry</title>',
    '--class=descry',
    '--window-size=1180,900',
    // A screen reader may be started after us.
    '--force-renderer-accessibility',
    // Only our routes answer: not even a host name is looked up.
    '--host-resolver-rules=MAP * ~NOTFOUND',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-quic',
    '--no-first-run',
    // As root there is no sandbox; the warning bar about it would be read out on every start.
    ...(isRoot() ? ['--test-type'] : [])
  ]
}

/** Chromium has no sandbox for root. */
export function isRoot(): boolean {
  return process.getuid?.() === 0
}
