import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest'
import {
  commandFor,
  findDistribution,
  installCommand,
  missingParts,
  packagesOf
} from '#adapters/linux/missing-parts.ts'
import { systemParts, type SystemPart } from '#adapters/linux/system-parts.ts'
import { browserPlaces } from '#preview/chromium.ts'

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'descry-parts-'))
})
afterEach(() => rm(root, { recursive: true }))

async function put(path: string, text = ''): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true })
  await writeFile(join(root, path), text)
  await chmod(join(root, path), 0o755)
}
const packages = { debian: ['a', 'b'], fedora: ['f'], arch: ['r'] }

test('each part has a name of its own, something that shows it, and packages everywhere', () => {
  expect(new Set(systemParts.map(({ id }) => id)).size).toBe(systemParts.length)
  for (const { id, programs = [], files = [], packages } of systemParts) {
    // A tag of vitest's, and the end of a message's key.
    expect(id).toMatch(/^[a-z][a-z\d-]+$/u)
    expect(programs.length + files.length, id).toBeGreaterThan(0)
    for (const names of Object.values(packages)) {
      expect(names.length, id).toBeGreaterThan(0)
      for (const name of names) expect(name).toMatch(/^[\w.+-]+$/u)
    }
  }
})

test('Chromium is there with any browser that the preview opens', { tags: ['posix'] }, () => {
  const browsers = new Set(browserPlaces({ PATH: '/bin' }, 'linux').map(({ path }) => basename(path)))
  expect(systemParts.find(({ id }) => id === 'chromium')?.programs).toEqual([[...browsers]])
})

describe('a part', { tags: ['posix'] }, () => {
  const missing = (part: Omit<SystemPart, 'packages'>): boolean =>
    missingParts([{ ...part, packages }], { env: { PATH: join(root, 'bin') }, root }).length > 0

  it('is there with all of its programs, or with one of several names', async () => {
    const part = { id: 'x', programs: ['one', ['two', 'zwei']] }
    expect(missing(part)).toBe(true)
    await put('bin/one')
    expect(missing(part)).toBe(true)
    await put('bin/zwei')
    expect(missing(part)).toBe(false)
    await chmod(join(root, 'bin/one'), 0o644)
    expect(missing(part)).toBe(true)
  })

  it('is there with its files, in whatever folder of the system and version they are', async () => {
    const part = { id: 'x', files: ['x.so.1', 'lang3*/*-packages/x/__init__.py'] }
    expect(missing(part)).toBe(true)
    await put('usr/lib64/x.so.1')
    await put('usr/lib/lang3.13/site-packages/y/__init__.py')
    await put('usr/lib/lang3-file')
    expect(missing(part)).toBe(true)
    await put('usr/lib/lang3.13/site-packages/x/__init__.py')
    expect(missing(part)).toBe(false)
  })
})

test.each([
  ['Debian', 'PRETTY_NAME="Debian GNU/Linux 12"\nID=debian\n', 'debian'],
  ['Ubuntu', 'ID=ubuntu\nID_LIKE=debian\n', 'debian'],
  ['Mint', 'ID=linuxmint\nID_LIKE="ubuntu debian"\n', 'debian'],
  ['Fedora', 'VERSION_ID=43\nID=fedora\n', 'fedora'],
  ['Alma', `ID="almalinux"\nID_LIKE="rhel centos fedora"\n`, 'fedora'],
  ['Manjaro', 'ID=manjaro\nID_LIKE=arch\n', 'arch'],
  ['Alpine', 'ID=alpine\n', null]
])('%s is told by its release file', async (_, text, distribution) => {
  await put('etc/os-release', text)
  expect(findDistribution({ root })).toBe(distribution)
})

test('a system without a release file has no distribution', () => {
  expect(findDistribution({ root })).toBe(null)
})

test('the command installs each package once, with sudo for all but root', () => {
  const parts: SystemPart[] = [
    { id: 'x', packages },
    { id: 'y', packages: { debian: ['b', 'c'], fedora: ['f'], arch: ['r', 's'] } }
  ]
  expect(packagesOf(parts, 'debian')).toEqual(['a', 'b', 'c'])
  expect(installCommand(parts, 'debian', false)).toBe('sudo apt-get install a b c')
  expect(installCommand(parts, 'fedora', false)).toBe('sudo dnf install f')
  expect(installCommand(parts, 'arch', true)).toBe('pacman -S r s')
})

test('one part is installed by its name in this distribution, or by nothing that we know', async () => {
  expect(commandFor('libheif', { root })).toBe(null)
  await put('etc/os-release', 'ID=fedora\n')
  expect(commandFor('libheif', { root })).toMatch(/^(?:sudo )?dnf install libheif-tools$/u)
})
