import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What OCR reads depends on the files of these folders. */
const engineFolders = ['adapters/ocr', 'core/pictures']

async function sourcesOf(folder: string): Promise<string[]> {
  const path = new URL(`../src/${folder}/`, import.meta.url)
  return Promise.all((await readdir(path)).toSorted().map((name) => readFile(new URL(name, path), 'utf8')))
}

/**
 * Keeps what was read in pictures in `name`, a folder in the system's temporary folder, until the engines change. Only JSON
 * survives.
 */
export async function createOcrCache(
  name: string
): Promise<<Read>(bytes: Uint8Array, read: () => Promise<Read>) => Promise<Read>> {
  const folder = join(tmpdir(), name)
  const engineVersion = (await Promise.all(engineFolders.map(sourcesOf))).flat().join('\n')
  await mkdir(folder, { recursive: true })
  return async <Read>(bytes: Uint8Array, read: () => Promise<Read>) => {
    const file = join(folder, `${createHash('sha256').update(engineVersion).update(bytes).digest('hex')}.json`)
    const json = await readFile(file, 'utf8').catch(() => null)
    if (json !== null) return JSON.parse(json) as Read
    const result = await read()
    await writeFile(file, JSON.stringify(result))
    return result
  }
}
