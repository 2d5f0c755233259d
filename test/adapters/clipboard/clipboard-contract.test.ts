import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { createClipboard } from '#adapters/clipboard/clipboard.ts'
import type { ClipboardAccess } from '#adapters/clipboard/clipboard-access.ts'
import { createMacAccess } from '#adapters/clipboard/mac.ts'
import { createElectronAccess } from '#adapters/clipboard/system-access.electron.ts'
import { createWindowsAccess } from '#adapters/clipboard/windows.ts'
import type { Clipboard } from '#core/ports/intake.ts'
import { clipboardContract, type Copied } from '#test/clipboard-contract.ts'
import { ownClipboard } from '#test/clipboard-owner.ts'
import { startDesktop } from '#test/desktop.ts'
import { FakeElectronClipboard } from '#test/fake-electron/clipboard.ts'

const electron = vi.hoisted(() => ({ clipboard: null as unknown }))
vi.mock('electron', () => ({
  get clipboard() {
    return electron.clipboard
  }
}))

let folder: string
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'descry-clipboard-'))))
afterAll(() => rm(folder, { recursive: true, force: true }))

/** The port over one way to reach the clipboard. Paths are those of Linux, so that each system lists the same. */
const over = (access: ClipboardAccess): Clipboard =>
  createClipboard({ platform: 'darwin', env: {}, systemAccess: () => access })

/** Copies to formats with the names of a system, as the contract asks for it. */
function offersIn(names: Record<keyof Copied, string>, copied: Copied): Record<string, string | Uint8Array> {
  const { png, jpeg, text, html, files, isSecret } = copied
  return Object.fromEntries(
    [
      [names.text, text],
      [names.html, html],
      [names.png, png],
      [names.jpeg, jpeg],
      [names.files, files?.join('\n')],
      [names.isSecret, isSecret ? 'secret' : undefined]
    ].filter((offer): offer is [string, string | Uint8Array] => offer[1] !== undefined)
  )
}

const x11Names = {
  png: 'image/png',
  jpeg: 'image/jpeg',
  text: 'UTF8_STRING',
  html: 'text/html',
  files: 'text/uri-list',
  isSecret: 'x-kde-passwordManagerHint'
}

describe('on X11', { tags: ['xvfb', 'python3-gi', 'xclip'] }, () => {
  clipboardContract('with xclip', async () => {
    const desktop = await startDesktop()
    return {
      clipboard: createClipboard({ env: desktop.env }),
      copy: async (copied) => void (await ownClipboard(desktop, offersIn(x11Names, copied))),
      paste: async () =>
        (await desktop.run('xclip', ['-selection', 'clipboard', '-o', '-t', 'UTF8_STRING'])).stdout.toString(),
      end: () => desktop.end()
    }
  })

  clipboardContract('without xclip', async () => {
    const desktop = await startDesktop()
    return {
      clipboard: createClipboard({ env: { ...desktop.env, PATH: '/nowhere' } }),
      copy: async (copied) => void (await ownClipboard(desktop, offersIn(x11Names, copied))),
      paste: async () =>
        (await desktop.run('xclip', ['-selection', 'clipboard', '-o', '-t', 'UTF8_STRING'])).stdout.toString(),
      end: () => desktop.end()
    }
  })
})

for (const system of ['darwin', 'win32'] as const)
  clipboardContract(`Electron on ${system}`, async () => {
    const fake = new FakeElectronClipboard(system)
    electron.clipboard = fake
    return {
      clipboard: over(createElectronAccess(system, async () => fake.changeCount)),
      copy: async (copied) => fake.copy(copied),
      paste: async () => fake.paste(),
      end: async () => undefined
    }
  })

const macNames = {
  png: 'public.png',
  jpeg: 'public.jpeg',
  text: 'public.utf8-plain-text',
  html: 'public.html',
  files: 'public.file-url',
  isSecret: 'org.nspasteboard.ConcealedType'
}

describe('with shell scripts', { tags: ['posix'] }, () => {
  clipboardContract('the programs of macOS', async () => {
    let offers: Record<string, string | Uint8Array> = {}
    let changes = 0
    const pasted = join(folder, 'pasted')
    const pbcopy = join(folder, 'pbcopy')
    await writeFile(pbcopy, `#!/bin/sh\ncat >'${pasted}'\n`, { mode: 0o755 })

    // The part of Objective-C that the script uses.
    const dataOf = (content: string | Uint8Array | undefined): object => ({
      isNil: () => content === undefined,
      base64EncodedStringWithOptions: () => Buffer.from(content ?? '').toString('base64')
    })
    const board = {
      get types() {
        return Object.keys(offers)
      },
      get pasteboardItems() {
        return String(offers[macNames.files] ?? '')
          .split('\n')
          .map((address) => ({ stringForType: () => address }))
      },
      dataForType: (name: string) => dataOf(offers[name])
    }
    const objectiveC = {
      import: () => undefined,
      unwrap: (value: unknown) => value,
      deepUnwrap: (value: unknown) => value
    }
    const bridge = Object.assign((text: string) => ({ dataUsingEncoding: () => dataOf(text) }), {
      NSPasteboard: { generalPasteboard: board },
      NSUTF8StringEncoding: 4
    })
    const access = createMacAccess(
      {},
      {
        pbcopy,
        changeCount: async () => changes,
        osascript: async ([script = '', ...args]) =>
          `${runInNewContext(`${script}; run(args)`, { ObjC: objectiveC, $: bridge, args }) as string}\n`
      }
    )
    return {
      clipboard: over(access),
      async copy(copied) {
        offers = offersIn(macNames, copied)
        changes += 1
      },
      paste: () => readFile(pasted, 'utf8'),
      end: async () => undefined
    }
  })
})

/** The names that the PowerShell script gives. */
const windowsNames = {
  png: 'image/png',
  jpeg: 'JFIF',
  text: 'text/plain',
  html: 'text/html',
  files: 'text/uri-list',
  isSecret: 'ExcludeClipboardContentFromMonitorProcessing'
}
const helper = join(import.meta.dirname, '../../support/clipboard-helper.mjs')

clipboardContract('the PowerShell of Windows', async () => {
  const file = join(folder, 'windows.json')
  let changes = 0
  const copy = async (copied: Copied): Promise<void> => {
    const offers = Object.entries(offersIn(windowsNames, copied))
    await writeFile(
      file,
      JSON.stringify(Object.fromEntries(offers.map(([name, data]) => [name, Buffer.from(data).toString('base64')])))
    )
    changes += 1
  }
  const started: ReturnType<typeof spawn>[] = []
  const start = (): ReturnType<typeof spawn> => {
    const child = spawn(process.execPath, [helper, file], { stdio: ['pipe', 'pipe', 'ignore'] })
    started.push(child)
    return child
  }
  return {
    clipboard: over(createWindowsAccess({}, start, async () => changes)),
    copy,
    async paste() {
      const content = JSON.parse(await readFile(file, 'utf8')) as Record<string, string>
      return Buffer.from(content['text/plain'] ?? '', 'base64').toString()
    },
    async end() {
      for (const child of started) child.kill()
    }
  }
})

it('gives up on a PowerShell that does not answer, and starts another', async () => {
  const file = join(folder, 'hanging.json')
  await writeFile(file, JSON.stringify({ HANG: 'AAAA', 'image/png': 'iVBO' }))
  let starts = 0
  const access = createWindowsAccess(
    {},
    () => {
      starts += 1
      const child = spawn(process.execPath, [helper, file], { stdio: ['pipe', 'pipe', 'ignore'] })
      onTestFinished(() => void child.kill())
      return child
    },
    async () => 0
  )
  await access.formats(10_000)
  await expect(access.bytes('HANG', 300)).rejects.toMatchObject({ code: 'timed-out' })
  expect(await access.bytes('image/png', 10_000)).toEqual(Buffer.from('iVBO', 'base64'))
  expect(starts).toBe(2)
})

it('gives up on an Electron that does not answer', async () => {
  const never = new Promise<never>(() => undefined)
  electron.clipboard = { read: () => never, writeText: () => never }
  const access = createElectronAccess('win32', async () => 0)
  await expect(access.formats(50)).rejects.toMatchObject({ code: 'timed-out' })
  await expect(access.bytes('image/png', 50)).rejects.toMatchObject({ code: 'timed-out' })
  await expect(access.writeText('a', 50)).rejects.toMatchObject({ code: 'timed-out' })
})

it('has nothing to read when the content has gone meanwhile', async () => {
  const fake = new FakeElectronClipboard('darwin')
  electron.clipboard = fake
  const access = createElectronAccess('darwin', async () => fake.changeCount)
  fake.copy({ jpeg: Uint8Array.of(1, 2, 3) })
  expect(await access.formats(1000)).toEqual(['image/jpeg'])
  fake.copy({ text: 'something else' })
  expect(await access.bytes('image/jpeg', 1000)).toBeNull()
})
