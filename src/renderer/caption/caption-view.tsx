import type { ReactNode } from 'react'
import { CaptionText } from './caption-text.tsx'
import { DescribeAgain, type DescribeOptions } from './follow-ups.tsx'
import { Facts } from './facts.tsx'
import { FailureText } from '../ui/failure-text.tsx'
import { isMac, windowKeyName } from '../commands/keys.ts'
import { Picture } from './picture.tsx'
import { timeOf } from './item-labels.ts'
import type { Bridge, Item } from '#shared/bridge.ts'
import { commandEntry } from '#shared/commands.ts'
import { t } from '#shared/messages/messages.ts'
import type { Settings } from '#shared/settings.ts'
import { shownUnverified } from '#shared/unverified.ts'

const states: Record<Item['state'], string | null> = {
  waiting: 'Picture ready, not described yet.',
  describing: 'Describing …',
  done: null,
  stopped: 'Stopped before the end.',
  failed: null
}

function bylineOf(item: Item): string {
  return [
    item.question === null ? '' : `About ${item.label}, `,
    timeOf(item),
    item.origin === 'opinion' && item.model !== null ? `, by ${item.model}` : '',
    item.offline ? ', described on this computer' : ''
  ].join('')
}

interface Props {
  bridge: Bridge
  item: Item
  settings: Settings
  /** For the first time, or again after a failure. */
  onDescribe: (item: Item) => void
  onDescribeAgain: (options: DescribeOptions) => void
  onDoubt: () => void
  /** Of a caption that waits. */
  onRead: () => void
  say: (text: string) => void
}

/** What is under the heading of one picture: its caption, a paragraph for each sentence, the picture, and what else is known. */
export function CaptionView({
  bridge,
  item,
  settings,
  onDescribe,
  onDescribeAgain,
  onDoubt,
  onRead,
  say
}: Props): ReactNode {
  const action = { waiting: 'Describe this picture', stopped: 'Describe again', failed: 'Try again' }[
    item.state as string
  ]
  const unverified = item.isWithheld ? null : shownUnverified(item)
  // A question and a second opinion are asked in their own way.
  const isPlain = item.question === null && item.origin !== 'opinion'
  return (
    <>
      <p className="byline">{bylineOf(item)}</p>
      {item.isWithheld ? (
        <div className="remark">
          <p>{t('caption.hidden')}</p>
          <button type="button" onClick={onRead}>
            Read it <kbd>{windowKeyName('repeat')}</kbd>
          </button>
        </div>
      ) : (
        <CaptionText bridge={bridge} item={item} language={settings.language} />
      )}
      {unverified && (
        <div className="remark">
          <p>{unverified}</p>
          <button type="button" onClick={onDoubt}>
            {commandEntry('doubt').title} <kbd>{windowKeyName('doubt')}</kbd>
          </button>
        </div>
      )}
      {item.steps.length > 0 && !item.isWithheld && (
        <p className="hint">{isMac ? 'Cmd' : 'Ctrl'}+1 to 5 go to summary, text, parts, controls and details.</p>
      )}
      {states[item.state] && <p className="state">{states[item.state]}</p>}
      {item.failure && <FailureText failure={item.failure} />}
      {item.warnings.map((warning) => (
        <FailureText key={warning.code} failure={warning} />
      ))}
      {action && (
        <button type="button" className="primary" onClick={() => onDescribe(item)}>
          {action}
        </button>
      )}
      {isPlain && item.state !== 'describing' && item.caption !== '' && (
        <DescribeAgain key={item.id} detail={item.detail} ownPresets={settings.presets} onDescribe={onDescribeAgain} />
      )}
      <Picture bridge={bridge} item={item} say={say} />
      <Facts item={item} />
    </>
  )
}
