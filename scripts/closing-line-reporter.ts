import { writeFileSync } from 'node:fs'
import type { Reporter, TestModule } from 'vitest/node'
import { skipLines, testNeeds } from './test-needs.ts'

/**
 * Counts the tests, and says why tests were skipped: one line for each missing part, and one for each test that was skipped
 * for another reason. With DESCRY_TEST_SUMMARY set, writes all that there for scripts/test.ts, which prints it last.
 */
export default class ClosingLineReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const needs = testNeeds()
    let passed = 0
    let failed = unhandled.length
    const skipped: { name: string; tags: string[] }[] = []
    for (const module of modules) {
      if (module.errors().length > 0) failed += 1
      for (const test of module.children.allTests()) {
        const { state } = test.result()
        if (test.diagnostic()?.flaky)
          console.log(`passed on its second try: ${module.relativeModuleId} > ${test.fullName}`)
        if (state === 'passed') passed += 1
        else if (state === 'failed') failed += 1
        else skipped.push({ name: `${module.relativeModuleId} > ${test.fullName}`, tags: test.tags })
      }
    }
    const isExplained = (tags: string[]): boolean => needs.some(({ tag, isMet }) => !isMet && tags.includes(tag))
    const reasons = [
      ...skipped.filter(({ tags }) => !isExplained(tags)).map(({ name }) => `skipped: ${name}`),
      ...skipLines(
        skipped.map(({ tags }) => tags),
        needs
      )
    ]
    const path = process.env.DESCRY_TEST_SUMMARY
    if (path) {
      writeFileSync(path, JSON.stringify({ passed, failed, skipped: skipped.map(({ name }) => name), reasons }))
      return
    }
    for (const line of reasons) console.log(line)
    console.log(`${passed} passed, ${failed} failed, ${skipped.length} skipped`)
  }
}
