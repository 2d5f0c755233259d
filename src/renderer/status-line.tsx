import type { ReactNode } from 'react'
import type { Status } from '#shared/bridge.ts'
import { spentSentence } from '#shared/spent.ts'
import { speakerWords, watchingWords } from '#shared/status-words.ts'

/** What is watched, where pictures go, who speaks and what was spent. Shown; commands say it aloud. */
export function StatusLine({ status }: { status: Status }): ReactNode {
  const sending = status.sendingOn
    ? `Pictures go to ${status.provider} when you describe them.`
    : 'No picture leaves this computer.'
  return (
    <footer className="status">
      <p>{[watchingWords(status), sending, speakerWords(status)].join(' ')}</p>
      <p>{spentSentence(status.spent, status.settings.monthlyLimitUsd)}</p>
      {status.host.limits && <p>{status.host.limits}</p>}
    </footer>
  )
}
