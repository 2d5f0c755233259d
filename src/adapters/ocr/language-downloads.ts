import { createHash, randomUUID } from 'node:crypto'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { addedLanguagesFolder } from './language-data.ts'
import type { TextLanguage } from '#core/pictures/text-languages.ts'
import { DescryError } from '#shared/errors.ts'
import { languageName } from '#shared/messages/formats.ts'
import { t } from '#shared/messages/messages.ts'

/** The npm registry. A mirror of it will do: what arrives must match the checksums below. */
export const languageSource = 'https://registry.npmjs.org'

/** Version of all packages, @tesseract.js-data/CODE (Apache-2.0). */
const version = '1.0.0'

export interface LanguagePackage {
  /** As downloaded, with gzip. */
  bytes: number
  /** In Base64. */
  sha512: string
}

/** By Tesseract's codes, as the registry states them. The one for Russian could not be had. */
const packages: Record<string, LanguagePackage | undefined> = {
  spa: {
    bytes: 10_436_372,
    sha512: '9Ln+QKq/TNu4Hy4aOp5b4nXo9U0C6IqJMzNDpAJZe/fNtz6jXG9G/hQgR/Irxj+RGf0M7Xy1MNx1yl4wQUIfeg=='
  },
  ita: {
    bytes: 8_567_364,
    sha512: 'Sx19NVYve5VAxEBDL6CWTX+evlvzV+iAS5ejJywcHVsmir/C9Tzw2fExoh97QFc06t48tYZA8VrMobsBzMAEhA=='
  },
  por: {
    bytes: 8_124_452,
    sha512: 'sQ7GqYUgKaMmV0vNujYoXLlXUp2e5RGGkJxQ3L59kUOaupIugLJeb1dqhrfgyb71XQw7ltdSuXdQIoaoS/rpsQ=='
  },
  nld: {
    bytes: 13_178_605,
    sha512: 'Fq9TDxewYAw3YBLqLYEu3rziNUHq0F1NnnM49vI0E5o6S2oKcirhTumGvv8ws088+li1llyKXT9nfrHuxxetHQ=='
  },
  swe: {
    bytes: 8_821_162,
    sha512: '9BRWhTs8THTaBtFNvaTSZbL8gb14CH86TsdNjpDVBgm4kOS5RW8V6xfM91SEho4rlxyzAJPA909GRD1xsJbyJg=='
  },
  pol: {
    bytes: 10_977_737,
    sha512: 'e9naSi/5kIXIMsymriFMUXJ2XWxRY/09qU9pkmEN28nAeMyF70EYkn4G3iHoB2oF/HNhZpy8lCIe1/I2L/BqKA=='
  },
  ces: {
    bytes: 9_329_679,
    sha512: 'mXnVy8WoG/ImbrpN5oggaBBMSrHQH+hKbgkbPQeVY6MChIDDZT1H+e2I4eiAvl+fypfIbiqpIcodGex03PXvfw=='
  },
  tur: {
    bytes: 10_170_951,
    sha512: '510AUJda8BsgrTchfIIH1uV1wfYp28+PLy74sxSQiHM0sLv9kjbNyooxUCo/R4TOjLQY0fXQ2QWwozWlSlXrkw=='
  },
  ell: {
    bytes: 4_744_428,
    sha512: 'cCdWHcxHupC9YltWAoscqnw1QAIo4ENgaXNNVXfN+FBvSncnx3lgnNcyRdCvGSi31buwr7vPY156WHu2Yubg4A=='
  },
  ukr: {
    bytes: 7_287_250,
    sha512: 'W/i5g9xbyBHJxklEb0mU2iLENBzU9CgXk1LVg82aQ95IaRwNFjY1z5y0vMcydEHQLx/TeawGrHiqlWoyXWCDzA=='
  },
  ara: {
    bytes: 3_333_623,
    sha512: 'bB60Av6dsv9LRUrlaM6SgnAwjUpdbanw9Jf3mbhDCZAhX7Cp8u7YjI8EWfCvMhH3R2QJT/2EA8cijqPANOhwaA=='
  },
  heb: {
    bytes: 2_748_563,
    sha512: 't70MeqlBqOsf+pINWgG32gaVsXG2LUiOFMMzeJLl+bDEjRK9nXUqF/xzl37xP2IdwZcOsd6BnQRbZDN/8AAWlA=='
  },
  hin: {
    bytes: 2_792_751,
    sha512: 'MB6WY6g4SAtrs+Xuyz5JDDsLFCykCwIESV7M9KkyxF71bxBqhLa8e7GJi5yGa/Wl6V4nuC7LWX/EMdSyTINTvg=='
  },
  jpn: {
    bytes: 18_107_568,
    sha512: 'nUq2xHUjiWE6FRqkvLIIbByLZ39B8qNaBSOnVP4XIKGPKtZ1e0hiRnK7WhPfl8A+Fe7aNE1u/QoXXUym3TbSCA=='
  },
  kor: {
    bytes: 8_507_588,
    sha512: 'tepYhsYiRJ8E44R27MHxVteEDDLfYQxuvM6u4JlEHcCYqwpefvI5TGzoMgB67kunOvtyEJYtT5zfJ/6R6FVU9w=='
  }
}

/** A server that sends nothing for this long has failed. */
const idleMs = 30_000

/** How much has to be downloaded to read a language; null where the system's packages are the only way. */
export function downloadBytes({ code }: TextLanguage): number | null {
  return packages[code]?.bytes ?? null
}

/**
 * Downloads the data for a language into Descry's own folder. A file that is already there is replaced.
 *
 * Errors: DescryError offline, if the source cannot be reached or does not have it; bad-answer, if what arrives is not what was
 * expected; AbortError.
 */
export async function addLanguage(
  language: TextLanguage,
  {
    source = languageSource,
    folder = addedLanguagesFolder(),
    expected = packages[language.code],
    signal
  }: AddingOptions
): Promise<void> {
  if (!expected) throw new DescryError('unsupported')
  const name = `@tesseract.js-data/${language.code}`
  const url = `${source.replace(/\/+$/u, '')}/${name}/-/${language.code}-${version}.tgz`
  const bytes = await download(url, expected.bytes, signal)
  const isExpected = createHash('sha512').update(bytes).digest('base64') === expected.sha512
  if (!isExpected)
    throw new DescryError('bad-answer', {
      message: t('pictures.language-damaged', { language: languageName(language.tag) }),
      next: t('pictures.language-damaged.next')
    })
  const data = fileInTar(gunzipSync(bytes), `package/4.0.0_best_int/${language.code}.traineddata.gz`)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  // Under another name until it is whole, because another Descry may look for it.
  const temporary = join(folder, `${randomUUID()}.part`)
  try {
    await writeFile(temporary, data, { mode: 0o600 })
    await rename(temporary, addedFile(language, folder))
  } finally {
    await rm(temporary, { force: true })
  }
}

export interface AddingOptions {
  /** Address of a registry. */
  source?: string
  folder?: string
  /** For tests. */
  expected?: LanguagePackage
  signal: AbortSignal
}

/** Whether there was data that addLanguage had added. */
export async function removeLanguage(language: TextLanguage, folder = addedLanguagesFolder()): Promise<boolean> {
  try {
    await rm(addedFile(language, folder))
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
}

function addedFile({ code }: TextLanguage, folder: string): string {
  return join(folder, `${code}.traineddata.gz`)
}

/** Exactly so many bytes, or fewer; the checksum tells. */
async function download(url: string, mostBytes: number, signal: AbortSignal): Promise<Buffer> {
  const idle = new AbortController()
  const timer = setTimeout(() => idle.abort(), idleMs)
  try {
    const response = await fetch(url, { signal: AbortSignal.any([signal, idle.signal]) })
    if (!response.ok || !response.body) throw new Error(`HTTP ${response.status}`)
    const parts: Uint8Array[] = []
    let received = 0
    for await (const part of response.body) {
      timer.refresh()
      parts.push(part)
      received += part.byteLength
      if (received > mostBytes) break
    }
    return Buffer.concat(parts)
  } catch (error) {
    if (signal.aborted) throw error
    const { host } = new URL(url)
    throw new DescryError('offline', {
      message: t('pictures.language-not-downloaded', { host }),
      next: t('pictures.language-not-downloaded.next'),
      cause: error
    })
  } finally {
    clearTimeout(timer)
  }
}

/** A file of a ustar archive: headers of 512 bytes, with the name at 0 and the size in octal at 124, and contents padded to 512. */
function fileInTar(tar: Buffer, wanted: string): Buffer {
  for (let at = 0; at + 512 <= tar.length;) {
    const field = (from: number, length: number): string =>
      tar.toString('latin1', at + from, at + from + length).split('\0')[0] ?? ''
    const size = Number.parseInt(field(124, 12), 8)
    if (Number.isNaN(size)) break
    if (field(0, 100) === wanted) return tar.subarray(at + 512, at + 512 + size)
    at += 512 + Math.ceil(size / 512) * 512
  }
  throw new DescryError('internal')
}
