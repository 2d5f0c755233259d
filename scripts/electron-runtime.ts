import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createRequire } from 'node:module'
import { causeReporter, downloadEnvironment, downloadFailure } from './electron-download.ts'
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
  /** Progress in words: at 3 s, then every 30 s. Silent before that. At a failure, one sentence that says why. */
  tell?: (line: string) => void
  /** The program that downloads; default Electron's own. */
  installer?: string
  /** Proxies, mirrors and certificates; default this process's. */
  env?: NodeJS.ProcessEnv
}

/** Enough for an error with its stack. */
const keptCharacters = 8000

/** Has Electron download its runtime and check it against the checksums in its package. True when that worked. */
export function fetchElectronRuntime({
  timeoutMs = 10 * 60_000,
  tell = () => undefined,
  installer = join(electronDir, 'install.js'),
  env = process.env
}: FetchOptions = {}): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--import', causeReporter, installer], {
      env: downloadEnvironment(env),
      stdio: ['ignore', 'ignore', 'pipe']
    })
    let output = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output = (output + text).slice(-keptCharacters)))
    const first = setTimeout(() => tell(t('shell.start.downloading')), 3000)
    const again = setInterval(() => tell(t('shell.start.still-downloading')), 30_000)
    let isLate = false
    const giveUp = setTimeout(() => {
      isLate = true
      child.kill('SIGKILL')
    }, timeoutMs)
    const done = (failure: string | null): void => {
      clearTimeout(first)
      clearInterval(again)
      clearTimeout(giveUp)
      if (failure !== null) tell(failure)
      resolve(failure === null)
    }
    child.once('error', (error) => done(downloadFailure(String(error), env)))
    child.once('close', (code) => {
      if (isLate) done(t('shell.download.too-slow'))
      else done(code === 0 ? null : downloadFailure(output, env))
    })
  })
}

function read(path: string): string | null {
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : null
}

function existing(path: string): string | null {
  return existsSync(path) ? path : null
}
