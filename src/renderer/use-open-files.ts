import { useRef, useState } from 'react'
import type { Bridge } from '#shared/bridge.ts'
import { failure, type Failure } from '#shared/errors.ts'
import { failureOfFile } from '#shared/file-failure.ts'
import type { Announcement } from './live-regions.tsx'

/** What is larger is not even read: the app takes it by its path, on the command line. */
const largestBytes = 100 * 1024 * 1024

/** Opens files one after the other, whenever they come, so that none is lost and one at most is in memory. */
export function useOpenFiles(
  bridge: Bridge,
  announce: (announcement: Announcement) => void,
  onOpened: () => void
): { open: (files: readonly File[]) => void; waiting: number; refused: readonly Failure[] } {
  const queue = useRef(Promise.resolve())
  const [waiting, setWaiting] = useState(0)
  const [refused, setRefused] = useState<readonly Failure[]>([])

  /** The window found it out by itself, so the window has it heard. */
  function refuse(name: string, words: Failure): Failure {
    const refusal = failureOfFile(name, words)
    announce({ text: `${refusal.message} ${refusal.next}`, urgency: 'assertive' })
    return refusal
  }

  async function openOne(file: File): Promise<Failure | null> {
    const { name } = file
    if (file.size > largestBytes)
      return refuse(name, { ...failure('too-large'), message: 'This is over 100 MB.', next: 'Choose a smaller file.' })
    let bytes: Uint8Array
    try {
      bytes = new Uint8Array(await file.arrayBuffer())
    } catch {
      return refuse(name, {
        ...failure('not-found'),
        message: 'This cannot be read.',
        next: 'Choose files, not a folder.'
      })
    }
    const reply = await bridge.request('open-file', { name, bytes })
    if (reply.ok) onOpened()
    return reply.ok ? null : reply.error
  }

  async function openNext(file: File): Promise<void> {
    const why = await openOne(file)
    setWaiting((count) => count - 1)
    if (why) setRefused((before) => [...before, why])
  }

  function open(files: readonly File[]): void {
    setRefused([])
    setWaiting((count) => count + files.length)
    if (files.length > 1) announce({ text: `Opening ${files.length} files`, urgency: 'polite' })
    for (const file of files) queue.current = queue.current.then(() => openNext(file))
  }

  return { open, waiting, refused }
}
