import { useEffect, useRef, useState, type ComponentProps, type ReactNode } from 'react'
import { flushSync } from 'react-dom'

/** Until Chromium has told a screen reader what came; nobody is faster there by Tab. */
const arrivalMs = 400

/**
 * A native select that comes in silence. Orca takes the selection of one that appears, wherever it is, for a choice of the
 * user's: it reads it out and goes there. What is inert as it comes has told it nothing.
 *
 * @param props.takesFocus As the first field of a form that was opened; once it can, and unless the user is in there already.
 */
export function Select({
  takesFocus = false,
  ...select
}: ComponentProps<'select'> & { takesFocus?: boolean }): ReactNode {
  const element = useRef<HTMLSelectElement>(null)
  const [isArriving, setIsArriving] = useState(true)
  useEffect(() => {
    const timer = setTimeout(() => {
      // What is inert takes no focus.
      flushSync(() => setIsArriving(false))
      const isUserInForm = element.current?.form?.contains(document.activeElement) ?? false
      if (takesFocus && !isUserInForm) element.current?.focus()
    }, arrivalMs)
    return () => clearTimeout(timer)
  }, [takesFocus])
  return <select ref={element} inert={isArriving} {...select} />
}
