/**
 * `npm run lockfile`: completes what `npm install` leaves out of package-lock.json. Run it after every `npm install`;
 * test/scripts/lockfile.test.ts checks the result.
 *
 * - Platform packages: when a registry does not have the package for some other platform yet, `npm install` silently drops
 *   it from the lockfile, and `npm ci` then stops with "Missing … from lock file".
 * - Integrity hashes: without one, `npm ci` installs whatever the registry answers.
 * - Engines: packages run on the Node that is installed with them (docs/decisions/0093-node-as-a-package.md). npm compares
 *   their `engines` with the Node that it runs on itself, and would print a warning for each of a dozen.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export interface LockPackage {
  version?: string
  integrity?: string
  optional?: boolean
  dev?: boolean
  os?: string[]
  cpu?: string[]
  libc?: string[]
  engines?: Record<string, string>
  dependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
}
export interface Lockfile {
  packages: Record<string, LockPackage>
}

const systems = new Set(['linux', 'darwin', 'win32', 'android', 'freebsd', 'openharmony'])
const processors: Record<string, string> = {
  x64: 'x64',
  arm64: 'arm64',
  arm: 'arm',
  armv7: 'arm',
  ia32: 'ia32',
  riscv64: 'riscv64',
  ppc64: 'ppc64',
  s390x: 's390x',
  loong64: 'loong64'
}

/** The path of a package in the lockfile, without the packages that it lies in. */
const nameOf = (path: string): string => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)

/** The platform packages that a locked package lists as optional and the lockfile lacks. */
export function missingPlatformPackages(lock: Lockfile): { name: string; version: string; dev: boolean }[] {
  const missing = new Map<string, { name: string; version: string; dev: boolean }>()
  const locked = new Set(Object.keys(lock.packages).map(nameOf))
  for (const entry of Object.values(lock.packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {}))
      if (!locked.has(name)) missing.set(name, { name, version, dev: entry.dev ?? false })
  }
  return [...missing.values()]
}

function platformOf(name: string): Pick<LockPackage, 'os' | 'cpu' | 'libc'> {
  const words = name.split(/[-/]/)
  const os = words.find((word) => systems.has(word))
  const cpu = words.map((word) => processors[word]).find((word) => word !== undefined)
  const libc = words.includes('musl') ? 'musl' : words.includes('gnu') ? 'glibc' : undefined
  return { ...(os && { os: [os] }), ...(cpu && { cpu: [cpu] }), ...(libc && os === 'linux' && { libc: [libc] }) }
}

/** The packages without an integrity hash, by their path in the lockfile. */
export function packagesWithoutIntegrity(lock: Lockfile): string[] {
  return Object.entries(lock.packages)
    .filter(([path, { integrity }]) => path !== '' && integrity === undefined)
    .map(([path]) => path)
}

/** The packages that name the Node they want, by their path; the project itself may. */
export function packagesWithEngines(lock: Lockfile): string[] {
  return Object.entries(lock.packages)
    .filter(([path, { engines }]) => path !== '' && engines !== undefined)
    .map(([path]) => path)
}

/** What the registry says; undefined if it does not have that version. */
function integrityOf(name: string, version: string): string | undefined {
  try {
    const output = execFileSync('npm', ['view', `${name}@${version}`, 'dist.integrity'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      // npm is a script there, which only a shell starts.
      shell: process.platform === 'win32'
    })
    return output.trim() || undefined
  } catch {
    return undefined
  }
}

function main(): void {
  const path = new URL('../package-lock.json', import.meta.url)
  const lock = JSON.parse(readFileSync(path, 'utf8')) as Lockfile

  const missing = missingPlatformPackages(lock)
  for (const { name, version, dev } of missing) {
    lock.packages[`node_modules/${name}`] = {
      version: version.replace(/^[\^~]/, ''),
      ...platformOf(name),
      ...(dev && { dev: true }),
      optional: true
    }
  }
  console.log(`Added ${missing.length} platform packages: ${missing.map(({ name }) => name).join(', ') || 'none'}.`)

  for (const one of packagesWithEngines(lock)) delete lock.packages[one]?.engines
  // Node for Linux is built for glibc, and does not say so.
  for (const [one, entry] of Object.entries(lock.packages))
    if (nameOf(one).startsWith('node-linux-')) entry.libc = ['glibc']

  for (const one of packagesWithoutIntegrity(lock)) {
    const entry = lock.packages[one]
    const integrity = integrityOf(nameOf(one), entry?.version ?? '')
    if (entry && integrity) lock.packages[one] = { version: entry.version ?? '', integrity, ...entry }
    else {
      process.exitCode = 1
      console.error(`The registry has no integrity hash for ${nameOf(one)}@${entry?.version}.`)
    }
  }

  const [root, ...rest] = Object.keys(lock.packages)
  const sorted = [root ?? '', ...rest.toSorted((a, b) => (a < b ? -1 : 1))]
  lock.packages = Object.fromEntries(sorted.map((key) => [key, lock.packages[key] ?? {}]))
  writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main()
