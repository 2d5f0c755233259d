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
  test('is not there at first: the defaults, and no warning', async () => {
    expect(await createSettingsFile(path).load()).toEqual({ settings: defaultSettings, warning: null })
  })

  test('gives back what was saved, to this user alone', async () => {
    await createSettingsFile(path).save(changed)
    expect(await createSettingsFile(path).load()).toEqual({ settings: changed, warning: null })
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect((await stat(join(home, 'deeper'))).mode & 0o777).toBe(0o700)
    expect(await readdir(join(home, 'deeper'))).toEqual(['settings.json'])
  })

  test('holds the newest of many saves at once', async () => {
    const store = createSettingsFile(path)
    await Promise.all(Array.from({ length: 20 }, (_, i) => store.save({ ...changed, rateWpm: 100 + i })))
    expect((await store.load()).settings.rateWpm).toBe(119)
  })

  test('when damaged, is kept aside and the loss is told', async () => {
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

  test('one bad value does not cost the others', async () => {
    await put('\ufeff{"model":"gpt-6-luna","rateWpm":99999,"baseUrl":"javascript:alert(1)","volumePercent":40,"new":1}')
    const { settings, warning } = await createSettingsFile(path).load()
    expect(settings).toEqual({ ...defaultSettings, model: 'gpt-6-luna', volumePercent: 40 })
    expect(warning).toBe('The settings file has unusable values for baseUrl and rateWpm. Using the defaults.')
  })

  test('never holds a key, whatever is handed in', async () => {
    await createSettingsFile(path).save({ ...changed, apiKey: 'sk-secret' } as typeof changed)
    expect(await readFile(path, 'utf8')).not.toContain('sk-secret')
  })

  test('stays a link when it is one', async () => {
    const real = join(home, 'dotfiles.json')
    await writeFile(real, '{}')
    await symlink(real, join(home, 'settings.json'))
    await createSettingsFile(join(home, 'settings.json')).save(changed)
    expect((await lstat(join(home, 'settings.json'))).isSymbolicLink()).toBe(true)
    expect(JSON.parse(await readFile(real, 'utf8'))).toEqual(changed)
  })

  test('a place that cannot be written is a failure with a next step, and the next save works', async () => {
    const blocked = join(home, 'file')
    await writeFile(blocked, '')
    const store = createSettingsFile(join(blocked, 'settings.json'))
    await expect(store.save(changed)).rejects.toMatchObject({ code: 'no-permission' })
    await rm(blocked)
    await store.save(changed)
    expect((await store.load()).settings).toEqual(changed)
  })

  test('what cannot be read is left alone: the defaults, and a warning', async () => {
    await mkdir(path, { recursive: true })
    expect(await createSettingsFile(path).load()).toEqual({
      settings: defaultSettings,
      warning: 'Your settings could not be read. Using default settings.'
    })
    expect((await stat(path)).isDirectory()).toBe(true)
  })
})
