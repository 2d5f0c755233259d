import { globSync, readFileSync } from 'node:fs'
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

/** What a test's code shows of its needs; the rest shows on a computer without them. */
const signs: [RegExp, ...string[]][] = [
  [/startDesktop\((?![^)]*display: false)/u, 'xvfb'],
  [/startDesktop\([^)]*(?:bus|accessibility|keyring): true/u, 'dbus'],
  [/startDesktop\([^)]*accessibility: true/u, 'gsettings', 'at-spi2-core'],
  [/startDesktop\([^)]*keyring: true/u, 'gnome-keyring'],
  [/startDesktop\([^)]*sound: true/u, 'pulseaudio'],
  [/startSoundDesktop\(/u, 'dbus', 'pulseaudio'],
  [/startWaylandDesktop\(/u, 'dbus', 'sway'],
  [/openWindow\(/u, 'xvfb', 'chromium', 'xdotool', 'python3-gi', 'fonts-dejavu'],
  [/ownClipboard\(/u, 'python3-gi'],
  [/seenByModel\(/u, 'imagemagick'],
  [/startInTerminal\(/u, 'script'],
  [/espeakRendering\(/u, 'espeak-ng'],
  [/'xdotool'/u, 'xdotool'],
  [/start\('xterm'/u, 'xterm']
]

test('a test that starts a desktop or a program names what it needs', () => {
  const unnamed = globSync('test/**/*.test.ts', { cwd: root }).flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8')
    const named = [...text.matchAll(/@module-tag \S+|tags: \[[^\]]*\]/gu)].join(' ')
    const tags = new Set(named.match(/[\w-]+/gu))
    const needed = signs.flatMap(([sign, ...needs]) => (sign.test(text) ? needs : []))
    return needed.filter((need) => !tags.has(need) && !tags.has('electron')).map((need) => `${file}: ${need}`)
  })
  // This file is full of signs.
  expect(unnamed.filter((one) => !one.includes('test-needs'))).toEqual([])
})

test('nothing but a tag skips a test, so that there is always a reason', () => {
  const skipping = /\b(?:it|test|describe)(?:\.\w+)*\.(?:skip|skipIf|runIf|todo)\b/u
  const files = globSync('test/**/*.ts', { cwd: root })
  expect(files.filter((file) => skipping.test(readFileSync(join(root, file), 'utf8')))).toEqual([])
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
