import { defineConfig } from 'vitest/config'
import { testNeeds } from './scripts/test-needs.ts'

/** Tests of code without state outside itself share a process, which spares each file its start. */
const pure = ['test/{core,shared}/**/*.test.ts']

export default defineConfig({
  test: {
    // Run in the order of their names.
    projects: [
      { extends: true, test: { name: 'isolated', include: ['test/**/*.test.{ts,tsx}'], exclude: pure } },
      { extends: true, test: { name: 'pure', include: pure, isolate: false } }
    ],
    globalSetup: ['test/support/give-way.ts'],
    environment: 'node',
    pool: 'forks',
    // One more than a small machine has processors: many tests wait for programs, sound or a display.
    maxWorkers: 3,
    // Tests draw with fonts that npm brings (test/support/fonts.ts); looking for others takes 0.1 s in each file.
    env: { DISABLE_SYSTEM_FONTS_LOAD: '1' },
    // They end what hangs. On a busy machine the slowest test of a few seconds takes half a minute.
    testTimeout: 60_000,
    hookTimeout: 120_000,
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
