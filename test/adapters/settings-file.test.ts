import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile, lstat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createSettingsFile } from '#adapters/settings-file.ts'
import { defaultSettings } from '#shared/settings.ts'

let home: string
let path: string
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'descry-settings-'))
  path = join(home, 'deeper', 'settings.json')
})
afterEach(() => rm(home, { recursive: true, force: true }))

const changed = { ...defaultSettings, model: 'gpt-6-luna', rateWpm: 400, screenshotFolders: ['/a/Bilder'] }

async function put(text: string): Promise<void> {
  await createSettingsFile(path).save(defaultSettings)
  await writeFile(path, text)
}

describe('the settings file', () => {
  test('gives the defaults and no warning when there is no file', async () => {
    expect(await createSettingsFile(path).load()).toEqual({ settings: defaultSettings, warning: null })
  })

  test('loads what was saved, readable by this user only', { tags: ['posix'] }, async () => {
    await createSettingsFile(path).save(changed)
    expect(await createSettingsFile(path).load()).toEqual({ settings: changed, warning: null })
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect((await stat(join(home, 'deeper'))).mode & 0o777).toBe(0o700)
    expect(await readdir(join(home, 'deeper'))).toEqual(['settings.json'])
  })

  test('keeps the newest of many concurrent saves', async () => {
    const store = createSettingsFile(path)
    await Promise.all(Array.from({ length: 20 }, (_, i) => store.save({ ...changed, rateWpm: 100 + i })))
    expect((await store.load()).settings.rateWpm).toBe(119)
  })

  test('is moved aside when damaged, with a warning', async () => {
    for (const damaged of ['{"model": "gpt', '', '[]', 'null', '\u0000\u0000']) {
      await put(damaged)
      const { settings, warning } = await createSettingsFile(path).load()
      expect(settings).toEqual(defaultSettings)
      expect(warning).toContain('settings.json.damaged-')
      const aside = (await readdir(join(home, 'deeper'))).find((name) => name.includes('.damaged-'))
      expect(await readFile(join(home, 'deeper', aside ?? ''), 'utf8')).toBe(damaged)
      await rm(join(home, 'deeper'), { recursive: true })
    }
  })

  test('keeps the good values when one is bad', async () => {
    await put('\ufeff{"model":"gpt-6-luna","rateWpm":99999,"baseUrl":"javascript:alert(1)","volumePercent":40,"new":1}')
    const { settings, warning } = await createSettingsFile(path).load()
    expect(settings).toEqual({ ...defaultSettings, model: 'gpt-6-luna', volumePercent: 40 })
    expect(warning).toBe('The settings file has invalid values for baseUrl and rateWpm. Using the defaults.')
  })

  test('never contains an API key, whatever is saved', async () => {
    await createSettingsFile(path).save({ ...changed, apiKey: 'sk-secret' } as typeof changed)
    expect(await readFile(path, 'utf8')).not.toContain('sk-secret')
  })

  test('stays a symbolic link', async () => {
    const real = join(home, 'dotfiles.json')
    await writeFile(real, '{}')
    await symlink(real, join(home, 'settings.json'))
    await createSettingsFile(join(home, 'settings.json')).save(changed)
    expect((await lstat(join(home, 'settings.json'))).isSymbolicLink()).toBe(true)
    expect(JSON.parse(await readFile(real, 'utf8'))).toEqual(changed)
  })

  test('fails with a next step when it cannot be written, and the next save works', async () => {
    const blocked = join(home, 'file')
    await writeFile(blocked, '')
    const store = createSettingsFile(join(blocked, 'settings.json'))
    await expect(store.save(changed)).rejects.toMatchObject({ code: 'no-permission' })
    await rm(blocked)
    await store.save(changed)
    expect((await store.load()).settings).toEqual(changed)
  })

  test('leaves an unreadable file alone and gives the defaults with a warning', async () => {
    await mkdir(path, { recursive: true })
    expect(await createSettingsFile(path).load()).toEqual({
      settings: defaultSettings,
      warning: 'Your settings could not be read. Using default settings.'
    })
    expect((await stat(path)).isDirectory()).toBe(true)
  })

  test('does not wait for a pipe in its place', { tags: ['posix'] }, async () => {
    const pipe = join(home, 'settings.json')
    execFileSync('mkfifo', [pipe])
    await symlink(pipe, join(home, 'link.json'))
    for (const place of [pipe, join(home, 'link.json'), '/dev/zero'])
      expect(await createSettingsFile(place).load()).toEqual({
        settings: defaultSettings,
        warning: 'Your settings could not be read. Using default settings.'
      })
  })

  test('is not read when it is far larger than any settings', async () => {
    await put(' '.repeat(2_000_000))
    expect((await createSettingsFile(path).load()).warning).toBe(
      'Your settings could not be read. Using default settings.'
    )
  })
})
