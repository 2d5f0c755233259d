import type { ReactNode } from 'react'
import type { Status } from '#shared/bridge.ts'
import { spentSentence } from '#shared/spent.ts'

/** What is watched, where pictures go, who speaks and what was spent. Shown; commands say it aloud. */
export function StatusLine({ status }: { status: Status }): ReactNode {
  const { clipboard, folders } = status.watching
  const watched = [...(clipboard ? ['the clipboard'] : []), ...folders]
  return (
    <footer className="status">
      <p>
        {watched.length > 0 ? `Watching ${watched.join(' and ')}. ` : 'Watching nothing. '}
        {status.sendingOn
          ? `Pictures go to ${status.provider} when you describe them. `
          : 'No picture leaves this computer. '}
        {status.screenReader ? `${status.screenReader} is running.` : `Voice: ${status.voice}.`}
      </p>
      <p>{spentSentence(status.spent, status.settings.monthlyLimitUsd)}</p>
      {status.host.limits && <p>{status.host.limits}</p>}
    </footer>
  )
}
