import { createHash } from 'node:crypto'
import { userInfo } from 'node:os'
import native, { posix, win32 } from 'node:path'

/** Where Descry keeps its files. Creates nothing itself. Writers create folders with mode 0700 and files with 0600. */
export interface Paths {
  /** Settings, as JSON. */
  settingsFile: string
  /** Holds the token and the database. */
  stateDir: string
  /** Spending and saved captions, as SQLite. */
  databaseFile: string
  /** Data for reading text in languages that the user has added. */
  languagesDir: string
  /** The log, which the user turns on. */
  logFile: string
  /** The token that the control socket requires. */
  tokenFile: string
  /** A Unix socket's path, short enough for every system, or the name of a Windows pipe. */
  socketPath: string
}

/** `sun_path` holds 104 bytes on macOS and 108 on Linux, with the closing zero. */
const longestSocketPath = 103

/** The folder that DESCRY_HOME names, absolute: a relative one is in the folder where Descry was started. Null without it. */
export function descryHome(env: NodeJS.ProcessEnv, path: typeof posix = native): string | null {
  return env.DESCRY_HOME ? path.resolve(env.DESCRY_HOME) : null
}

/**
 * DESCRY_HOME holds everything; without it, each system's usual folders do.
 *
 * @param env The environment; relative XDG paths are ignored, as their specification requires.
 */
export function paths(env: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform): Paths {
  const path = platform === 'win32' ? win32 : posix
  const absolute = (value: string | undefined, otherwise: string): string =>
    value && path.isAbsolute(value) ? value : otherwise
  const named = platform === 'win32' ? env.USERPROFILE : env.HOME
  // Not `homedir()`, which returns an empty HOME; and only when needed, because a container's user may have no entry.
  const home = named && path.isAbsolute(named) ? named : userInfo().homedir

  let configDir: string
  let stateDir: string
  let runtimeDir: string | null = null
  const own = descryHome(env, path)
  if (own) {
    configDir = stateDir = own
  } else if (platform === 'win32') {
    configDir = path.join(absolute(env.APPDATA, path.join(home, 'AppData', 'Roaming')), 'Descry')
    stateDir = path.join(absolute(env.LOCALAPPDATA, path.join(home, 'AppData', 'Local')), 'Descry')
  } else if (platform === 'darwin') {
    configDir = stateDir = path.join(home, 'Library', 'Application Support', 'Descry')
  } else {
    configDir = path.join(absolute(env.XDG_CONFIG_HOME, path.join(home, '.config')), 'descry')
    stateDir = path.join(absolute(env.XDG_STATE_HOME, path.join(home, '.local', 'state')), 'descry')
    if (env.XDG_RUNTIME_DIR && path.isAbsolute(env.XDG_RUNTIME_DIR))
      runtimeDir = path.join(env.XDG_RUNTIME_DIR, 'descry')
  }

  return {
    settingsFile: path.join(configDir, 'settings.json'),
    stateDir,
    databaseFile: path.join(stateDir, 'descry.sqlite'),
    languagesDir: path.join(stateDir, 'languages'),
    logFile: path.join(stateDir, 'descry.log'),
    tokenFile: path.join(stateDir, 'control.token'),
    socketPath:
      platform === 'win32' ? `\\\\.\\pipe\\descry-${shortHash(stateDir)}` : socketIn(runtimeDir ?? stateDir, env)
  }
}

function socketIn(dir: string, env: NodeJS.ProcessEnv): string {
  const wanted = posix.join(dir, 'control.sock')
  if (Buffer.byteLength(wanted) <= longestSocketPath) return wanted
  // Named after the user and the folder, so that each Descry home has its own and every command finds it.
  const name = `descry-${userInfo().uid}-${shortHash(dir)}/control.sock`
  const temporary = posix.join(env.TMPDIR && posix.isAbsolute(env.TMPDIR) ? env.TMPDIR : '/tmp', name)
  return Buffer.byteLength(temporary) <= longestSocketPath ? temporary : posix.join('/tmp', name)
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12)
}
