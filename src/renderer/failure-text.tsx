import type { ReactNode } from 'react'
import type { Failure } from '#shared/errors.ts'

/** What went wrong, with what if there may be several, and what to do next. */
export function FailureText({ failure, about }: { failure: Failure; about?: string }): ReactNode {
  return (
    <p className="failure">
      {about && `${about}: `}
      <strong>{failure.message}</strong> {failure.next}
    </p>
  )
}
