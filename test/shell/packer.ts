import { copyFile, link, mkdir, readdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import type { Configuration } from 'electron-builder'

// electron-builder's own reader and file matchers. Nothing is packed with them here: that needs Electron's runtime.

const require = createRequire(import.meta.url)
export const root = join(import.meta.dirname, '../..')

interface Stat {
  isDirectory(): boolean
}
interface Matcher {
  createFilter(): (path: string, stat: Stat) => boolean
}

const { getConfig, validateConfiguration } = require('app-builder-lib/out/util/config/config.js') as {
  getConfig: (projectDir: string, configPath: string, options: null) => Promise<Configuration>
  validateConfiguration: (config: unknown, logger: { isEnabled: boolean }) => Promise<void>
}
const { FileMatcher, getMainFileMatchers, getNodeModuleFileMatcher } =
  require('app-builder-lib/out/fileMatcher.js') as {
    FileMatcher: new (from: string, to: string, expand: (text: string) => string, patterns: string[]) => Matcher
    getMainFileMatchers: (...args: unknown[]) => Matcher[]
    getNodeModuleFileMatcher: (...args: unknown[]) => Matcher
  }
export { validateConfiguration }

export interface System {
  /** As electron-builder's sections are named. */
  name: 'linux' | 'mac' | 'win'
  arch: 'x64' | 'arm64'
}
const expandFor =
  ({ arch }: System) =>
  (text: string): string =>
    text.replaceAll('${arch}', arch)
const linux: System = { name: 'linux', arch: 'x64' }
const file: Stat = { isDirectory: () => false }
const infoFor = (config: Configuration): object => ({
  projectDir: root,
  buildResourcesDir: 'assets',
  config,
  debugLogger: { isEnabled: false }
})

/** Tells of a path in the project whether it passes. */
type Filter = (path: string) => boolean
function filterOf(matcher: Matcher | undefined): Filter {
  // Made once: it compiles every pattern, and tens of thousands of paths are asked about.
  const passes = matcher?.createFilter()
  return (path) => passes?.(join(root, path), file) ?? false
}

export async function readPackerConfig(): Promise<Configuration> {
  return await getConfig(root, join(root, 'electron-builder.yml'), null)
}

/** What of the project itself is packed. */
export function packsOwn(config: Configuration): Filter {
  const [matcher] = getMainFileMatchers(
    root,
    '/to',
    expandFor(linux),
    {},
    { info: infoFor(config) },
    join(root, 'release'),
    false
  )
  return filterOf(matcher)
}

/** What of the packages is packed for a system; paths begin with `node_modules`. */
export function packsOfPackages(config: Configuration, system = linux): Filter {
  return filterOf(getNodeModuleFileMatcher(root, '/to', expandFor(system), config[system.name] ?? {}, infoFor(config)))
}

/** What lies beside the archive and not in it. */
export function liesOutside(config: Configuration): Filter {
  return filterOf(new FileMatcher(root, '/to', expandFor(linux), [config.asarUnpack ?? []].flat()))
}

/** Puts the packages into `folder` as they are packed: those that run, less what the patterns leave out. */
export async function packPackages(config: Configuration, folder: string): Promise<void> {
  const isPacked = packsOfPackages(config)
  const { packages } = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean }>
  }
  const made = new Set<string>()
  for (const [path, { dev }] of Object.entries(packages)) {
    if (path === '' || dev) continue
    // Packages for other systems are not there.
    const entries = await readdir(join(root, path), { recursive: true, withFileTypes: true }).catch(() => [])
    for (const entry of entries) {
      const from = join(entry.parentPath, entry.name)
      const isNested = relative(join(root, path), from).includes('node_modules')
      if (isNested || !entry.isFile() || !isPacked(relative(root, from))) continue
      const to = join(folder, relative(root, from))
      if (!made.has(dirname(to))) await mkdir(dirname(to), { recursive: true })
      made.add(dirname(to))
      // A link costs nothing; another disk needs a copy.
      await link(from, to).catch(() => copyFile(from, to))
    }
  }
}
