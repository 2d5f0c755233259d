import { readdir, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isScreenshotFolder } from './screenshot-folder-names.ts'
import { readRegularFile } from '../regular-file.ts'
import { programText } from '../programs/run-program.ts'
import { windowsProgram } from '../programs/windows-programs.ts'

/** What a system's settings program prints, trimmed; null if it fails. */
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
const textOf = (path: string): Promise<string> => readRegularFile(path).then(String, () => '')

/** Fills in `~` and `$HOME`, as desktop settings write them. */
const withHome = (path: string, home: string): string => path.replace(/^(?:~|\$HOME|\$\{HOME\})(?=\/|$)/u, () => home)

/** Where screenshots are saved, and where they will be if none of those folders exists yet. */
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
  // Spectacle's own setting; `[$e]` means that it contains variables.
  const spectacle = await textOf(join(config, 'spectaclerc'))
  for (const [, value = ''] of spectacle.matchAll(/^(?:image|default)SaveLocation(?:\[\$e\])?=(.+)$/gmu)) {
    folders.push(spectacleFolder(value.trim(), home))
  }
  // Xfce, MATE and older versions of GNOME save in Pictures itself; newer ones create a folder there with the first
  // screenshot, which the folder watcher notices.
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
  // If the chosen folder is missing, macOS saves on the Desktop.
  const desktop = join(home, 'Desktop')
  return { likely: [chosen ? withHome(chosen, home) : desktop], expected: [desktop] }
}

async function windowsFolders(env: NodeJS.ProcessEnv, home: string, ask: Ask): Promise<Places> {
  // FOLDERID_Screenshots, which the user may have moved; "%USERPROFILE%" and the like are filled in below.
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
  // Windows creates it with the first screenshot.
  return { likely: folders, expected: folders }
}

/**
 * The existing folders in which this system saves screenshots, each once, according to its settings. If there is none yet,
 * those in which the first one will be saved.
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
