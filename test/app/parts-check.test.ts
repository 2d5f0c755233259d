import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runChecks, type Finding } from '#app/doctor/checks.ts'
import { partsChecks } from '#app/doctor/parts-check.ts'

let root: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'descry-parts-'))
  await mkdir(join(root, 'etc'))
  await writeFile(join(root, 'etc/os-release'), 'ID=fedora\n')
})
afterAll(() => rm(root, { recursive: true }))

const look = (env: NodeJS.ProcessEnv, options: Parameters<typeof partsChecks>[0] = {}): Promise<Finding[]> =>
  runChecks(
    partsChecks({ platform: 'linux', root, env: { PATH: join(root, 'bin'), ...env }, ...options }),
    () => undefined,
    new AbortController().signal
  )
const parts = (findings: Finding[]): string[] => findings.map(({ message }) => message.split(' ', 1)[0] ?? '')

test("names what is missing, what it is for, and the command of the user's distribution", async () => {
  const findings = await look({})
  const sudo = process.getuid?.() === 0 ? '' : 'sudo '
  expect(findings).toContainEqual({
    check: 'System parts',
    state: 'left-out',
    message: 'libheif is not installed. It opens HEIC photos.',
    next: `Install it with: ${sudo}dnf install libheif-tools`
  })
  expect(findings.every(({ state }) => state === 'left-out')).toBe(true)
})

test('asks for what this kind of session can use, and for nothing that only tests use', async () => {
  expect(parts(await look({}))).not.toEqual(expect.arrayContaining(['xclip']))
  expect(parts(await look({ DISPLAY: ':0' }))).toContain('xclip')
  const gnome = parts(await look({ DISPLAY: ':0', WAYLAND_DISPLAY: 'wayland-0' }))
  expect(gnome).toContain('wl-clipboard')
  expect(gnome).not.toContain('xclip')
  expect(gnome).not.toContain('grim')
  expect(parts(await look({ WAYLAND_DISPLAY: 'wayland-1', SWAYSOCK: '/run/sway' }))).toContain('grim')
  expect(gnome).not.toContain('xvfb')
})

test('says what to install on a distribution that it does not know', async () => {
  expect(await look({}, { root: join(root, 'nowhere') })).toContainEqual(
    expect.objectContaining({ next: "Install espeak-ng with your system's package manager." })
  )
})

test('checks nothing on macOS and Windows', async () => {
  expect(await look({}, { platform: 'darwin' })).toEqual([])
  expect(await look({}, { platform: 'win32' })).toEqual([])
})
