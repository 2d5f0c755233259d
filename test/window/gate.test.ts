// @module-tag xvfb
// @module-tag chromium
// @module-tag xdotool
// @module-tag python3-gi
// @module-tag fonts-dejavu
import { access } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Bridge, Envelope } from '#shared/bridge.ts'
import { startPreview } from '#preview/preview.ts'
import { until } from '#test/process.ts'
import { openWindow, type OpenWindow } from './open-window.ts'

let w: OpenWindow

beforeAll(async () => {
  w = await openWindow()
})
afterAll(() => w?.end())

type Invoke = (name: unknown, input: unknown) => Promise<string>

describe('the bridge', () => {
  test('answers the window', async () => {
    const reply = await w.page.evaluate(() =>
      (globalThis as unknown as { descry: Bridge }).descry.request('snapshot', null)
    )
    expect(reply.ok).toBe(true)
  })

  test('refuses a frame within the window', async () => {
    const reply = await w.page.evaluate(async () => {
      const frame = document.createElement('iframe')
      document.body.append(frame)
      const { __descryInvoke } = frame.contentWindow as unknown as { __descryInvoke: Invoke }
      const answer = await __descryInvoke('snapshot', null)
      frame.remove()
      return answer
    })
    expect(JSON.parse(reply)).toMatchObject({ ok: false, error: { code: 'no-permission' } })
  })

  test('refuses every other page and origin, and opens no other address', async () => {
    const other = await w.page.context().newPage()
    const reply = await other.evaluate(() =>
      (globalThis as unknown as { __descryInvoke: Invoke }).__descryInvoke('snapshot', null)
    )
    expect(JSON.parse(reply)).toMatchObject({ ok: false, error: { code: 'no-permission' } })
    await expect(other.goto('https://example.org/')).rejects.toThrow('ERR_BLOCKED_BY_CLIENT')
    await other.close()
  })

  test.each([
    ['an unknown request', 'get-key', null],
    ['a name from the prototype', 'constructor', null],
    ['a name that is not a string', { toString: 'snapshot' }, null],
    ['too much input', 'remove-key', { baseUrl: 'https://example.org' }],
    ['an unknown command', 'run', { command: 'format-disk', input: {} }],
    ['malformed input for a command', 'run', { command: 'ask', input: { question: 7 } }],
    ['an unknown setting', 'change-settings', { evil: true }],
    ['a setting with a wrong value', 'change-settings', { baseUrl: 'file:///etc/passwd' }]
  ])('refuses %s', async (_what, name, input) => {
    const reply = await w.page.evaluate(
      ([name, input]) => (globalThis as unknown as { __descryInvoke: Invoke }).__descryInvoke(name, input),
      [name, input] as const
    )
    const envelope = JSON.parse(reply) as Envelope<unknown>
    expect(envelope.ok).toBe(false)
  })
})

describe('the page’s security policy', () => {
  test('loads nothing from outside and runs no inline code', async () => {
    const blocked = await w.page.evaluate(async () => {
      const violations: string[] = []
      document.addEventListener('securitypolicyviolation', (event) => violations.push(event.effectiveDirective))
      const isRefused = async (attempt: () => unknown): Promise<boolean> => {
        try {
          await attempt()
          return false
        } catch {
          return true
        }
      }
      const refused = {
        fetch: await isRefused(() => fetch('/index.html')),
        socket: await isRefused(
          () =>
            new Promise((resolve, reject) => {
              const socket = new WebSocket('wss://descry.invalid')
              socket.addEventListener('open', resolve)
              socket.addEventListener('error', reject)
            })
        ),
        html: await isRefused(() => {
          document.createElement('p').innerHTML = '<b>x</b>'
        }),
        // oxlint-disable-next-line typescript/no-implied-eval -- that it fails is what is tested
        code: await isRefused(() => new Function('return 1'))
      }
      const image = document.createElement('img')
      image.src = 'https://example.org/x.png'
      document.body.append(image)
      const form = document.createElement('form')
      form.action = 'https://example.org/'
      document.body.append(form)
      form.submit()
      await new Promise((resolve) => setTimeout(resolve, 100))
      image.remove()
      form.remove()
      return { refused, violations }
    })
    expect(blocked.refused).toEqual({ fetch: true, socket: true, html: true, code: true })
    expect(blocked.violations).toEqual(expect.arrayContaining(['connect-src', 'img-src', 'form-action']))
    expect(w.page.url()).toBe('https://descry.invalid/#window')
  })

  test('serves only the window’s files', async () => {
    const other = await w.page.context().newPage()
    for (const path of ['/../main/main.js', '/%2e%2e/preload/preload.cjs', '/package.json']) {
      const response = await other.goto(`https://descry.invalid${path}`)
      expect(response?.status()).toBe(404)
    }
    await other.close()
  })
})

describe('the preview', () => {
  test('says what it can’t do', async () => {
    expect(await w.page.locator('footer').innerText()).toContain('Preview without Electron')
  })

  test('asks the system whether its window is active', async () => {
    const { isChromiumActive } = await import('#preview/active-window.ts')
    const dir = w.preview.userDataDir
    await until(() => isChromiumActive(dir), { what: 'the window to be active' })
    await w.desktop.run('xdotool', ['getactivewindow', 'windowminimize'])
    await until(async () => !(await isChromiumActive(dir)), { what: 'the window to be away' })
    await w.preview.app.run('settings', {}, 'socket')
    await until(() => isChromiumActive(dir), { what: 'a command to bring the window to the front' })
  })

  test('says that Descry is already running', async () => {
    await expect(
      startPreview({ distDir: w.distDir, env: w.desktop.env, app: { dependencies: w.dependencies } })
    ).rejects.toThrow('Descry is already running.')
  })

  test('says what to install when there is no Chromium', async () => {
    await expect(startPreview({ distDir: w.distDir, env: { PATH: '' } })).rejects.toMatchObject({ code: 'not-found' })
  })

  test('quits when its window is closed, and leaves nothing behind', async () => {
    await w.press('alt+F4')
    await w.preview.closed
    await expect(access(w.preview.userDataDir)).rejects.toThrow('ENOENT')
  })
})
