import { access, constants } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'

const linuxNames = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge-stable']
const macNames = ['Chromium', 'Google Chrome', 'Microsoft Edge']
const windowsPaths = [
  'Google/Chrome/Application/chrome.exe',
  'Chromium/Application/chrome.exe',
  'Microsoft/Edge/Application/msedge.exe'
]

/** Where an installed Chromium may be. */
function candidates(env: NodeJS.ProcessEnv): string[] {
  switch (process.platform) {
    case 'darwin':
      return macNames.map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`)
    case 'win32':
      return [env.LOCALAPPDATA, env.ProgramFiles, env['ProgramFiles(x86)']].flatMap((folder) =>
        windowsPaths.map((path) => join(folder ?? '', path))
      )
    default:
      return (env.PATH ?? '').split(delimiter).flatMap((folder) => linuxNames.map((name) => join(folder, name)))
  }
}

/** Path of the installed Chromium, Chrome or Edge. Throws not-found with what to install. */
export async function findChromium(env: NodeJS.ProcessEnv): Promise<string> {
  for (const path of candidates(env)) {
    const isThere = await access(path, constants.X_OK).then(
      () => true,
      () => false
    )
    if (isThere) return path
  }
  throw new DescryError('not-found', {
    message: t('shell.no-chromium'),
    next: process.platform === 'linux' ? t('shell.no-chromium.next-linux') : t('shell.no-chromium.next')
  })
}

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
