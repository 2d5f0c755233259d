/**
 * `npm test`: type check, linter, formatter, then every test this machine can run. The last line is always
 * `N passed, N failed, N skipped`; skipped tests are named above it. With `--no-skip-but PREFIX`, a skipped test outside
 * PREFIX fails the run.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildAll } from './build.ts'

interface Summary {
  passed: number
  failed: number
  skipped: string[]
}

const root = new URL('..', import.meta.url).pathname

function runScript(name: string): boolean {
  console.log(`\n> ${name}`)
  return (
    spawnSync('npm', ['run', '--silent', name], { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' })
      .status === 0
  )
}

function runVitest(args: string[]): Summary {
  console.log('\n> vitest')
  const folder = mkdtempSync(join(tmpdir(), 'descry-test-'))
  const summaryPath = join(folder, 'summary.json')
  const vitest = new URL('../node_modules/vitest/vitest.mjs', import.meta.url).pathname
  spawnSync(process.execPath, [vitest, 'run', ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, DESCRY_TEST_SUMMARY: summaryPath }
  })
  const summary: Summary = existsSync(summaryPath)
    ? (JSON.parse(readFileSync(summaryPath, 'utf8')) as Summary)
    : { passed: 0, failed: 1, skipped: [] }
  rmSync(folder, { recursive: true })
  return summary
}

async function main(): Promise<void> {
  const args = process.argv.slice(2)
  const at = args.indexOf('--no-skip-but')
  const mayBeSkipped = at < 0 ? '' : args.splice(at, 2)[1]
  let failed = 0
  for (const check of ['typecheck', 'lint']) if (!runScript(check)) failed += 1
  await buildAll()
  const summary = runVitest(args)
  failed += summary.failed
  for (const name of summary.skipped) {
    if (name.startsWith(mayBeSkipped ?? '')) continue
    console.log(`Skipped, but must run here: ${name}`)
    failed += 1
  }
  console.log(`\n${summary.passed} passed, ${failed} failed, ${summary.skipped.length} skipped`)
  process.exitCode = failed === 0 && summary.passed > 0 ? 0 : 1
}

await main()
