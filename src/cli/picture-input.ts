import type { Terminal } from './terminal.ts'
import { fetchPicture } from '#adapters/pictures/picture-address.ts'
import { readPictureFile } from '#adapters/pictures/picture-file.ts'
import { maxPictureBytes, tooManyBytes } from '#adapters/pictures/picture-header.ts'
import { t } from '#shared/messages/messages.ts'

/** The bytes of a file, of an http(s) address, or of stdin (`-`). Errors: those of each port. */
export function readPicture(source: string, terminal: Terminal): Promise<Uint8Array> {
  if (source === '-') return readStdin(terminal)
  if (/^https?:\/\//iu.test(source)) return fetchPicture(source, { signal: terminal.signal, mayBePrivate: true })
  return readPictureFile(source)
}

async function readStdin(terminal: Terminal): Promise<Uint8Array> {
  if (process.stdin.isTTY) terminal.tell(t('cli.waiting-for-stdin'))
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > maxPictureBytes) throw tooManyBytes()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
