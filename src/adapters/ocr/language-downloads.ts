import { createHash, randomUUID } from 'node:crypto'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { addedLanguagesFolder } from './language-data.ts'
import type { TextLanguage } from '#core/pictures/text-languages.ts'
import { DescryError } from '#shared/errors.ts'
import { languageName } from '#shared/messages/formats.ts'
import { t } from '#shared/messages/messages.ts'

/**
 * Hands out single files of npm packages; a tenth to a fifth of a package is what is needed. A mirror of it will do: what
 * arrives must match the checksums below.
 */
export const languageSource = 'https://cdn.jsdelivr.net/npm'

/** Version of all packages, @tesseract.js-data/CODE (Apache-2.0). */
const version = '1.0.0'

interface LanguageFile {
  /** With gzip, as it is downloaded and kept. */
  bytes: number
  /** In Base64. */
  sha512: string
}

/** By Tesseract's codes, of `4.0.0_best_int` in each package. There is none for Russian. */
const files: Record<string, LanguageFile | undefined> = {
  spa: {
    bytes: 2_100_190,
    sha512: '+KI06UT7jQNnva4YX9vC5u9rcxXFJYP0XYbuUttLs+Ga1woWwCUs5uie1fUCu8mndS7UGQFJgSL2bze10gX0Ig=='
  },
  ita: {
    bytes: 1_660_998,
    sha512: 'YPw0J1Ct/XniG9ECjlZtX9RdN7M5LfyR8QBJu+rX3jMFtpF+ARfIgA4ecALmTFqvGKhRWUmMSuzvu8Cg5JhsSQ=='
  },
  por: {
    bytes: 1_392_239,
    sha512: 'smCBBsGwa8tBPTi7YkCv2bDVmq0ZOccBxgZ3eICgfMHPpadtEATwtGk1rJ1ycUSVTqR+8TT4+r7jCMlDKzWATw=='
  },
  nld: {
    bytes: 3_005_696,
    sha512: 'Ya0r2dw6Ua5K6srW+MQzSK4tIDs9A2Mx8Dk7NxdJGaN3STJYEjn7RrJkNdckUENth4WBfPIq3fgnJxGMmMYheQ=='
  },
  swe: {
    bytes: 2_503_095,
    sha512: 'xxkQPjngRl8re37cw7IlLHAQngcC4D1o6TXVwAUCyxe74wPRgq+28vr+AmMicm59WVbFW7cIFNVGEPx7r6dcgA=='
  },
  pol: {
    bytes: 2_642_356,
    sha512: 'jkvdroqfYXXRDkx2S1daoT5hd9Tf5T+XkC8XtKJCztwSvFFZJOj87SCFRLU5DUqrfqEyVa8lgJEaCvjBTT2gXA=='
  },
  ces: {
    bytes: 2_225_029,
    sha512: '6Cl/gSUrhFehjjtER63iRqyIeMwvwUmFAmYpx7Xro2MGO0dTVwsiYLnpBrOPD8tOXawXnuDJ9m4s5DprECqfnA=='
  },
  tur: {
    bytes: 2_141_291,
    sha512: '6r+2XxOAH9KptJ2Wh5QoFlAgSUMCbTNKdhQxUhoHl1uKUggWxhTEvuvEUV5luYOwBxLJjf+nFSvyrtBBg33AGQ=='
  },
  ell: {
    bytes: 1_324_749,
    sha512: 'Bo73MHGvLCUDYQrF35GKU+yYC25XFewc6xESbnBI1bYiS/62jgULxUVzKNvlEtzCJV+dU5lCSzOPc9y5G18p+g=='
  },
  ukr: {
    bytes: 2_114_206,
    sha512: 'dLDIkw1E878e8wv2IT9UfSb4cF/TpQG99VziJWK7OBIPe2szRwcyl1vYRr80iqLQe6guJQdGG5hJziow/F4/9g=='
  },
  ara: {
    bytes: 1_661_906,
    sha512: 'lkjde7V1AibO/Kv7azHXpAL50CIYVZ4ZflNbLN1dBP+LMviTZ7xwFgSLyLglUvNmiiDKWlAWUACKgN0naySz8w=='
  },
  heb: {
    bytes: 580_576,
    sha512: 'FK0KHPgMBSjtXWyQf9l05Kf4ZIIK+iRpS62iAE/X1yCQQqZPZuxDUU4rUAO3Uct/PHce8rQqc+8vbJEzgthGJA=='
  },
  hin: {
    bytes: 1_389_692,
    sha512: 'q+rEfdYUK8l/3PsHL66VjAcoZzlz5bPHV67gZoawcGOR31Yd7tH9g5oYlohvhm/bbgr7wtE1Ee3+u46EVZGA2g=='
  },
  jpn: {
    bytes: 2_030_256,
    sha512: '/vwBOIFGkDj3swbZwTnni6e49wzu4QcJR+Oi5DBawfg2bEA/Z+ZMBl9nwv2xdrVQ0ssS67EjF2JD3jadXU69jw=='
  },
  kor: {
    bytes: 1_572_336,
    sha512: 'tD6isxLs8mF15t3VQeMzcoXxNaALTA4XbXYvli+ZP+0EUQOZDrOP7ckuoPj1hy6h+7Rp+Gkd3Q0nomqVEIrwYw=='
  }
}

/** A server that sends nothing for this long has failed. */
const idleMs = 30_000

/** How much has to be downloaded to read a language; null where the system's packages are the only way. */
export function downloadBytes({ code }: TextLanguage): number | null {
  return files[code]?.bytes ?? null
}

/**
 * Downloads the data for a language into Descry's own folder. A file that is already there is replaced.
 *
 * Errors: DescryError offline, if the source cannot be reached or does not have it; bad-answer, if what arrives is not what was
 * expected; AbortError.
 */
export async function addLanguage(
  language: TextLanguage,
  { source = languageSource, folder = addedLanguagesFolder(), signal }: AddingOptions
): Promise<void> {
  const expected = files[language.code]
  if (!expected) throw new DescryError('unsupported')
  const { code } = language
  const file = `@tesseract.js-data/${code}@${version}/4.0.0_best_int/${code}.traineddata.gz`
  const data = await download(`${source.replace(/\/+$/u, '')}/${file}`, expected.bytes, signal)
  const isExpected = createHash('sha512').update(data).digest('base64') === expected.sha512
  if (!isExpected)
    throw new DescryError('bad-answer', {
      message: t('pictures.language-damaged', { language: languageName(language.tag) }),
      next: t('pictures.language-damaged.next')
    })
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
  /** Address of the folder that holds the packages. */
  source?: string
  folder?: string
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
    const response = await fetch(url, {
      // The file is wanted as it is, with its gzip.
      headers: { 'accept-encoding': 'identity' },
      signal: AbortSignal.any([signal, idle.signal])
    })
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
