/**
 * `node scripts/fetch-nvda-client.ts`: downloads NVDA's controller client library into vendor/nvda/<arch>/, for packing on
 * Windows.
 *
 * The library is NV Access' own (LGPL 2.1, so its license goes with it) and is not committed. Only the archive whose checksum
 * is in nvda-client.json is accepted. docs/contributing/release.md says how to move to another version.
 */
import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { zipEntries } from './zip-entries.ts'

export interface NvdaClientPin {
  version: string
  url: string
  /** Of the whole archive, in hex. */
  sha256: string
}

const libraryName = 'nvdaControllerClient.dll'
/** Electron, electron-builder and NV Access all use these names. */
const processors = ['x64', 'arm64']
const limitMs = 120_000

/** Downloads, checks and unpacks the library. Throws, leaving nothing behind, when any of that fails. */
export async function fetchNvdaClient(pin: NvdaClientPin, folder: string): Promise<string[]> {
  const response = await fetch(pin.url, { signal: AbortSignal.timeout(limitMs) })
  if (!response.ok) throw new Error(`${pin.url} answered with status ${response.status}.`)
  const archive = Buffer.from(await response.arrayBuffer())
  const sha256 = createHash('sha256').update(archive).digest('hex')
  if (sha256 !== pin.sha256.toLowerCase()) throw new Error(`${pin.url} has the wrong checksum: ${sha256}.`)

  const entries = zipEntries(archive)
  const wanted = (name: string): Buffer => {
    const bytes = entries.get(name)
    if (bytes === undefined) throw new Error(`${name} is not in the archive.`)
    return bytes
  }
  const license = wanted('license.txt')
  const files = processors.flatMap((processor) => [
    { path: join(folder, processor, libraryName), bytes: wanted(`${processor}/${libraryName}`) },
    { path: join(folder, processor, 'license.txt'), bytes: license }
  ])
  for (const processor of processors) await mkdir(join(folder, processor), { recursive: true })
  for (const { path, bytes } of files) await writeFile(path, bytes)
  return files.map(({ path }) => path)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const pin = JSON.parse(await readFile(new URL('nvda-client.json', import.meta.url), 'utf8')) as NvdaClientPin
  for (const path of await fetchNvdaClient(pin, fileURLToPath(new URL('../vendor/nvda', import.meta.url)))) {
    console.log(path)
  }
}
