import type { ReactNode } from 'react'
import type { Item } from '#shared/bridge.ts'
import { commandEntry } from '#shared/commands.ts'
import { hiddenNotice } from '#shared/privacy.ts'

interface Props {
  item: Pick<Item, 'privacy' | 'failure' | 'state'>
  onReadHidden: () => void
  /** Describes the picture with everything in it, or without sending it. */
  onDescribeOtherwise: (command: 'send-everything' | 'read-text') => void
}

/** What was hidden before the picture was sent, or what can be done with one that was not sent; null if neither. */
export function PrivacyRemark({ item, onReadHidden, onDescribeOtherwise }: Props): ReactNode {
  const { hidden, action } = item.privacy
  const isNotSent = action === 'local' || item.failure?.code === 'private'
  if (item.state === 'describing' || (hidden.length === 0 && !isNotSent)) return null
  return (
    <div className="remark">
      {hidden.length > 0 && <p>{hiddenNotice(hidden)}</p>}
      {isNotSent ? (
        <button type="button" onClick={() => onDescribeOtherwise('read-text')}>
          {commandEntry('read-text').title}
        </button>
      ) : (
        <button type="button" onClick={onReadHidden}>
          {commandEntry('read-hidden').title}
        </button>
      )}
      <button type="button" onClick={() => onDescribeOtherwise('send-everything')}>
        {commandEntry('send-everything').title}
      </button>
    </div>
  )
}
