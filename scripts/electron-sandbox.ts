import { execFile } from 'node:child_process'
import { copyFile, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

/** What Chromium's sandbox can be made of on Linux. */
export interface SandboxProbes {
  /** An ordinary program may become root in a user namespace of its own. True, too, when that cannot be found out. */
  hasUserNamespaces(): Promise<boolean>
  /** Owner and mode of a file; null when there is none. */
  ownerAndMode(path: string): Promise<{ uid: number; mode: number } | null>
}

/**
 * The one command that lets Electron run in its sandbox on this Linux; null when it can. Without user namespaces, which Ubuntu
 * takes from programs without an AppArmor profile since 23.10, Chromium needs the helper next to it to belong to root and
 * to have the mode 4755, which no download has. Without either it ends at once.
 *
 * @param electron path of Electron's executable.
 */
export async function sandboxRepair(electron: string, probes: SandboxProbes = ofThisSystem): Promise<string | null> {
  if (await probes.hasUserNamespaces()) return null
  const helper = join(dirname(electron), 'chrome-sandbox')
  const found = await probes.ownerAndMode(helper)
  if (!found) return 'sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0'
  if (found.uid === 0 && found.mode === 0o4755) return null
  return `sudo chown root:root ${quoted(helper)} && sudo chmod 4755 ${quoted(helper)}`
}

const ofThisSystem: SandboxProbes = { hasUserNamespaces, ownerAndMode }

async function ownerAndMode(path: string): Promise<{ uid: number; mode: number } | null> {
  const found = await stat(path).catch(() => null)
  return found && { uid: found.uid, mode: found.mode & 0o7777 }
}

/** Runs a copy of `unshare`: AppArmor's profiles go by path, and newer Ubuntus have one that lets /usr/bin/unshare do it. */
async function hasUserNamespaces(): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'descry-sandbox-'))
  try {
    const unshare = join(folder, 'unshare')
    await copyFile('/usr/bin/unshare', unshare)
    await promisify(execFile)(unshare, ['-Ur', 'true'], { timeout: 5000 })
    return true
  } catch (error) {
    // An exit code is an answer. Everything else, such as a system without unshare, is none.
    return typeof (error as { code?: unknown }).code !== 'number'
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** As one word of a shell. */
function quoted(path: string): string {
  return /^[\w/.+@-]+$/u.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`
}
