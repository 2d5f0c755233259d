import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createRequire } from 'node:module'
import { t } from '#shared/messages/messages.ts'

const electronDir = dirname(createRequire(import.meta.url).resolve('electron/package.json'))

/**
 * Path of Electron's executable, or null when its runtime is not installed: since Electron 42 the npm package has none and
 * downloads it on first use.
 *
 * @param folder The folder of the npm package `electron`.
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
  /** Default: ten minutes, which 1.5 Mbit/s just makes. */
  timeoutMs?: number
  /** Progress in words: at 3 s, then every 30 s. Silent before that, because without a network it fails at once. */
  tell?: (line: string) => void
  /** The program that downloads; default Electron's own. */
  installer?: string
}

/** Has Electron download its runtime and check it against the checksums in its package. True when that worked. */
export function fetchElectronRuntime({
  timeoutMs = 10 * 60_000,
  tell = () => undefined,
  installer = join(electronDir, 'install.js')
}: FetchOptions = {}): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [installer], { stdio: 'ignore' })
    const first = setTimeout(() => tell(t('shell.start.downloading')), 3000)
    const again = setInterval(() => tell(t('shell.start.still-downloading')), 30_000)
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
