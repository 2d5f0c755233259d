import { useEffect, useEffectEvent, useRef, useState, type ReactNode, type RefObject } from 'react'
import { regionRefs, targetRefs } from '../focus-navigation.ts'
import { type Announcement, FailureText } from '../ui/announcements.tsx'
import { windowKeyName } from './keys.ts'
import type { Bridge } from '#shared/bridge.ts'
import { failure, failureText, type Failure } from '#shared/errors.ts'
import { failureOfFile } from '#shared/file-failure.ts'
import { t } from '#shared/messages/messages.ts'

/** Larger files are not read here; the command line opens them by path. */
const maxBytes = 100 * 1024 * 1024

interface FileOpening {
  open: (files: readonly File[]) => void
  /** How many files are still to be opened. */
  waiting: number
  refused: readonly Failure[]
  /** The native file input, which opens the system's file dialog when it is clicked. */
  input: RefObject<HTMLInputElement | null>
}

/** Opens files one after the other, so that none is lost and at most one is in memory. */
export function useFileOpening(
  bridge: Bridge,
  announce: (announcement: Announcement) => void,
  onOpened: () => void
): FileOpening {
  const input = useRef<HTMLInputElement>(null)
  const queue = useRef(Promise.resolve())
  const [waiting, setWaiting] = useState(0)
  const [refused, setRefused] = useState<readonly Failure[]>([])

  /** The main process doesn't see these failures, so the window announces them. */
  function refuse(name: string, reason: Failure): Failure {
    const refusal = failureOfFile(name, reason)
    announce({ text: failureText(refusal), urgency: 'assertive' })
    return refusal
  }

  async function openOne(file: File): Promise<Failure | null> {
    const { name } = file
    if (file.size > maxBytes) {
      const [message, next] = [t('window.files.too-large'), t('window.files.too-large.next')]
      return refuse(name, { ...failure('too-large'), message, next })
    }
    let bytes: Uint8Array
    try {
      bytes = new Uint8Array(await file.arrayBuffer())
    } catch {
      const [message, next] = [t('window.files.unreadable'), t('window.files.unreadable.next')]
      return refuse(name, { ...failure('not-found'), message, next })
    }
    const reply = await bridge.request('open-file', { name, bytes })
    if (reply.ok) onOpened()
    return reply.ok ? null : reply.error
  }

  async function openNext(file: File): Promise<void> {
    const refusal = await openOne(file)
    setWaiting((count) => count - 1)
    if (refusal) setRefused((before) => [...before, refusal])
  }

  function open(files: readonly File[]): void {
    setRefused([])
    setWaiting((count) => count + files.length)
    if (files.length > 1) announce({ text: t('window.files.opening', { count: files.length }), urgency: 'polite' })
    for (const file of files) queue.current = queue.current.then(() => openNext(file))
  }

  return { open, waiting, refused, input }
}

function isEditable(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea')
}

/** Word and Excel copy text along with a picture of it. In a text field, paste the text. */
function isTextForField({ clipboardData, target }: ClipboardEvent): boolean {
  return isEditable(target) && (clipboardData?.types.includes('text/plain') ?? false)
}

/** Files from the system's dialog, dropped anywhere on the window, or pasted. */
export function OpenFiles({ open, waiting, refused, input }: FileOpening): ReactNode {
  const take = useEffectEvent((event: DragEvent | ClipboardEvent): void => {
    const isPaste = event instanceof ClipboardEvent
    if (isPaste && isTextForField(event)) return
    const files = [...((isPaste ? event.clipboardData : event.dataTransfer)?.files ?? [])]
    // Otherwise the browser would open a dropped address. Text may still be dropped into a field.
    if (files.length > 0 || !isEditable(event.target)) event.preventDefault()
    if (files.length > 0) open(files)
  })

  useEffect(() => {
    // Browsers reject drops unless dragover is canceled.
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

  return (
    <section className="question" aria-label={t('window.files')} ref={regionRefs.open}>
      {/* Not the file input itself: screen readers read its label twice, and "No file chosen" every time. */}
      <button
        ref={targetRefs.open}
        type="button"
        id="open-file"
        aria-describedby="open-file-hint"
        onClick={() => input.current?.click()}
      >
        {t('window.files.open')} <kbd>{windowKeyName('open')}</kbd>
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={({ target }) => {
          const files = [...(target.files ?? [])]
          if (files.length > 0) open(files)
          // Choosing the same file again must count as a change.
          target.value = ''
        }}
      />
      <p id="open-file-hint" className="hint">
        {t('window.files.hint')}
      </p>
      {waiting > 0 && <p className="state">{t('window.files.opening', { count: waiting })}</p>}
      {refused.map((refusal, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- texts may repeat, and the order never changes
        <FailureText key={index} failure={refusal} />
      ))}
    </section>
  )
}
