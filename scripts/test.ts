/**
 * `npm test`: every test this machine can run, and beside them the type check, the linter and the formatter, which give way to
 * the tests. The last line is always `N passed, N failed, N skipped`; above it, a line for each missing part says how many
 * tests were skipped for it.
 *
 *     --install          installs missing system parts (as root, or with sudo)
 *     --no-install       skips their tests. Without either, root is asked at a terminal; where there is none, as in a
 *                        container, root installs on Debian and its derivatives; other users skip
 *     --no-skip-but P    a skipped test whose path does not begin with P fails the run
 *
 * Everything else is for vitest: `npm test -- test/core`.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { constants, setPriority, tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildAll } from './build.ts'
import { findDistribution, missingParts } from '../src/adapters/linux/missing-parts.ts'
import { systemParts } from '../src/adapters/linux/system-parts.ts'
import { installMissingParts, type InstallChoice } from './install-parts.ts'

interface Summary {
  passed: number
  failed: number
  skipped: string[]
  /** Why, in lines. */
  reasons: string[]
}

interface Arguments {
  install: InstallChoice
  /** Null: every skip is fine. */
  onlySkipsIn: string | null
  forVitest: string[]
}

const root = join(import.meta.dirname, '..')

function parse(args: readonly string[]): Arguments {
  const parsed: Arguments = { install: 'decide', onlySkipsIn: null, forVitest: [] }
  const rest = [...args]
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === '--install') parsed.install = 'install'
    else if (arg === '--no-install') parsed.install = 'no-install'
    else if (arg === '--no-skip-but') parsed.onlySkipsIn = rest.shift() ?? ''
    else parsed.forVitest.push(arg)
  }
  return parsed
}

/** What it prints appears when it has ended, in one piece. @returns whether it succeeded. */
async function runScript(name: string): Promise<boolean> {
  // npm is a batch file on Windows, which only a shell can start.
  const isWindows = process.platform === 'win32'
  const options = { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] as ['ignore', 'pipe', 'pipe'], shell: isWindows }
  const child = spawn(isWindows ? 'npm.cmd' : 'npm', ['run', '--silent', name], options)
  giveWay(child)
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  const [code] = (await once(child, 'close')) as [number | null]
  console.log(`\n> ${name}${code === 0 ? '' : ': failed'}\n${output}`.trimEnd())
  return code === 0
}

/** Tests that wait for sound or a screen reader come first. */
function giveWay({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_LOW)
  } catch {
    // It has ended already.
  }
}

async function runVitest(args: string[]): Promise<Summary> {
  console.log('\n> vitest')
  const folder = mkdtempSync(join(tmpdir(), 'descry-test-'))
  const summaryPath = join(folder, 'summary.json')
  const child = spawn(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, DESCRY_TEST_SUMMARY: summaryPath }
  })
  await once(child, 'close')
  const summary: Summary = existsSync(summaryPath)
    ? (JSON.parse(readFileSync(summaryPath, 'utf8')) as Summary)
    : { passed: 0, failed: 1, skipped: [], reasons: [] }
  rmSync(folder, { recursive: true })
  return summary
}

/** @returns how many failed. */
async function runChecks(): Promise<number> {
  let failed = 0
  for (const check of ['typecheck', 'lint']) if (!(await runScript(check))) failed += 1
  return failed
}

async function main(): Promise<void> {
  const { install, onlySkipsIn, forVitest } = parse(process.argv.slice(2))
  await installMissingParts(install)
  await buildAll()
  const [failedChecks, summary] = await Promise.all([runChecks(), runVitest(forVitest)])
  let failed = failedChecks + summary.failed
  for (const name of summary.skipped) {
    if (onlySkipsIn === null || name.startsWith(onlySkipsIn)) continue
    console.log(`Skipped, but must run here: ${name}`)
    failed += 1
  }
  for (const line of summary.reasons) console.log(line)
  const isPartMissing = process.platform === 'linux' && missingParts(systemParts).length > 0
  if (isPartMissing && findDistribution() !== null) console.log('To install all of them: npm test -- --install')
  console.log(`\n${summary.passed} passed, ${failed} failed, ${summary.skipped.length} skipped`)
  process.exitCode = failed === 0 && summary.passed > 0 ? 0 : 1
}

await main()
