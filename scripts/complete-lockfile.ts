/**
 * Adds to package-lock.json every platform package that `npm install` left out.
 *
 * When a registry does not have the package for some other platform yet, `npm install` silently drops it from the
 * lockfile, and `npm ci` then stops with "Missing … from lock file". Run this after every `npm install`;
 * test/scripts/lockfile.test.ts compares the two.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

interface LockPackage {
  version?: string
  optional?: boolean
  dev?: boolean
  os?: string[]
  cpu?: string[]
  libc?: string[]
  optionalDependencies?: Record<string, string>
}
interface Lockfile {
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

/** The platform packages that a locked package lists as optional and the lockfile lacks. */
export function missingPlatformPackages(lock: Lockfile): { name: string; version: string; dev: boolean }[] {
  const missing = new Map<string, { name: string; version: string; dev: boolean }>()
  for (const entry of Object.values(lock.packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      const isLocked = Object.keys(lock.packages).some((path) => path.endsWith(`node_modules/${name}`))
      if (!isLocked) missing.set(name, { name, version, dev: entry.dev ?? false })
    }
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
  const [root, ...rest] = Object.keys(lock.packages)
  const sorted = [root ?? '', ...rest.toSorted((a, b) => (a < b ? -1 : 1))]
  lock.packages = Object.fromEntries(sorted.map((key) => [key, lock.packages[key] ?? {}]))
  writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`)
  console.log(`Added ${missing.length} platform packages: ${missing.map(({ name }) => name).join(', ') || 'none'}.`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main()
