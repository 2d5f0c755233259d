import { useEffect, useEffectEvent, useRef, type ReactNode, useState } from 'react'
import { FailureText } from '../ui/failure-text.tsx'
import { windowKeyName } from './keys.ts'
import type { Announcement } from '../ui/announcements.tsx'
import type { Bridge } from '#shared/bridge.ts'
import { type Failure, failure } from '#shared/errors.ts'
import { failureOfFile } from '#shared/file-failure.ts'

interface Props {
  onOpen: (files: readonly File[]) => void
  /** How many are still to be opened. */
  waiting: number
  refused: readonly Failure[]
}

function isEditable(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea')
}

/** Word and Excel copy their text together with a picture of it: in a field the text is meant. */
function isTextForField({ clipboardData, target }: ClipboardEvent): boolean {
  return isEditable(target) && (clipboardData?.types.includes('text/plain') ?? false)
}

/** Files from the system's own dialog, dropped anywhere on the window, or pasted. */
export function OpenFile({ onOpen, waiting, refused }: Props): ReactNode {
  const input = useRef<HTMLInputElement>(null)

  const take = useEffectEvent((event: DragEvent | ClipboardEvent): void => {
    const isPaste = event instanceof ClipboardEvent
    if (isPaste && isTextForField(event)) return
    const files = [...((isPaste ? event.clipboardData : event.dataTransfer)?.files ?? [])]
    // Else the browser would go to an address that is dropped. Text may still be dropped into a field.
    if (files.length > 0 || !isEditable(event.target)) event.preventDefault()
    if (files.length > 0) onOpen(files)
  })

  useEffect(() => {
    // Without this the browser would not let anything drop.
    const allow = (event: DragEvent): void => {
      if (event.dataTransfer?.types.includes('Files')) event.preventDefault()
    }
    window.addEventListener('dragover', allow)
    window.addEventListener('drop', take)
    window.addEventListener('paste', take)
    return () => {
      window.removeEventListener('dragover', allow)
      window.removeEventListener('drop', take)
      window.removeEventListener('paste', take)
    }
  }, [])

  function chosen(): void {
    const files = [...(input.current?.files ?? [])]
    if (files.length > 0) onOpen(files)
    // Choosing the same file again must count as a change.
    if (input.current) input.current.value = ''
  }

  return (
    <section className="question" aria-label="Files" data-region>
      {/* Not the field itself: it has its label read twice, and "No file chosen" always. */}
      <button type="button" id="open-file" aria-describedby="open-file-hint" onClick={() => input.current?.click()}>
        Open pictures or PDF files <kbd>{windowKeyName('open')}</kbd>
      </button>
      <input ref={input} type="file" multiple hidden onChange={chosen} />
      <p id="open-file-hint" className="hint">
        Or drop or paste them anywhere in this window.
      </p>
      {waiting > 0 && <p className="state">Opening {waiting === 1 ? 'a file' : `${waiting} files`} …</p>}
      {refused.map((failure, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- two may have the same words; none changes its place
        <FailureText key={index} failure={failure} />
      ))}
    </section>
  )
}

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
