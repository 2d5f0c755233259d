import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findLanguageData } from '#adapters/ocr/language-data.ts'
import { addLanguage, downloadBytes, removeLanguage, type LanguagePackage } from '#adapters/ocr/language-downloads.ts'
import { languagesOf, textLanguages } from '#core/pictures/text-languages.ts'

const japanese = languagesOf(['ja'])[0] ?? expect.fail('no Japanese')
/** What npm installed for the tests. */
const realData = await readFile(
  join(
    dirname(createRequire(import.meta.url).resolve('@tesseract.js-data/jpn/package.json')),
    '4.0.0_best_int/jpn.traineddata.gz'
  )
)

function tarOf(files: Record<string, Buffer>): Buffer {
  const blocks = Object.entries(files).flatMap(([name, data]) => {
    const header = Buffer.alloc(512)
    header.write(name, 0)
    header.write(data.length.toString(8).padStart(11, '0'), 124)
    return [header, data, Buffer.alloc((512 - (data.length % 512)) % 512)]
  })
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]), { level: 1 })
}
const packed = tarOf({
  'package/package.json': Buffer.from('{}'),
  'package/4.0.0_best_int/jpn.traineddata.gz': realData
})
const expected: LanguagePackage = {
  bytes: packed.length,
  sha512: createHash('sha512').update(packed).digest('base64')
}

let folder: string
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'descry-languages-'))))
afterEach(() => rm(folder, { recursive: true, force: true }))

/** A registry on this computer that sends this for every address. */
async function withRegistry(body: Buffer | null, work: (source: string) => Promise<void>): Promise<void> {
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
  it('is downloaded, found, and removed again', () =>
    withRegistry(packed, async (source) => {
      await addLanguage(japanese, { source, folder, expected, signal })
      expect(await readdir(folder)).toEqual(['jpn.traineddata.gz'])
      expect((await readFile(join(folder, 'jpn.traineddata.gz'))).equals(realData)).toBe(true)
      expect(await removeLanguage(japanese, folder)).toBe(true)
      expect(await removeLanguage(japanese, folder)).toBe(false)
    }))

  it.each([
    ['other bytes', Buffer.from('something else'), 'bad-answer'],
    ['more bytes', Buffer.concat([packed, Buffer.alloc(100_000)]), 'bad-answer'],
    ['nothing', null, 'offline']
  ])('is not kept when the server sends %s', (_, body, code) =>
    withRegistry(body, async (source) => {
      await expect(addLanguage(japanese, { source, folder, expected, signal })).rejects.toMatchObject({ code })
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
