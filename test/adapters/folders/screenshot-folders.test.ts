import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findScreenshotFolders } from '#adapters/folders/screenshot-folders.ts'

let home: string
const make = async (...parts: string[]): Promise<string> => {
  const path = join(home, ...parts)
  await mkdir(path, { recursive: true })
  return path
}

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'descry-home-'))
})
afterEach(() => rm(home, { recursive: true, force: true }))

describe('on Linux', { tags: ['posix'] }, () => {
  const find = (): Promise<string[]> => findScreenshotFolders({ platform: 'linux', env: { HOME: home } })

  it('finds GNOME’s folder by its name in the user’s language', async () => {
    const german = await make('Bilder', 'Bildschirmfotos')
    await make('Bilder', 'Urlaub')
    await make('.config')
    await writeFile(join(home, '.config/user-dirs.dirs'), '# made\nXDG_PICTURES_DIR="$HOME/Bilder"\n')
    expect(await find()).toEqual([german])
  })

  it('compares names as people do, not byte by byte', async () => {
    const decomposed = await make('Pictures', 'Captures d’écran'.normalize('NFD'))
    const small = await make('Pictures', 'screenshots')
    expect((await find()).toSorted()).toEqual([decomposed, small].toSorted())
  })

  it.each([
    ['[ImageSave]\nimageSaveLocation=file:///HOME/My%20Shots/', 'My Shots'],
    ['[ImageSave]\nimageSaveLocation[$e]=file://$HOME/Shots', 'Shots'],
    ['[Save]\ndefaultSaveLocation=$HOME/Old', 'Old']
  ])('adds the folder chosen in Spectacle: %j', async (settings, name) => {
    const chosen = await make(name)
    await make('.config')
    await writeFile(join(home, '.config/spectaclerc'), settings.replace('/HOME', home))
    expect(await find()).toEqual([chosen])
  })

  it('falls back to Pictures, whether it exists or not', async () => {
    const pictures = join(home, 'Pictures')
    expect(await find()).toEqual([pictures])
    await make('Pictures')
    expect(await find()).toEqual([pictures])
  })

  it('expects the chosen folder and Pictures while neither has a screenshot', async () => {
    await make('.config')
    await writeFile(join(home, '.config/spectaclerc'), '[ImageSave]\nimageSaveLocation=$HOME/Shots')
    expect(await find()).toEqual([join(home, 'Pictures'), join(home, 'Shots')])
  })
})

describe('elsewhere', () => {
  it('asks macOS, else uses the Desktop', async () => {
    const desktop = await make('Desktop')
    const chosen = await make('Shots')
    const env = { HOME: home }
    const asked: string[] = []
    const answer = (text: string | null) => (command: string, args: string[]) => {
      asked.push([command, ...args].join(' '))
      return Promise.resolve(text)
    }
    expect(await findScreenshotFolders({ platform: 'darwin', env, ask: answer('~/Shots') })).toEqual([chosen])
    expect(await findScreenshotFolders({ platform: 'darwin', env, ask: answer(null) })).toEqual([desktop])
    expect(asked[0]).toBe('defaults read com.apple.screencapture location')
  })

  it('finds Pictures\\Screenshots on Windows: moved, in OneDrive, at home; each once', async () => {
    const atHome = await make('Pictures', 'Screenshots')
    const cloud = await make('OneDrive', 'Pictures', 'Screenshots')
    const moved = await make('Moved')
    const env = { USERPROFILE: home, OneDrive: join(home, 'OneDrive'), OneDriveConsumer: join(home, 'OneDrive') }
    const answer = '    {B7BEDE81-DF94-4682-A7D8-57A52620B86F}    REG_EXPAND_SZ    %USERPROFILE%/Moved'
    const found = await findScreenshotFolders({ platform: 'win32', env, ask: () => Promise.resolve(answer) })
    expect(found).toEqual([moved, atHome, cloud])
  })

  it('expects it where Windows and macOS will create it with the first screenshot', async () => {
    const ask = (): Promise<null> => Promise.resolve(null)
    const windows = await findScreenshotFolders({ platform: 'win32', env: { USERPROFILE: home }, ask })
    expect(windows).toEqual([join(home, 'Pictures', 'Screenshots')])
    expect(await findScreenshotFolders({ platform: 'darwin', env: { HOME: home }, ask })).toEqual([
      join(home, 'Desktop')
    ])
  })
})
