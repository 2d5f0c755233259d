import { useEffect, useEffectEvent, useRef, type ReactNode } from 'react'
import { FailureText } from './failure-text.tsx'
import { windowKeyName } from './keys.ts'
import type { Failure } from '#shared/errors.ts'

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
    // The same file again is a new wish.
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
