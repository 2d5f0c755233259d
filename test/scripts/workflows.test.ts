import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { parse } from 'yaml'

interface Step {
  uses?: string
  run?: string
  if?: string
}
interface Job {
  steps?: Step[]
  uses?: string
  needs?: string
  strategy?: { matrix: { os: string[] } }
}
interface Workflow {
  on: Record<string, unknown>
  permissions: unknown
  jobs: Record<string, Job>
}

const root = join(import.meta.dirname, '../..')
const files = globSync('.github/workflows/*.yml', { cwd: root })
const workflow = (name: string): Workflow =>
  parse(readFileSync(join(root, '.github/workflows', name), 'utf8')) as Workflow
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> }

test('there are two workflows', () => {
  expect(files.map((file) => basename(file)).toSorted()).toEqual(['release.yml', 'test.yml'])
})

describe.each(files.map((file) => basename(file)))('%s', (name) => {
  const { jobs, permissions } = workflow(name)
  const steps = Object.values(jobs).flatMap((job) => job.steps ?? [])

  it('runs scripts and reads files that exist', () => {
    const lines = steps.flatMap(({ run = '' }) => run.split('\n'))
    const called = lines.flatMap((line) => [...line.matchAll(/\bnpm (?:run )?([\w-]+)/gu)].map(([, script]) => script))
    const known = new Set([...Object.keys(scripts), 'ci'])
    expect(called.filter((script) => !known.has(script ?? ''))).toEqual([])
    const paths = lines.flatMap((line) => line.match(/\b(?:scripts|test)\/[\w./-]+/gu) ?? [])
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([])
    const local = Object.values(jobs).flatMap(({ uses }) => uses ?? [])
    expect(local.filter((path) => !existsSync(join(root, path)))).toEqual([])
  })

  it('uses actions at an exact version, and may write nothing', () => {
    for (const { uses } of steps) if (uses !== undefined) expect(uses).toMatch(/^actions\/[\w-]+@v\d+\.\d+\.\d+$/u)
    expect(permissions).toEqual({ contents: 'read' })
  })
})

test('every push and pull request runs the whole suite and the real Electron on three systems', () => {
  const { on, jobs } = workflow('test.yml')
  expect(Object.keys(on)).toEqual(expect.arrayContaining(['push', 'pull_request', 'workflow_call']))
  const { strategy, steps = [] } = jobs.suite ?? {}
  const systems = strategy?.matrix.os.map((os) => os.split('-')[0])
  expect(systems).toEqual(['ubuntu', 'macos', 'windows'])
  const lines = steps.flatMap(({ run = '' }) => run)
  expect(lines.some((line) => line.startsWith('npm ci'))).toBe(true)
  expect(lines.some((line) => /^npm test -- --install(?! test)/u.test(line))).toBe(true)
  expect(lines.some((line) => line.includes('vitest -- test/electron'))).toBe(true)
  // Logs are kept when something failed, which is when they are read.
  expect(steps.at(-1)).toMatchObject({ uses: expect.stringContaining('upload-artifact'), if: 'always()' })
})

test('a release is packed only after the tests', () => {
  const { jobs } = workflow('release.yml')
  expect(jobs.test?.uses).toBe('./.github/workflows/test.yml')
  expect(jobs.pack?.needs).toBe('test')
})
