import { Ajv } from 'ajv'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Configuration } from 'electron-builder'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadOver } from './running-shell.ts'
import { createFakeElectron } from '#test/fake-electron.ts'

// electron-builder.yml as electron-builder itself reads, checks and applies it. Nothing is packed here: that needs
// Electron's runtime.
const require = createRequire(import.meta.url)
const root = join(import.meta.dirname, '../..')

interface Stat {
  isDirectory(): boolean
}
type Filter = (path: string, stat: Stat) => boolean
interface Matcher {
  createFilter(): Filter
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

const expand = (text: string): string => text
const file: Stat = { isDirectory: () => false }
let config: Configuration

beforeAll(async () => {
  config = await getConfig(root, join(root, 'electron-builder.yml'), null)
})

describe('electron-builder.yml', () => {
  it('fits the schema of electron-builder', async () => {
    const ajv = new Ajv({ strict: false, allErrors: true })
    const schema = JSON.parse(readFileSync(require.resolve('app-builder-lib/scheme.json'), 'utf8')) as Record<
      string,
      unknown
    >
    const check = ajv.compile(schema)
    check(config)
    expect(check.errors).toBeNull()
    // A check that accepts everything would be no check.
    expect(check({ ...config, asarUnpak: [] })).toBe(false)
    await validateConfiguration(config, { isEnabled: false })
  })

  it('names files that are there', () => {
    const { win, mac, linux } = config
    const named = [win?.icon, mac?.icon, mac?.entitlements, mac?.entitlementsInherit, linux?.icon]
    for (const path of named) expect(existsSync(join(root, String(path))), String(path)).toBe(true)
  })

  it('has the identity that the running program claims', async () => {
    const { appId } = await loadOver(createFakeElectron(), () => import('../../src/main/identity.ts'))
    expect(config.appId).toBe(appId)
    expect(config.extraMetadata).toEqual({ desktopName: `${appId}.desktop` })
    expect(config.linux?.syncDesktopName).toBe(true)
    // A portal wants a reverse domain name with at least two dots.
    expect(appId).toMatch(/^[a-z]+(?:\.[A-Za-z]+){2,}$/u)
  })

  it('closes the ways round the packed program', () => {
    expect(config.asar).toBe(true)
    expect(config.electronFuses).toMatchObject({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      onlyLoadAppFromAsar: true,
      enableEmbeddedAsarIntegrityValidation: true,
      grantFileProtocolExtraPrivileges: false
    })
    expect(config.mac?.hardenedRuntime).toBe(true)
  })

  it('has the targets for three systems and packs the entry that package.json names', () => {
    expect(config.win?.target).toBe('nsis')
    expect(config.mac?.target).toEqual(['dmg', 'zip'])
    expect(config.linux?.target).toEqual(['AppImage', 'deb'])
    const { main } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { main: string }
    expect(main).toBe('dist/main/main.js')
  })
})

describe('what is packed', () => {
  const packager = (): object => ({
    info: { projectDir: root, buildResourcesDir: 'assets', config, debugLogger: { isEnabled: false } }
  })

  it.each([
    ['dist/main/main.js', true],
    ['dist/preload/preload.cjs', true],
    ['dist/renderer/index.html', true],
    ['assets/tray/tray.png', true],
    ['assets/tray/trayTemplate@2x.png', true],
    ['assets/earcons/ready.wav', true],
    ['package.json', true],
    ['LICENSE', true],
    ['dist/main/main.js.map', false],
    ['assets/icon.icns', false],
    ['src/main/main.ts', false],
    ['test/shell/packaging.test.ts', false],
    ['scripts/start.ts', false],
    ['electron-builder.yml', false],
    ['.env', false]
  ])('of our own: %s %s', (path, isPacked) => {
    const [matcher] = getMainFileMatchers(root, '/to', expand, {}, packager(), join(root, 'release'), false)
    expect(matcher?.createFilter()(join(root, path), file)).toBe(isPacked)
  })

  it.each([
    ['openai/index.mjs', true],
    ['openai/src/index.ts', false],
    ['zod/index.d.ts', false],
    ['react-dom/index.js', false],
    ['tesseract.js/src/worker-script/node/index.js', true],
    ['tesseract.js-core/tesseract-core-relaxedsimd-lstm.js', true],
    ['tesseract.js-core/tesseract-core-relaxedsimd-lstm.wasm', true],
    ['tesseract.js-core/tesseract-core-lstm.wasm', true],
    ['tesseract.js-core/tesseract-core-simd-lstm.wasm.js', false],
    ['tesseract.js-core/tesseract-core-simd.wasm', false],
    ['@tesseract.js-data/eng/4.0.0_best_int/eng.traineddata.gz', true],
    ['@tesseract.js-data/eng/4.0.0/eng.traineddata.gz', false],
    ['zxing-wasm/dist/reader/zxing_reader.wasm', true],
    ['zxing-wasm/dist/es/reader/index.js', true],
    ['zxing-wasm/dist/es/share.js', true],
    ['zxing-wasm/dist/full/zxing_full.wasm', false]
  ])('of the packages: %s %s', (path, isPacked) => {
    // The pattern would rot unseen if the file were not there under this name.
    expect(existsSync(join(root, 'node_modules', path)), `${path} is there`).toBe(true)
    const matcher = getNodeModuleFileMatcher(root, '/to', expand, {}, (packager() as { info: object }).info)
    expect(matcher.createFilter()(join(root, 'node_modules', path), file)).toBe(isPacked)
  })
})

describe('what lies outside the archive', () => {
  const isUnpacked = (path: string): boolean =>
    new FileMatcher(root, '/to', expand, [config.asarUnpack ?? []].flat()).createFilter()(join(root, path), file)

  /** A package and all that it requires, by name. */
  function withDependencies(name: string, found = new Set<string>()): Set<string> {
    if (found.has(name)) return found
    found.add(name)
    const path = join(root, 'node_modules', name, 'package.json')
    const { dependencies = {} } = JSON.parse(readFileSync(path, 'utf8')) as { dependencies?: Record<string, string> }
    for (const dependency of Object.keys(dependencies)) withDependencies(dependency, found)
    return found
  }

  it('is all that the OCR thread requires', () => {
    for (const name of withDependencies('tesseract.js'))
      expect(isUnpacked(`node_modules/${name}/index.js`), name).toBe(true)
    expect(isUnpacked('node_modules/@tesseract.js-data/eng/4.0.0_best_int/eng.traineddata.gz')).toBe(true)
    expect(isUnpacked('node_modules/zxing-wasm/dist/reader/zxing_reader.wasm')).toBe(true)
  })

  it('is every native library, and not our own code', () => {
    expect(isUnpacked('node_modules/@napi-rs/canvas-linux-x64-gnu/skia.linux-x64-gnu.node')).toBe(true)
    expect(isUnpacked('dist/main/main.js')).toBe(false)
    expect(isUnpacked('node_modules/openai/index.mjs')).toBe(false)
  })
})
