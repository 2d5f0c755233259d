import { readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import {
  missingPlatformPackages,
  packagesWithEngines,
  packagesWithoutIntegrity,
  type Lockfile,
  type LockPackage
} from '../../scripts/complete-lockfile.ts'

const read = (name: string): unknown => JSON.parse(readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8'))
const lock = read('package-lock.json') as Lockfile
const project = read('package.json') as Record<
  'dependencies' | 'devDependencies' | 'optionalDependencies',
  Record<string, string>
>

describe('the lockfile', () => {
  it('has every platform package, which npm ci requires', () => {
    expect(missingPlatformPackages(lock)).toEqual([])
  })

  it('has an integrity hash for every package', () => {
    expect(packagesWithoutIntegrity(lock)).toEqual([])
  })

  it('names no engines, for which npm on an older Node would print a warning each', () => {
    expect(packagesWithEngines(lock)).toEqual([])
    expect(packagesWithEngines({ packages: { '': { engines: {} }, 'node_modules/a': { engines: {} } } })).toEqual([
      'node_modules/a'
    ])
  })
})

test('every dependency is pinned exactly', () => {
  const { dependencies, devDependencies, optionalDependencies } = project
  for (const version of Object.values({ ...dependencies, ...devDependencies, ...optionalDependencies }))
    expect(version).toMatch(/^\d+\.\d+\.\d+$/u)
})

const systems = [
  { os: 'linux', cpu: 'x64' },
  { os: 'linux', cpu: 'arm64' },
  { os: 'darwin', cpu: 'x64' },
  { os: 'darwin', cpu: 'arm64' },
  { os: 'win32', cpu: 'x64' },
  { os: 'win32', cpu: 'arm64' }
]
type System = (typeof systems)[number]
const nameOf = ({ os, cpu }: System): string => `${os}-${cpu}`

/** As npm decides it: a list of names, or of names with an exclamation mark. */
function allows(list: string | string[] | undefined, name: string): boolean {
  const names = [list ?? []].flat()
  if (names.length === 0) return true
  return names[0]?.startsWith('!') ? !names.includes(`!${name}`) : names.includes(name)
}

function isFor(entry: LockPackage | undefined, { os, cpu }: System): boolean {
  return entry !== undefined && allows(entry.os, os) && allows(entry.cpu, cpu) && allows(entry.libc, 'glibc')
}

const locked = (name: string): LockPackage | undefined => lock.packages[`node_modules/${name}`]

describe('the Node that npm ci installs', () => {
  it.each(systems)('is one that runs Descry, on $os $cpu', (system) => {
    const found = Object.keys(project.optionalDependencies).filter((name) => isFor(locked(name), system))
    expect(found).toHaveLength(1)
    const [major = 0, minor = 0] =
      locked(found[0] ?? '')
        ?.version?.split('.')
        .map(Number) ?? []
    expect(major * 100 + minor, found[0]).toBeGreaterThanOrEqual(2405)
  })
})

describe('native packages', () => {
  /**
   * The systems for which a package has no build, and what happens there. A new package, or one that loses a build, has to
   * be looked at and entered. Below the line are those for work on Descry.
   */
  const without: Record<string, Record<string, string>> = {
    '@napi-rs/canvas': {},
    '@napi-rs/keyring': {},
    koffi: {},
    'node-screenshots': {},
    '@miniben90/x-win': {
      'linux-arm64': 'On Linux it is not used: the X server is asked (src/adapters/capture/x11-active-window.ts).'
    },
    'exiftool-vendored': {},
    // ---
    lightningcss: {},
    oxlint: {},
    'oxlint-tsgolint': {},
    rolldown: {},
    typescript: {},
    vite: Object.fromEntries(
      systems.filter(({ os }) => os !== 'darwin').map((system) => [nameOf(system), 'fsevents is a part of macOS.'])
    )
  }

  it('are these', () => {
    const native = Object.entries(lock.packages)
      .filter(([path, { optionalDependencies = {} }]) => {
        const parts = Object.keys(optionalDependencies)
        return path !== '' && parts.some((part) => locked(part)?.os !== undefined)
      })
      .map(([path]) => path.replace('node_modules/', ''))
    expect(native.toSorted()).toEqual(Object.keys(without).toSorted())
  })

  it.each(Object.entries(without))('%s has a build for every system but those named', (name, exceptions) => {
    const builds = Object.keys(locked(name)?.optionalDependencies ?? {}).map(locked)
    const lacking = systems.filter((system) => !builds.some((build) => isFor(build, system))).map(nameOf)
    expect(lacking).toEqual(Object.keys(exceptions))
  })
})
