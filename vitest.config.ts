import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    environment: 'node',
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    teardownTimeout: 20_000,
    // Real displays, engines and sound cards stutter on a loaded machine. The reporter names what needed its second try.
    retry: 1,
    reporters: ['default', './scripts/closing-line-reporter.ts'],
    // `npm run coverage`. Programs that a test starts (the command line, helper processes) are not counted.
    coverage: { provider: 'v8', include: ['src/**'], reporter: ['text-summary', 'html'] }
  }
})
