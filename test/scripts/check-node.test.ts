import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, test } from 'vitest'
import { run } from '#test/process.ts'

const root = join(import.meta.dirname, '../..')

test.each([
  ['20.20.2', 1],
  ['22.23.2', 1],
  ['24.4.1', 1],
  ['24.5.0', 0],
  ['26.10.0', 0]
])('Node %s: exit code %i', async (version, expected) => {
  const pretend = `Object.defineProperty(process.versions, 'node', { value: '${version}' }); import('./scripts/check-node.js')`
  const { code, stderr } = await run(process.execPath, ['-e', pretend], { cwd: root })
  expect(code).toBe(expected)
  expect(String(stderr)).toMatch(
    expected === 0 ? /^$/u : /^Descry needs Node 24\.5 or later; this is Node .* install Node 24 from/u
  )
})

it('runs before every script of package.json that a new checkout begins with', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>
  }
  for (const name of ['start', 'test', 'build', 'vitest'])
    expect(scripts[name], name).toMatch(/^node scripts\/check-node\.js && /u)
})
