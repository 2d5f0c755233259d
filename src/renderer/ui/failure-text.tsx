import type { ReactNode } from 'react'
import type { Failure } from '#shared/errors.ts'

/** What went wrong and what to do next, as text. */
export function sentencesOf({ message, next }: Failure): string {
  return `${message} ${next}`.trim()
}

/** The same as a paragraph. */
export function FailureText({ failure }: { failure: Failure }): ReactNode {
  return (
    <p className="failure">
      <strong>{failure.message}</strong> {failure.next}
    </p>
  )
}
