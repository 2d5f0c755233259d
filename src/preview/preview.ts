import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium, type BrowserContext, type Frame, type Page } from 'playwright-core'
import { isChromiumActive } from './active-window.ts'
import { ignoreBrowserKeys } from './browser-keys.ts'
import { chromiumArguments, findChromium, isRoot } from './chromium.ts'
import { encodeReply, invokeBinding, preloadScript, receiveFunction } from './electron-shim.ts'
import { createTemporaryFolder } from '#adapters/programs/temporary-folder.ts'
import { createApp, type AppOptions } from '#app/app.ts'
import { answerRequest, type Sender } from '#app/bridge.ts'
import { whileHidden, type App, type Host } from '#app/host.ts'
import { pagePath, readAsset } from '#app/renderer-assets.ts'
import { DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'

/** The window's origin here. `.invalid` can never be a real host: what is not routed fails. */
export const previewOrigin = 'https://descry.invalid'

export interface PreviewOptions {
  /** The folder that scripts/build.ts wrote. */
  distDir: string
  /** For Chromium; default this process's. */
  env?: NodeJS.ProcessEnv
  /** Handed to createApp. */
  app?: AppOptions
}

export interface Preview {
  app: App
  page: Page
  /** Chromium's own folder, private to this run. */
  userDataDir: string
  /** Resolves when the window was closed and everything has ended. */
  closed: Promise<void>
  close(): Promise<void>
}

/** The browser is installed and could not open a window. */
export class NoBrowser extends DescryError {
  constructor(browser: string, cause: unknown) {
    super('unsupported', {
      message: t('shell.browser-failed', { browser }),
      next: t('shell.browser-failed.next'),
      cause
    })
    this.name = 'NoBrowser'
  }
}

/**
 * Opens Descry's window in the installed Chromium: host 2. The same app, handlers, preload and renderer as in Electron.
 * Throws not-found without a Chromium, NoBrowser, and whatever `App.start` throws, such as when Descry runs already.
 */
export async function startPreview(options: PreviewOptions): Promise<Preview> {
  const env = options.env ?? process.env
  const { name, path: executablePath } = await findChromium(env)
  const userDataDir = await createTemporaryFolder('preview')
  let page: Page | null = null
  let context: BrowserContext | null = null
  const closeWindow = async (): Promise<void> => context?.close()

  const host: Host = {
    name: 'preview',
    limits: t('shell.limits.preview'),
    isWindowFocused: async () => page !== null && (await isChromiumActive(userDataDir, env)),
    showWindow: async () => page?.bringToFront(),
    outOfSight: async (work) =>
      page !== null && (await isChromiumActive(userDataDir, env)) ? whileMinimized(page, work) : work(),
    send(name, payload) {
      if (page) sendEvent(page, name, payload)
    },
    quit() {
      void closeWindow()
    }
  }
  const app = await createApp(host, options.app)
  let ended: Promise<void> | null = null
  const end = (): Promise<void> => {
    page = null
    ended ??= app.close().then(() => rm(userDataDir, { recursive: true, force: true, maxRetries: 5 }))
    return ended
  }

  try {
    // Before a window opens: this fails if Descry runs already.
    await app.start()
    context = await launch(executablePath, userDataDir, env).catch((cause: unknown) => {
      throw new NoBrowser(name, cause)
    })
    const closed = new Promise<void>((resolve) => context?.once('close', () => resolve())).then(end)
    page = await openWindow(context, options.distDir, app)
    return {
      app,
      page,
      userDataDir,
      closed,
      async close() {
        await closeWindow()
        await closed
      }
    }
  } catch (error) {
    await closeWindow()
    await end()
    throw error
  }
}

async function launch(executablePath: string, userDataDir: string, env: NodeJS.ProcessEnv): Promise<BrowserContext> {
  return await chromium.launchPersistentContext(userDataDir, {
    executablePath,
    headless: false,
    chromiumSandbox: !isRoot(),
    args: chromiumArguments(),
    ignoreDefaultArgs: ['--enable-automation'],
    env: Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined)),
    // main.ts closes the app first.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    // Follow the system.
    viewport: null,
    colorScheme: null,
    reducedMotion: null,
    forcedColors: null,
    contrast: null
  })
}

async function whileMinimized<Value>(page: Page, work: () => Promise<Value>): Promise<Value> {
  const chromium = await page.context().newCDPSession(page)
  const { windowId, bounds } = await chromium.send('Browser.getWindowForTarget')
  const become = (windowState: NonNullable<typeof bounds.windowState>): Promise<unknown> =>
    chromium.send('Browser.setWindowBounds', { windowId, bounds: { windowState } })
  return whileHidden(
    {
      hide: async () => void (await become('minimized')),
      async show() {
        await become(bounds.windowState ?? 'normal')
        await page.bringToFront()
        await chromium.detach()
      }
    },
    work
  )
}

/** Puts routes, preload and bridge in place, and then loads the window. */
async function openWindow(context: BrowserContext, distDir: string, app: App): Promise<Page> {
  const page = context.pages()[0] ?? (await context.newPage())
  const preload = await readFile(join(distDir, 'preload', 'preload.cjs'), 'utf8')
  await context.route('**/*', async (route) => {
    const { origin, pathname } = new URL(route.request().url())
    if (origin !== previewOrigin) return await route.abort('blockedbyclient')
    const { status, headers, body } = await readAsset(join(distDir, 'renderer'), pathname)
    await route.fulfill({ status, headers, body: Buffer.from(body) })
  })
  await context.exposeBinding(invokeBinding, async ({ frame }, name: unknown, input: unknown) =>
    encodeReply(await answerRequest(app, previewOrigin, senderOf(frame, page), name, input))
  )
  await context.addInitScript({ content: preloadScript(preload) })
  await context.addInitScript(ignoreBrowserKeys)
  await page.goto(`${previewOrigin}/${pagePath}`)
  return page
}

function senderOf(frame: Frame, page: Page): Sender {
  const origin = URL.canParse(frame.url()) ? new URL(frame.url()).origin : 'null'
  return { origin, isMainFrame: frame === page.mainFrame() }
}

/** Without a page that listens, the event is dropped: the next snapshot contains everything. */
function sendEvent(page: Page, name: string, payload: unknown): void {
  page
    .evaluate(
      ([receive, ...values]) => {
        const take = (globalThis as unknown as Record<string, unknown>)[receive]
        if (typeof take === 'function') take(...values)
      },
      [receiveFunction, name, payload] as const
    )
    // The page is going away.
    .catch(() => undefined)
}
