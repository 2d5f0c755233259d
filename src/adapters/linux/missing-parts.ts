import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findProgram } from '../programs/run-program.ts'
import { descryParts, type DescryPartId, type Distribution, type SystemPart } from './system-parts.ts'

/** Debian keeps a processor's libraries in a folder of their own. */
const triplets: Partial<Record<NodeJS.Architecture, string>> = {
  x64: 'x86_64-linux-gnu',
  arm64: 'aarch64-linux-gnu',
  arm: 'arm-linux-gnueabihf'
}

/** Where libraries, their helper programs and shared data are, below the root of the system. */
const folders = [`usr/lib/${triplets[process.arch]}`, 'usr/lib64', 'usr/lib', 'usr/libexec', 'usr/share']

export interface SystemPlace {
  env?: NodeJS.ProcessEnv | undefined
  /** Folder that stands for `/`. */
  root?: string
}

/** Which of `parts` this Linux system lacks. */
export function missingParts<Part extends SystemPart>(
  parts: readonly Part[],
  { env = process.env, root = '/' }: SystemPlace = {}
): Part[] {
  const hasProgram = (name: string): boolean => findProgram(name, env) !== null
  const hasFile = (path: string): boolean =>
    folders.some((folder) => globSync(path, { cwd: join(root, folder) }).length > 0)
  const isInstalled = ({ programs = [], files = [] }: SystemPart): boolean =>
    programs.every((names) => [names].flat().some(hasProgram)) && files.every((paths) => [paths].flat().some(hasFile))
  return parts.filter((part) => !isInstalled(part))
}

/** Null for a system that is not on the list, and for a distribution that is not like one on it. */
export function findDistribution({ root = '/' }: Pick<SystemPlace, 'root'> = {}): Distribution | null {
  let text: string
  try {
    // https://www.freedesktop.org/software/systemd/man/latest/os-release.html
    text = readFileSync(join(root, 'etc/os-release'), 'utf8')
  } catch {
    return null
  }
  const value = (key: string): string => new RegExp(`^${key}=["']?([^"'\\n]*)`, 'mu').exec(text)?.[1] ?? ''
  const names = [value('ID'), ...value('ID_LIKE').split(' ')]
  for (const name of names) {
    const found = (['debian', 'fedora', 'arch'] as const).find((one) => one === name)
    if (found) return found
    if (name === 'ubuntu') return 'debian'
    if (name === 'rhel') return 'fedora'
  }
  return null
}

const installers: Record<Distribution, string> = {
  debian: 'apt-get install',
  fedora: 'dnf install',
  arch: 'pacman -S'
}

/** The packages of some parts, each once. */
export function packagesOf(parts: readonly SystemPart[], distribution: Distribution): string[] {
  return [...new Set(parts.flatMap(({ packages }) => packages[distribution]))]
}

/** The line that installs some parts, for a terminal. */
export function installCommand(
  parts: readonly SystemPart[],
  distribution: Distribution,
  isRoot = process.getuid?.() === 0
): string {
  return installPackages(packagesOf(parts, distribution), distribution, isRoot)
}

/** The same for packages by name. */
export function installPackages(
  packages: readonly string[],
  distribution: Distribution,
  isRoot = process.getuid?.() === 0
): string {
  return `${isRoot ? '' : 'sudo '}${installers[distribution]} ${packages.join(' ')}`
}

/** The line that installs a part on this system; null where no distribution on the list is found. */
export function commandFor(id: DescryPartId, { root = '/' }: Pick<SystemPlace, 'root'> = {}): string | null {
  const distribution = findDistribution({ root })
  const part = descryParts.filter((one) => one.id === id)
  return distribution === null ? null : installCommand(part, distribution)
}
