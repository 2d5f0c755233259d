import type { ReactNode } from 'react'
import type { Failure } from '#shared/errors.ts'

/** What went wrong, and what to do next. */
export function FailureText({ failure }: { failure: Failure }): ReactNode {
  return (
    <p className="failure">
      <strong>{failure.message}</strong> {failure.next}
    </p>
  )
}
