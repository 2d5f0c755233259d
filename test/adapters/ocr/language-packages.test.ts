import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { commandToAdd } from '#adapters/ocr/language-packages.ts'
import { languagesCheck } from '#app/doctor/languages-check.ts'
import { runChecks } from '#app/doctor/checks.ts'
import { languagesOf, type TextLanguage } from '#core/pictures/text-languages.ts'

const sudo = process.getuid?.() === 0 ? '' : 'sudo '

function language(tag: string): TextLanguage {
  return languagesOf([tag])[0] ?? expect.fail(tag)
}

/** A folder that stands for the root of a Linux system. */
async function withSystem(id: string, work: (root: string) => Promise<void>): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), 'descry-system-'))
  try {
    await mkdir(join(root, 'etc'))
    await writeFile(join(root, 'etc/os-release'), `ID=${id}\n`)
    await work(root)
  } finally {
    await rm(root, { recursive: true })
  }
}

describe('the command that adds a language', () => {
  it.each([
    ['debian', 'es', 'apt-get install tesseract-ocr-spa'],
    ['ubuntu', 'zh', 'apt-get install tesseract-ocr-chi-sim'],
    ['fedora', 'uk', 'dnf install tesseract-langpack-ukr'],
    ['arch', 'ja', 'pacman -S tesseract-data-jpn']
  ])('on %s, for %s: %s', (id, tag, command) =>
    withSystem(id, async (root) => {
      expect(commandToAdd(language(tag), { platform: 'linux', root })).toBe(`${sudo}${command}`)
    })
  )

  it('is unknown on Windows and on an unknown Linux', () =>
    withSystem('plan9', async (root) => {
      expect(commandToAdd(language('es'), { platform: 'win32' })).toBeNull()
      expect(commandToAdd(language('es'), { platform: 'linux', root })).toBeNull()
    }))

  it('adds all on macOS', () => {
    expect(commandToAdd(language('es'), { platform: 'darwin' })).toBe('brew install tesseract-lang')
  })
})

describe('the doctor', () => {
  const look = (tag: string) =>
    runChecks([languagesCheck({ language: tag }, [])], () => undefined, new AbortController().signal)

  it('names a language of the user that cannot be read, and the command that adds it', async () => {
    expect((await look('ko-KR')).at(-1)).toEqual({
      check: 'Languages of text',
      state: 'left-out',
      message: 'Text in Korean is not read: its data is not installed.',
      next: 'Add it with: descry languages add ko'
    })
  })

  it('says what is read', async () => {
    const [{ state, message } = expect.fail('nothing')] = await look('de')
    expect(state).toBe('ok')
    expect(message).toMatch(/^Text is read in English.* German\.$/u)
  })
})
