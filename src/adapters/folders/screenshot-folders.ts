import { readdir, readFile, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isScreenshotFolder } from './screenshot-folder-names.ts'
import { programText } from '../programs/run-program.ts'
import { windowsProgram } from '../programs/windows-programs.ts'

/** What a system's own settings program prints, trimmed; null when it fails. */
export type Ask = (command: string, args: string[]) => Promise<string | null>

const askProgram: Ask = (command, args) =>
  programText(command, args, { timeoutMs: 2000 }).then(
    (text) => text.trim() || null,
    () => null
  )

export interface ScreenshotFolderOptions {
  platform?: NodeJS.Platform
  env?: NodeJS.ProcessEnv
  ask?: Ask
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false
  )
const textOf = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '')

/** `~` and `$HOME` as the settings of desktops write them. */
const withHome = (path: string, home: string): string => path.replace(/^(?:~|\$HOME|\$\{HOME\})(?=\/|$)/u, () => home)

/** Where screenshots land, and where they will if none of those is there yet. */
interface Places {
  likely: string[]
  expected: string[]
}

async function linuxFolders(env: NodeJS.ProcessEnv, home: string): Promise<Places> {
  const config = env.XDG_CONFIG_HOME || join(home, '.config')
  const userDirs = await textOf(join(config, 'user-dirs.dirs'))
  const named = /^\s*XDG_PICTURES_DIR="(.*)"/mu.exec(userDirs)?.[1]
  const pictures = named ? withHome(named, home) : join(home, 'Pictures')

  const inPictures = await readdir(pictures).catch(() => [])
  const folders = inPictures.filter(isScreenshotFolder).map((name) => join(pictures, name))
  // Spectacle's own choice; `[$e]` means that variables are to be filled in.
  const spectacle = await textOf(join(config, 'spectaclerc'))
  for (const [, value = ''] of spectacle.matchAll(/^(?:image|default)SaveLocation(?:\[\$e\])?=(.+)$/gmu)) {
    folders.push(spectacleFolder(value.trim(), home))
  }
  // Xfce, MATE and older GNOME save into Pictures itself; newer ones make a folder there with the first screenshot, which
  // the folder watcher notices.
  return { likely: folders, expected: [pictures, ...folders] }
}

function spectacleFolder(value: string, home: string): string {
  const path = value.replace(/^file:\/\/(?=\$HOME|\$\{HOME\})/u, '')
  if (!path.startsWith('file://')) return withHome(path, home)
  try {
    return fileURLToPath(path)
  } catch {
    return path
  }
}

async function macFolders(home: string, ask: Ask): Promise<Places> {
  const chosen = await ask('defaults', ['read', 'com.apple.screencapture', 'location'])
  // A chosen folder that is missing: macOS saves on the Desktop then.
  const desktop = join(home, 'Desktop')
  return { likely: [chosen ? withHome(chosen, home) : desktop], expected: [desktop] }
}

async function windowsFolders(env: NodeJS.ProcessEnv, home: string, ask: Ask): Promise<Places> {
  // FOLDERID_Screenshots, where the user may have moved it; "%USERPROFILE%" and the like are filled in here.
  const key = String.raw`HKCU\Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders`
  const answer = await ask(windowsProgram('reg.exe', env), [
    'query',
    key,
    '/v',
    '{B7BEDE81-DF94-4682-A7D8-57A52620B86F}'
  ])
  const moved = /REG_(?:EXPAND_)?SZ\s+(.+)$/mu.exec(answer ?? '')?.[1]?.trim()
  const filled = moved?.replace(/%([^%]+)%/gu, (whole, name: string) => env[name] ?? whole)
  const roots = [home, env.OneDrive, env.OneDriveConsumer, env.OneDriveCommercial].filter((root) => root !== undefined)
  const folders = [...(filled ? [filled] : []), ...roots.map((root) => join(root, 'Pictures', 'Screenshots'))]
  // Windows makes it with the first screenshot.
  return { likely: folders, expected: folders }
}

/**
 * The existing folders in which this system's screenshots land, each once; asked of the system's own settings. Where there
 * is none yet, those in which the first one will land.
 */
export async function findScreenshotFolders(options: ScreenshotFolderOptions = {}): Promise<string[]> {
  const { platform = process.platform, env = process.env, ask = askProgram } = options
  const home = (platform === 'win32' ? env.USERPROFILE : env.HOME) ?? homedir()
  let places: Places
  if (platform === 'darwin') places = await macFolders(home, ask)
  else if (platform === 'win32') places = await windowsFolders(env, home, ask)
  else places = await linuxFolders(env, home)

  const existing: string[] = []
  for (const folder of each(places.likely)) if (await isFolder(folder)) existing.push(folder)
  return existing.length > 0 ? existing : each(places.expected)
}

const each = (folders: string[]): string[] => [...new Set(folders.map((one) => resolve(one)))]
