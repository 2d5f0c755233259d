import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { installPolicy, installSteps, type InstallSituation } from '../../scripts/install-parts.ts'
import { skipLines, testNeeds, type Need } from '../../scripts/test-needs.ts'
import { systemParts } from '#adapters/linux/system-parts.ts'
import { run } from '#test/process.ts'

const root = join(import.meta.dirname, '../..')

test('what each test needs is counted once for each missing part, in one line', () => {
  const need = (tag: string, isMet: boolean): Need => ({
    tag,
    description: '',
    isMet,
    lack: `${tag} is missing`,
    remedy: `sudo apt-get install ${tag}`
  })
  const needs = [need('xvfb', false), need('xclip', false), need('git', true)]
  expect(skipLines([['xvfb'], ['git', 'xvfb', 'xclip'], []], needs)).toEqual([
    'xvfb is missing: 2 tests skipped. sudo apt-get install xvfb',
    'xclip is missing: 1 test skipped. sudo apt-get install xclip'
  ])
})

test('off Linux no part is there, and one line says so', () => {
  for (const platform of ['win32', 'darwin'] as const) {
    const needs = testNeeds(platform)
    const unmet = new Set(needs.filter(({ isMet }) => !isMet).map(({ tag }) => tag))
    for (const { id } of systemParts) expect(unmet).toContain(id)
    expect(unmet.has('posix')).toBe(platform === 'win32')
    expect(skipLines([['xvfb', 'xclip'], ['linux']], needs)).toEqual(['this is not Linux: 2 tests skipped.'])
  }
})

const situation: InstallSituation = { choice: 'decide', distribution: 'debian', isRoot: true, isTerminal: false }
test.each<[string, Partial<InstallSituation>, ReturnType<typeof installPolicy>]>([
  ['root in a container', {}, 'yes'],
  ['root at a terminal', { isTerminal: true }, 'ask'],
  ['another user', { isRoot: false }, 'no'],
  ['root of Fedora', { distribution: 'fedora' }, 'no'],
  ['root of an unknown system', { distribution: null, choice: 'install' }, 'no'],
  ['root who says --no-install', { choice: 'no-install' }, 'no'],
  ['root at a terminal who says --install', { choice: 'install', isTerminal: true }, 'yes'],
  ['another user of Arch who says --install', { choice: 'install', isRoot: false, distribution: 'arch' }, 'yes']
])('missing parts are installed for %s as agreed', (_, changed, policy) => {
  expect(installPolicy({ ...situation, ...changed })).toBe(policy)
})

test('installing asks nothing', () => {
  expect(installSteps.debian(['xvfb', 'orca']).at(-1)?.join(' ')).toBe(
    'env DEBIAN_FRONTEND=noninteractive apt-get -y -qq install --no-install-recommends xvfb orca'
  )
  expect(installSteps.fedora(['xclip'])[0]).toContain('-y')
  expect(installSteps.arch(['xclip'])[0]).toContain('--noconfirm')
})

test(
  'a test whose part is missing is skipped, with a line that says what to install',
  { tags: ['linux'] },
  async () => {
    const bare = await mkdtemp(join(tmpdir(), 'descry-bare-'))
    try {
      // Nothing is on the PATH, so ImageMagick is not there.
      const vitest = [join(root, 'node_modules/vitest/vitest.mjs'), 'run', 'test/core/intake/fingerprint.test.ts']
      const { code, stdout } = await run(process.execPath, vitest, { cwd: root, env: { PATH: bare, HOME: bare } })
      const lines = stdout.toString().trimEnd().split('\n')
      expect({ code, last: lines.at(-1) }).toEqual({ code: 0, last: '1 passed, 0 failed, 3 skipped' })
      expect(lines.at(-2)).toMatch(/^imagemagick is missing: 3 tests skipped\./u)
    } finally {
      await rm(bare, { recursive: true, force: true })
    }
  }
)
