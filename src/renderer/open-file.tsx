import { useEffect, useEffectEvent, useRef, type ReactNode } from 'react'

interface Props {
  onOpen: (file: File) => void
}

/** Files that were dropped or pasted; text among them is left to whoever else wants it. */
function filesOf(transfer: DataTransfer | null): File[] {
  return [...(transfer?.files ?? [])]
}

/** A file from the system's own dialog, dropped on the window, or pasted. */
export function OpenFile({ onOpen }: Props): ReactNode {
  const input = useRef<HTMLInputElement>(null)

  const take = useEffectEvent((event: DragEvent | ClipboardEvent): void => {
    const files = filesOf(event instanceof DragEvent ? event.dataTransfer : event.clipboardData)
    if (files.length === 0) return
    event.preventDefault()
    for (const file of files) onOpen(file)
  })

  useEffect(() => {
    // Without this the browser would not let anything drop, or would go to the file.
    const allow = (event: DragEvent): void => event.preventDefault()
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
    for (const file of input.current?.files ?? []) onOpen(file)
    // The same file again is a new wish.
    if (input.current) input.current.value = ''
  }

  return (
    <section className="question" aria-label="Files" data-region>
      <label htmlFor="open-file">Open pictures or PDF files</label>
      <input id="open-file" ref={input} type="file" multiple onChange={chosen} />
      <p className="help">Or drop or paste them anywhere in this window.</p>
    </section>
  )
}
