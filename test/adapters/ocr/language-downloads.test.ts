import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findLanguageData } from '#adapters/ocr/language-data.ts'
import { addLanguage, downloadBytes, removeLanguage } from '#adapters/ocr/language-downloads.ts'
import { languagesOf, textLanguages, type TextLanguage } from '#core/pictures/text-languages.ts'

const japanese = languagesOf(['ja'])[0] ?? expect.fail('no Japanese')
/** What npm installed for the tests. */
const dataOf = ({ code }: TextLanguage): Promise<Buffer> =>
  readFile(
    join(
      dirname(createRequire(import.meta.url).resolve(`@tesseract.js-data/${code}/package.json`)),
      `4.0.0_best_int/${code}.traineddata.gz`
    )
  )
const realData = await dataOf(japanese)

let folder: string
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'descry-languages-'))))
afterEach(() => rm(folder, { recursive: true, force: true }))

/** A server on this computer that sends this for every address. */
async function withServer(body: Buffer | null, work: (source: string) => Promise<void>): Promise<void> {
  const server = createServer((_, response) => {
    if (body === null) response.writeHead(404).end()
    else response.end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  } finally {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
}

const { signal } = new AbortController()

describe('data for a language', () => {
  // These are the ones that npm installs for other tests; their real checksums are compared.
  it.each(languagesOf(['es', 'uk', 'ar', 'ja']))('is downloaded, found, and removed again: $tag', async (language) => {
    const real = await dataOf(language)
    await withServer(real, async (source) => {
      await addLanguage(language, { source, folder, signal })
      const name = `${language.code}.traineddata.gz`
      expect(await readdir(folder)).toEqual([name])
      expect((await readFile(join(folder, name))).equals(real)).toBe(true)
      expect(await removeLanguage(language, folder)).toBe(true)
      expect(await removeLanguage(language, folder)).toBe(false)
    })
  })

  it.each([
    ['other bytes', Buffer.from('something else'), 'bad-answer'],
    ['more bytes', Buffer.concat([realData, Buffer.alloc(100_000)]), 'bad-answer'],
    ['nothing', null, 'offline']
  ])('is not kept when the server sends %s', (_, body, code) =>
    withServer(body, async (source) => {
      await expect(addLanguage(japanese, { source, folder, signal })).rejects.toMatchObject({ code })
      expect(await readdir(folder)).toEqual([])
    })
  )

  it('can be downloaded for every language that needs it, except Russian', () => {
    const without = textLanguages.filter((language) => downloadBytes(language) === null)
    expect(without.map(({ tag }) => tag)).toEqual(['en', 'de', 'fr', 'ru', 'zh'])
  })

  it('is found in a folder with gzip and without, for a language that npm has not installed', async () => {
    const korean = languagesOf(['ko'])[0] ?? expect.fail('no Korean')
    expect(findLanguageData(korean, [folder])).toBeNull()
    for (const name of ['kor.traineddata', 'kor.traineddata.gz']) {
      await writeFile(join(folder, name), '')
      expect(findLanguageData(korean, [folder])?.path).toBe(join(folder, name))
    }
  })
})
