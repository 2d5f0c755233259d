import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { sandboxRepair, type SandboxProbes } from '../../scripts/electron-sandbox.ts'

function probes(hasUserNamespaces: boolean, found: { uid: number; mode: number } | null): SandboxProbes {
  return {
    hasUserNamespaces: async () => hasUserNamespaces,
    ownerAndMode: async (path) => {
      expect(path).toBe('/home/me/my app/dist/chrome-sandbox')
      return found
    }
  }
}

describe("Electron's sandbox", () => {
  const electron = '/home/me/my app/dist/electron'
  const helper = "'/home/me/my app/dist/chrome-sandbox'"

  it.each([
    ['user namespaces', true, { uid: 1000, mode: 0o755 }, null],
    ['a helper that belongs to root, with its mode', false, { uid: 0, mode: 0o4755 }, null],
    [
      'a helper as it is downloaded',
      false,
      { uid: 1000, mode: 0o755 },
      `sudo chown root:root ${helper} && sudo chmod 4755 ${helper}`
    ],
    [
      "root's helper without its mode",
      false,
      { uid: 0, mode: 0o755 },
      `sudo chown root:root ${helper} && sudo chmod 4755 ${helper}`
    ],
    ['no helper', false, null, 'sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0']
  ] as const)('with %s', async (_what, hasUserNamespaces, found, repair) => {
    expect(await sandboxRepair(electron, probes(hasUserNamespaces, found))).toBe(repair)
  })

  it('is what this system says it is', { tags: ['linux'] }, async () => {
    const folder = await temporaryFolder()
    await writeFile(join(folder, 'chrome-sandbox'), '')
    const repair = await sandboxRepair(join(folder, 'electron'))
    if (hasUserNamespaces()) expect(repair).toBeNull()
    else expect(repair).toMatch(/^sudo chown/u)
  })

  // As on Ubuntu since 23.10, by a limit of the kernel's, inside a namespace where everybody is root.
  it('works once the command was run', { tags: ['user-namespaces'] }, async () => {
    const folder = await temporaryFolder()
    const helper = join(folder, 'chrome-sandbox')
    await writeFile(helper, '', { mode: 0o755 })
    await writeFile(
      join(folder, 'ask.mjs'),
      `import { execFileSync, spawnSync } from 'node:child_process'
       import { sandboxRepair } from ${JSON.stringify(join(import.meta.dirname, '../../scripts/electron-sandbox.ts'))}
       const ask = () => sandboxRepair(${JSON.stringify(join(folder, 'electron'))})
       const before = await ask()
       execFileSync('sh', ['-c', before.replaceAll('sudo ', '')])
       console.log(JSON.stringify([before, await ask()]))`
    )
    const command = 'echo 0 >/proc/sys/user/max_user_namespaces && exec "$0" "$1"'
    const words = ['-Ur', 'sh', '-c', command, process.execPath, join(folder, 'ask.mjs')]
    expect(JSON.parse(execFileSync('unshare', words, { encoding: 'utf8' }))).toEqual([
      `sudo chown root:root ${helper} && sudo chmod 4755 ${helper}`,
      null
    ])
  })
})

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'descry-electron-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** The same question, put by the system's own unshare. */
function hasUserNamespaces(): boolean {
  return spawnSync('unshare', ['-Ur', 'true']).status === 0
}
