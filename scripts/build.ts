/**
 * `npm run build`: builds the window, the preload script and the shell into dist/.
 *
 * The window is a handful of files without inline code, because its security policy allows none. The preload is one
 * CommonJS file, because Electron's sandbox loads nothing else. The shell does not bundle its packages, so native modules
 * are loaded from where they were installed.
 */
import react from '@vitejs/plugin-react'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build as viteBuild, type InlineConfig } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Where a host finds the built window. */
export const distDir = join(root, 'dist')

const common = { root, configFile: false, logLevel: 'warn', publicDir: false } satisfies InlineConfig
// Electron 45's Chromium, and what Debian stable ships for the preview.
const browser = 'chrome140'

/** Always builds for production: under vitest NODE_ENV is "test", and React's development build would be bundled. */
async function build(config: InlineConfig): Promise<void> {
  const { NODE_ENV } = process.env
  process.env.NODE_ENV = 'production'
  try {
    await viteBuild(config)
  } finally {
    if (NODE_ENV === undefined) delete process.env.NODE_ENV
    else process.env.NODE_ENV = NODE_ENV
  }
}

/** Packages and built-ins are not bundled; relative, absolute (`C:\\…` as well) and `#` imports are. */
export const outsidePackage = /^(?![A-Za-z]:[/\\])[\w@]/u

/** Builds the window into `<outDir>/renderer`. */
export async function buildRenderer(outDir = distDir): Promise<void> {
  await build({
    ...common,
    root: join(root, 'src/renderer'),
    base: './',
    plugins: [react()],
    build: {
      outDir: join(outDir, 'renderer'),
      emptyOutDir: true,
      target: browser,
      assetsInlineLimit: 0,
      modulePreload: false,
      reportCompressedSize: false
    }
  })
}

/** Builds the preload into `<outDir>/preload/preload.cjs`. */
export async function buildPreload(outDir = distDir): Promise<void> {
  await build({
    ...common,
    build: {
      outDir: join(outDir, 'preload'),
      emptyOutDir: true,
      target: browser,
      minify: false,
      reportCompressedSize: false,
      lib: { entry: join(root, 'src/preload/preload.ts'), formats: ['cjs'], fileName: () => 'preload.cjs' },
      rolldownOptions: { external: ['electron'] }
    }
  })
}

/**
 * Builds the Electron shell into `<outDir>/main/main.js`, and the programs of its helper processes and threads next to it.
 * False when there is no shell to build.
 */
export async function buildMain(outDir = distDir): Promise<boolean> {
  const entry = join(root, 'src/main/main.ts')
  if (!existsSync(entry)) return false
  await build({
    ...common,
    build: {
      outDir: join(outDir, 'main'),
      emptyOutDir: true,
      target: 'node24',
      minify: false,
      reportCompressedSize: false,
      ssr: true,
      rolldownOptions: {
        input: {
          main: entry,
          'helper-program': join(root, 'src/adapters/helper/helper-program.ts'),
          'zxing-thread': join(root, 'src/adapters/pictures/zxing-thread.ts')
        },
        external: outsidePackage,
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name].js' }
      }
    }
  })
  return true
}

/** What a window needs, in either host. */
export async function buildWindow(outDir = distDir): Promise<void> {
  await buildRenderer(outDir)
  await buildPreload(outDir)
}

export async function buildAll(outDir = distDir): Promise<void> {
  await buildWindow(outDir)
  const hasShell = await buildMain(outDir)
  if (!hasShell) console.log('The Electron shell was not built: src/main/main.ts does not exist.')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const startMs = performance.now()
  await buildAll()
  console.log(`Built dist in ${Math.round(performance.now() - startMs)} ms.`)
}
