// @module-tag posix
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { browserPlaces, findChromium } from '#preview/chromium.ts'

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'descry-browsers-'))
  onTestFinished(() => rm(made, { recursive: true, force: true }))
  return made
}

async function install(path: string): Promise<void> {
  await writeFile(path, '')
  await chmod(path, 0o755)
}

describe('the browser for the preview', () => {
  it.each([
    ['Chromium', 'chromium'],
    ['Google Chrome', 'google-chrome'],
    ['Microsoft Edge', 'microsoft-edge-stable'],
    ['Brave', 'brave-browser'],
    ['Vivaldi', 'vivaldi-stable']
  ])('may be %s', async (name, program) => {
    const [empty, bin] = [await folder(), await folder()]
    await install(join(bin, program))
    const env = { PATH: `${empty}::${bin}` }
    expect(await findChromium(env, 'linux')).toEqual({ name, path: join(bin, program) })
  })

  it('is Chromium rather than another, wherever they are', async () => {
    const [first, second] = [await folder(), await folder()]
    await install(join(first, 'vivaldi'))
    await install(join(second, 'chromium'))
    expect(await findChromium({ PATH: `${first}:${second}` }, 'linux')).toMatchObject({ name: 'Chromium' })
  })

  it('is a program, not a folder or a file that cannot be run', async () => {
    const bin = await folder()
    await writeFile(join(bin, 'chromium'), '')
    await mkdir(join(bin, 'brave'))
    await install(join(bin, 'vivaldi'))
    expect(await findChromium({ PATH: bin }, 'linux')).toMatchObject({ name: 'Vivaldi' })
  })

  it('is looked for where each system installs programs', () => {
    const places = (env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string[] =>
      browserPlaces(env, platform).map(({ path }) => path)
    expect(places({ PATH: '/usr/bin' }, 'linux')).toEqual(
      expect.arrayContaining(['/usr/bin/brave-browser', '/snap/bin/chromium'])
    )
    expect(places({ HOME: '/Users/ada' }, 'darwin')).toEqual(
      expect.arrayContaining([
        '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
        '/Users/ada/Applications/Brave Browser.app/Contents/MacOS/Brave Browser'
      ])
    )
    const windows = { LOCALAPPDATA: 'C:\\Users\\ada\\AppData\\Local', ProgramFiles: 'C:\\Program Files' }
    expect(places(windows, 'win32')).toEqual(
      expect.arrayContaining([
        'C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe',
        'C:\\Users\\ada\\AppData\\Local\\Vivaldi\\Application\\vivaldi.exe'
      ])
    )
  })

  it('is asked for by name when there is none', async () => {
    await expect(findChromium({ PATH: await folder() }, 'linux')).rejects.toMatchObject({
      code: 'not-found',
      next: expect.stringMatching(/^Install (?:one with: .*chromium|Chromium or Chrome)/u) as string
    })
  })
})
