import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createRequire } from 'node:module'

const electronDir = dirname(createRequire(import.meta.url).resolve('electron/package.json'))

/**
 * Path of Electron's executable, or null when its runtime is not here: the npm package holds none, it is fetched at the
 * first use (Electron 42 and later).
 *
 * @param folder that of the npm package `electron`.
 */
export function findElectronRuntime(env: NodeJS.ProcessEnv, folder = electronDir): string | null {
  const name = read(join(folder, 'path.txt'))
  const own = env.ELECTRON_OVERRIDE_DIST_PATH
  if (own) return existing(join(own, name ?? (process.platform === 'win32' ? 'electron.exe' : 'electron')))
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
  const isCurrent = read(join(folder, 'dist/version'))?.replace(/^v/u, '') === version
  return isCurrent && name ? existing(join(folder, 'dist', name)) : null
}

export interface FetchOptions {
  /** After this it is given up: slower than 1.5 Mbit/s. */
  timeoutMs?: number
  /** Progress in words: at 3 s, then every 30 s. Silent before, because without a network it fails at once. */
  tell?: (line: string) => void
  /** The program that fetches; Electron's own. */
  installer?: string
}

/** Has Electron fetch its runtime, checked against the checksums in its package. True when it says that it has. */
export function fetchElectronRuntime({
  timeoutMs = 10 * 60_000,
  tell = () => undefined,
  installer = join(electronDir, 'install.js')
}: FetchOptions = {}): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [installer], { stdio: 'ignore' })
    const first = setTimeout(() => tell("Fetching Electron's runtime, about 110 MB. This happens once."), 3000)
    const again = setInterval(() => tell("Still fetching Electron's runtime."), 30_000)
    const giveUp = setTimeout(() => child.kill('SIGKILL'), timeoutMs)
    const done = (hasWorked: boolean): void => {
      clearTimeout(first)
      clearInterval(again)
      clearTimeout(giveUp)
      resolve(hasWorked)
    }
    child.once('error', () => done(false))
    child.once('exit', (code) => done(code === 0))
  })
}

function read(path: string): string | null {
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : null
}

function existing(path: string): string | null {
  return existsSync(path) ? path : null
}
