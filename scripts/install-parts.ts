import { spawnSync } from 'node:child_process'
import { readFileSync, mkdtempSync, openSync, closeSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { findDistribution, missingParts, packagesOf } from '../src/adapters/linux/missing-parts.ts'
import { systemParts, type Distribution } from '../src/adapters/linux/system-parts.ts'

/** What the command line says: install missing parts, leave them out, or decide by who asks and where. */
export type InstallChoice = 'install' | 'no-install' | 'decide'

export interface InstallSituation {
  choice: InstallChoice
  distribution: Distribution | null
  isRoot: boolean
  /** Someone can be asked. */
  isTerminal: boolean
}

/** Unasked, only root's Debian-like system without a terminal is changed: a container or continuous integration. */
export function installPolicy({ choice, distribution, isRoot, isTerminal }: InstallSituation): 'yes' | 'no' | 'ask' {
  if (choice === 'no-install' || distribution === null) return 'no'
  if (choice === 'install') return 'yes'
  if (!isRoot || distribution !== 'debian') return 'no'
  return isTerminal ? 'ask' : 'yes'
}

/** The commands that install packages without a question, one after the other. */
export const installSteps: Record<Distribution, (packages: readonly string[]) => string[][]> = {
  debian: (packages) => {
    // sudo drops what is set for it alone.
    const aptGet = ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-y', '-qq']
    return [
      [...aptGet, 'update'],
      [...aptGet, 'install', '--no-install-recommends', ...packages]
    ]
  },
  fedora: (packages) => [['dnf', 'install', '-y', '--setopt=install_weak_deps=False', ...packages]],
  arch: (packages) => [['pacman', '-S', '--needed', '--noconfirm', ...packages]]
}

/**
 * Installs the system parts that the tests need and this Linux system lacks, if `choice` and the situation allow it, and says
 * so in a sentence. A failure is told and not thrown: the tests of what is missing are skipped then.
 */
export async function installMissingParts(choice: InstallChoice): Promise<void> {
  if (process.platform !== 'linux') return
  const missing = missingParts(systemParts)
  if (missing.length === 0) return
  const distribution = findDistribution()
  const isRoot = process.getuid?.() === 0
  const isTerminal = process.stdin.isTTY && process.stdout.isTTY
  const policy = installPolicy({ choice, distribution, isRoot, isTerminal })
  if (distribution === null || policy === 'no') return
  const packages = packagesOf(missing, distribution)
  const what = `${missing.map(({ id }) => id).join(', ')} (${packages.length} packages)`
  if (policy === 'ask') {
    const prompt = createInterface({ input: process.stdin, output: process.stdout })
    const answer = await prompt.question(
      `The tests use system parts that are not installed: ${what}. Install them? [y/N] `
    )
    prompt.close()
    if (!/^y/iu.test(answer.trim())) return
  } else console.log(`Installing the system parts that the tests use and that are missing: ${what}.`)
  runSteps(installSteps[distribution](packages), isRoot)
}

function runSteps(steps: string[][], isRoot: boolean): void {
  const folder = mkdtempSync(join(tmpdir(), 'descry-install-'))
  const logFile = join(folder, 'log')
  const log = openSync(logFile, 'w')
  try {
    for (const step of steps) {
      const [command = '', ...args] = isRoot ? step : ['sudo', ...step]
      const { status, error } = spawnSync(command, args, { stdio: ['inherit', log, log] })
      if (status === 0) continue
      const end = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-5).join('\n')
      console.log(`That failed, so the tests of what is missing are skipped:\n${error?.message ?? end}`)
      return
    }
  } finally {
    closeSync(log)
    rmSync(folder, { recursive: true })
  }
}
