import { useEffect, useState, type ComponentProps, type ReactNode } from 'react'

/** Until Chromium has told a screen reader what came; nobody is faster there by Tab. */
const arrivalMs = 400

/**
 * A native select that comes in silence. Orca takes the selection of one that appears, wherever it is, for a choice of the
 * user's: it reads it out and goes there. What is inert as it comes has told it nothing.
 */
export function Select(props: ComponentProps<'select'>): ReactNode {
  const [isArriving, setIsArriving] = useState(true)
  useEffect(() => {
    const timer = setTimeout(() => setIsArriving(false), arrivalMs)
    return () => clearTimeout(timer)
  }, [])
  return <select inert={isArriving} {...props} />
}
