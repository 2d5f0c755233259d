// @module-tag electron
// @module-tag desktop
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, type ElectronApplication } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findElectronRuntime } from '../../scripts/electron-runtime.ts'
import type { RuleId } from '#test/electron-rules.ts'
import { startDesktop, type Desktop } from '#test/desktop.ts'

// Rules of test/support/electron-rules.ts that can be seen in the real Electron, in an app that does nothing itself. A rule
// that has changed fails here; then the table, the fake and the shell are due.

const runtime = findElectronRuntime(process.env)
const isRoot = process.getuid?.() === 0

let desktop: Desktop | null
let folder: string
let electron: ElectronApplication

beforeAll(async () => {
  desktop = process.platform === 'linux' ? await startDesktop({ bus: true }) : null
  folder = await mkdtemp(join(tmpdir(), 'descry-rules-'))
  await writeFile(join(folder, 'package.json'), '{"name":"rules","type":"module","main":"main.js"}')
  await writeFile(join(folder, 'main.js'), "import { app } from 'electron'\napp.on('window-all-closed', () => {})")
  await writeFile(
    join(folder, 'tell.mjs'),
    `import { getHeapStatistics } from 'node:v8'
     process.parentPort.postMessage({ env: process.env.DESCRY_RULE ?? null, heap: getHeapStatistics().heap_size_limit })`
  )
  electron = await _electron.launch({
    executablePath: runtime!,
    args: [...(isRoot ? ['--no-sandbox'] : []), '--enable-features=Vulkan', folder],
    env: Object.fromEntries(
      Object.entries({ ...(desktop?.env ?? process.env), XDG_SESSION_TYPE: 'x11', DESCRY_RULE: 'inherited' }).flatMap(
        ([name, value]) => (value === undefined ? [] : [[name, value]])
      )
    ),
    chromiumSandbox: !isRoot
  })
  await electron.evaluate(({ app }) => app.whenReady())
}, 60_000)

afterAll(async () => {
  await electron?.close()
  await desktop?.end()
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
})

/** What the real Electron answers, and what the rule expects. */
const seen = {
  'absolute-paths': async () => {
    const message = await electron.evaluate(({ app }) => {
      try {
        app.setPath('userData', 'home')
        return null
      } catch (error) {
        return (error as Error).message
      }
    })
    expect(message).toBe('Path must be absolute')
  },
  'sandbox-before-ready': async () => {
    await expect(electron.evaluate(({ app }) => app.enableSandbox())).rejects.toThrow('before app is ready')
  },
  'schemes-before-ready': async () => {
    await expect(
      electron.evaluate(({ protocol }) => protocol.registerSchemesAsPrivileged([{ scheme: 'rule' }]))
    ).rejects.toThrow('before app is ready')
  },
  'switch-replaces': async () => {
    const values = await electron.evaluate(({ app: { commandLine } }) => {
      const before = commandLine.getSwitchValue('enable-features')
      commandLine.appendSwitch('enable-features', 'Other')
      return [before, commandLine.getSwitchValue('enable-features')]
    })
    expect(values).toEqual([expect.stringContaining('Vulkan') as string, 'Other'])
  },
  'ipc-is-cloned': async () => {
    await expect(
      electron.evaluate(({ BrowserWindow }) => {
        const window = new BrowserWindow({ show: false })
        try {
          window.webContents.send('channel', () => undefined)
        } finally {
          window.destroy()
        }
      })
    ).rejects.toThrow('could not be cloned')
  },
  'one-handler-per-channel': async () => {
    await expect(
      electron.evaluate(({ ipcMain }) => {
        for (const value of [1, 2]) ipcMain.handle('rule', () => value)
      })
    ).rejects.toThrow('second handler')
  },
  'destroyed-windows-throw': async () => {
    await expect(
      electron.evaluate(({ BrowserWindow }) => {
        const window = new BrowserWindow({ show: false })
        window.destroy()
        window.show()
      })
    ).rejects.toThrow('Object has been destroyed')
  },
  'close-is-asynchronous': async () => {
    const events = await electron.evaluate(async ({ BrowserWindow }) => {
      const window = new BrowserWindow({ show: false })
      await window.loadURL('data:text/html,rule')
      const happened: string[] = []
      window.on('close', () => happened.push('close'))
      const closed = new Promise<void>((resolve) => {
        window.on('closed', () => {
          happened.push('closed')
          resolve()
        })
      })
      window.close()
      happened.push('returned')
      await closed
      return happened
    })
    expect(events).toEqual(['close', 'returned', 'closed'])
  },
  'accelerators-ignore-case': async () => {
    const isHeld = await electron.evaluate(({ globalShortcut }) => {
      globalShortcut.register('Control+Alt+Shift+F8', () => undefined)
      const answer = globalShortcut.isRegistered('shift+ALT+ctrl+f8')
      globalShortcut.unregister('Control+Alt+Shift+F8')
      return [answer, globalShortcut.isRegistered('Control+Alt+Shift+F8')]
    })
    expect(isHeld).toEqual([true, false])
  },
  'accelerators-that-are-none-throw': async () => {
    await expect(
      electron.evaluate(({ globalShortcut }) => globalShortcut.register('Hyper+Ü', () => undefined))
    ).rejects.toThrow('conversion failure')
  },
  'hotkeys-register-once': async () => {
    const answers = await electron.evaluate(({ globalShortcut }) => {
      const twice = [1, 2].map(() => globalShortcut.register('Control+Alt+Shift+F9', () => undefined))
      globalShortcut.unregister('Control+Alt+Shift+F9')
      return twice
    })
    expect(answers).toEqual([true, false])
  },
  'empty-env-inherits': async () => {
    expect(await told({ env: {} })).toMatchObject({ env: 'inherited' })
    expect(await told({ env: { OTHER: '1' } })).toMatchObject({ env: null })
  },
  'heap-limit-is-a-js-flag': async () => {
    const asOption = await told({ execArgv: ['--max-old-space-size=64'] })
    const asFlag = await told({ execArgv: ['--js-flags=--max-old-space-size=64'] })
    expect(asFlag.heap).toBeLessThan(asOption.heap)
  },
  'menu-items-say-what-they-are': async () => {
    await expect(electron.evaluate(({ Menu }) => Menu.buildFromTemplate([{ id: 'open' }]))).rejects.toThrow(
      'at least one of label, role or type'
    )
  }
} satisfies Partial<Record<RuleId, () => Promise<void>>>

/** What a utility process with these options says about itself. */
function told(options: {
  env?: Record<string, string>
  execArgv?: string[]
}): Promise<{ env: string | null; heap: number }> {
  return electron.evaluate(
    ({ utilityProcess }, { path, forkOptions }) =>
      new Promise((resolve) => {
        const child = utilityProcess.fork(path, [], forkOptions)
        child.once('message', (message) => {
          child.kill()
          resolve(message)
        })
      }),
    { path: join(folder, 'tell.mjs'), forkOptions: options }
  )
}

describe('the real Electron', () => {
  test.each(Object.keys(seen) as (keyof typeof seen)[])('keeps %s', (id) => seen[id]())
})
