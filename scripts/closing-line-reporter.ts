import { writeFileSync } from 'node:fs'
import type { Reporter, TestModule } from 'vitest/node'

/**
 * Counts the tests and names every skipped one, so that skips are noticed. With DESCRY_TEST_SUMMARY set, writes
 * `{passed, failed, skipped:[…]}` there for scripts/test.ts, which prints the last line.
 */
export default class ClosingLineReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    let passed = 0
    let failed = unhandled.length
    const skipped: string[] = []
    for (const module of modules) {
      if (module.errors().length > 0) failed += 1
      for (const test of module.children.allTests()) {
        const { state } = test.result()
        if (test.diagnostic()?.flaky)
          console.log(`passed on its second try: ${module.relativeModuleId} > ${test.fullName}`)
        if (state === 'passed') passed += 1
        else if (state === 'failed') failed += 1
        else skipped.push(`${module.relativeModuleId} > ${test.fullName}`)
      }
    }
    for (const name of skipped) console.log(`skipped: ${name}`)
    const path = process.env.DESCRY_TEST_SUMMARY
    if (path) writeFileSync(path, JSON.stringify({ passed, failed, skipped }))
    else console.log(`${passed} passed, ${failed} failed, ${skipped.length} skipped`)
  }
}
