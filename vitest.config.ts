import { defineConfig } from 'vitest/config'
import { testNeeds } from './scripts/test-needs.ts'

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    environment: 'node',
    pool: 'forks',
    maxWorkers: 2,
    // Tests draw with fonts that npm brings (test/support/fonts.ts); looking for others takes 0.1 s in each file.
    env: { DISABLE_SYSTEM_FONTS_LOAD: '1' },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    teardownTimeout: 20_000,
    // A test that needs what is not here is skipped, with its hooks.
    tags: testNeeds().map(({ tag: name, description, isMet }) =>
      isMet ? { name, description } : { name, description, skip: true }
    ),
    reporters: ['default', './scripts/closing-line-reporter.ts'],
    // `npm run coverage`. Programs that a test starts (the command line, helper processes) are not counted.
    coverage: { provider: 'v8', include: ['src/**'], reporter: ['text-summary', 'html'] }
  }
})
