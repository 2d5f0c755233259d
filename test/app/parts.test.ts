import { execFileSync } from 'node:child_process'
import { afterEach, expect, test, vi } from 'vitest'
import { createDependencies } from '#app/dependencies.ts'

afterEach(() => vi.unstubAllEnvs())

test('a key in the environment is not handed on to programs that Descry starts', () => {
  vi.stubEnv('OPENAI_API_KEY', 'sk-secret')
  vi.stubEnv('DESCRY_HOME', '/nonexistent')
  const { environmentKey } = createDependencies()
  expect(environmentKey).toEqual({ key: 'sk-secret', baseUrl: 'https://api.openai.com/v1' })
  expect(execFileSync(process.execPath, ['-p', 'JSON.stringify(process.env)']).toString()).not.toContain('sk-secret')
})
