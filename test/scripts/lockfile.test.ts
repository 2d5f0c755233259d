import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { missingPlatformPackages } from '../../scripts/complete-lockfile.ts'

const read = (name: string): unknown => JSON.parse(readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8'))

test('the lockfile has every platform package, which npm ci requires', () => {
  expect(missingPlatformPackages(read('package-lock.json') as Parameters<typeof missingPlatformPackages>[0])).toEqual(
    []
  )
})

test('every dependency is pinned exactly', () => {
  const { dependencies, devDependencies } = read('package.json') as Record<string, Record<string, string>>
  for (const version of Object.values({ ...dependencies, ...devDependencies }))
    expect(version).toMatch(/^\d+\.\d+\.\d+$/u)
})
