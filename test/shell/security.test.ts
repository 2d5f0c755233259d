import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getCACertificates } from 'node:tls'
import { describe, expect, it, onTestFinished } from 'vitest'
import { runShell } from './running-shell.ts'
import { requestChannel } from '#shared/bridge.ts'
import { createAuthority } from '#test/certificates.ts'
import { FakeWebContents, preventable } from '#test/fake-electron.ts'

describe('the window', () => {
  it('is sandboxed, isolated, without Node, and starts hidden', async () => {
    const { fake } = await runShell({ appPath: '/opt/Descry/resources/app.asar' })
    expect(fake.windows).toHaveLength(1)
    const { options } = fake.windows[0]!
    expect(options.show).toBe(false)
    expect(options.webPreferences).toMatchObject({
      preload: join('/opt/Descry/resources/app.asar', 'dist/preload/preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false
    })
    expect(options.webPreferences).not.toHaveProperty('enableBlinkFeatures')
    expect(options.webPreferences).not.toHaveProperty('experimentalFeatures')
    expect(fake.log).toContain('enableSandbox')
  })

  it('shows our own origin only', async () => {
    const { fake } = await runShell()
    expect(fake.windows[0]!.state.url).toBe('app://descry/#window')
  })
})

describe('every page there will ever be', () => {
  it.each([
    ['https://example.org/', true],
    ['http://127.0.0.1:8080/', true],
    ['file:///etc/passwd', true],
    ['data:text/html,hello', true],
    ['javascript:alert(1)', true],
    ['app://other/', true],
    ['app://descry.example.org/', true],
    ['app://descry@example.org/', true],
    ['app://descry/', false],
    ['app://descry/index.html', false]
  ])('is held back from going to %s: %s', async (url, isHeldBack) => {
    const { fake } = await runShell()
    // A page that nobody foresaw, not only our window's.
    const contents = new FakeWebContents()
    fake.app.emit('web-contents-created', preventable({}), contents)
    for (const event of ['will-frame-navigate', 'will-redirect']) {
      const details = preventable({ url, isMainFrame: true })
      contents.emit(event, details)
      expect(details.defaultPrevented, event).toBe(isHeldBack)
    }
  })

  it('opens no window and takes no webview', async () => {
    const { fake } = await runShell()
    const { webContents } = fake.windows[0]!
    const details = { url: 'https://example.org/' } as Parameters<NonNullable<typeof webContents.openHandler>>[0]
    expect(webContents.openHandler?.(details)).toEqual({ action: 'deny' })
    const attach = preventable({})
    webContents.emit('will-attach-webview', attach)
    expect(attach.defaultPrevented).toBe(true)
  })
})

describe('the session', () => {
  const contents = null as never
  const details = {} as never

  it('grants no permission', async () => {
    const { session } = (await runShell()).fake
    for (const permission of ['media', 'clipboard-read', 'geolocation', 'notifications', 'openExternal'] as const) {
      const answers: boolean[] = []
      session.permissionRequest?.(contents, permission, (isGranted) => answers.push(isGranted), details)
      expect(answers).toEqual([false])
      expect(session.permissionCheck?.(contents, permission as never, 'app://descry', details)).toBe(false)
    }
    expect(session.devicePermission?.(details)).toBe(false)
    const streams: unknown[] = []
    session.displayMedia?.(details, (given) => streams.push(given))
    expect(streams).toEqual([null])
  })

  it.each([
    ['https://example.org/x.png', true],
    ['http://127.0.0.1:1/', true],
    ['wss://example.org/', true],
    ['app://descry/index.html', false],
    ['blob:app://descry/1234', false]
  ])('lets no page request %s: %s', async (url, isCancelled) => {
    const { session } = (await runShell()).fake
    const answers: unknown[] = []
    session.beforeRequest?.({ url } as never, (answer) => answers.push(answer))
    expect(answers).toEqual([{ cancel: isCancelled }])
  })
})

describe('the bridge', () => {
  const ours = { origin: 'app://descry', parent: null }

  it('answers the main frame of our own origin', async () => {
    const { fake } = await runShell()
    await expect(fake.invoke(requestChannel, ours, 'snapshot', null)).resolves.toMatchObject({
      ok: true,
      value: { revision: 1 }
    })
  })

  it.each([
    ['another origin', { origin: 'https://example.org', parent: null }],
    ['an origin that begins like ours', { origin: 'app://descry.example.org', parent: null }],
    ['a frame inside ours', { origin: 'app://descry', parent: {} as never }],
    ['a frame that is gone', null]
  ])('refuses %s', async (_what, frame) => {
    const { fake } = await runShell()
    await expect(fake.invoke(requestChannel, frame, 'snapshot', null)).resolves.toMatchObject({
      ok: false,
      error: { code: 'no-permission' }
    })
  })

  it.each([
    ['a request that does not exist', 'get-key', null],
    ['a name from the prototype', 'constructor', null],
    ['no name', undefined, undefined],
    ['input that does not fit', 'describe', { itemId: 1 }],
    ['input with more than is known', 'run', { command: 'stop', input: {}, more: true }]
  ])('refuses %s', async (_what, name, input) => {
    const { fake } = await runShell()
    await expect(fake.invoke(requestChannel, ours, name, input)).resolves.toMatchObject({
      ok: false,
      error: { code: 'internal' }
    })
  })
})

describe('app://descry', () => {
  it('serves the window under a policy that allows nothing from elsewhere', async () => {
    const { fake } = await runShell()
    const response = await fake.fetch('app://descry/')
    expect(response.status).toBe(200)
    expect(await response.text()).toContain('<title>Descry</title>')
    expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8')
    expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff')
    const policy = response.headers.get('Content-Security-Policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self'")
    expect(policy).not.toMatch(/unsafe|\*|https?:|ws:/u)
  })

  it('serves scripts as scripts', async () => {
    const { fake } = await runShell()
    const response = await fake.fetch('app://descry/assets/index.js')
    expect(response.headers.get('Content-Type')).toBe('text/javascript; charset=utf-8')
  })

  it.each([
    'app://descry/../secret.html',
    'app://descry/..%2fsecret.html',
    'app://descry/%2e%2e/secret.html',
    'app://descry/assets/..\\..\\secret.html',
    'app://descry//etc/passwd',
    'app://descry/assets/',
    'app://descry/missing.js',
    'app://other/index.html',
    'app://descry:80/index.html'
  ])('gives nothing for %s', async (url) => {
    const { fake } = await runShell()
    const response = await fake.fetch(url)
    expect(response.status).toBe(404)
    expect(await response.text()).not.toContain('not for the window')
  })
})

describe('requests', () => {
  it('trust the authorities of NODE_EXTRA_CA_CERTS in the packed program, whose fuses close it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'descry-authority-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    const authority = createAuthority('A company')
    await writeFile(join(folder, 'company.pem'), authority.certificate)
    const env = { NODE_EXTRA_CA_CERTS: join(folder, 'company.pem') }
    const isTrusted = (): boolean =>
      getCACertificates('default').some((one) => one.trim() === authority.certificate.trim())
    await runShell({ env })
    expect(isTrusted()).toBe(false)
    await runShell({ env, isPackaged: true })
    expect(isTrusted()).toBe(true)
  })
})
