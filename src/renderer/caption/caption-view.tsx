import type { ReactNode } from 'react'
import { isMac, windowKeyName } from '../commands/keys.ts'
import { FailureText } from '../ui/announcements.tsx'
import { CaptionText } from './caption-text.tsx'
import { Facts } from './facts.tsx'
import { DescribeAgain, type DescribeOptions } from './follow-ups.tsx'
import { bylineOf } from './item-labels.ts'
import { Picture } from './picture.tsx'
import { PrivacyRemark } from './privacy-remark.tsx'
import type { Bridge, Item } from '#shared/bridge.ts'
import { commandEntry } from '#shared/commands.ts'
import { shownUnverified } from '#shared/unverified.ts'
import { t, type PlainMessageKey } from '#shared/messages/messages.ts'
import type { Settings } from '#shared/settings.ts'

const states: Partial<Record<Item['state'], PlainMessageKey>> = {
  waiting: 'window.state.waiting',
  describing: 'window.state.describing',
  stopped: 'window.state.stopped'
}

const actions: Partial<Record<Item['state'], PlainMessageKey>> = {
  waiting: 'window.describe.waiting',
  stopped: 'window.describe.stopped',
  failed: 'window.describe.failed'
}

interface Props {
  bridge: Bridge
  item: Item
  settings: Settings
  /** Describes the picture for the first time, or again after a failure. */
  onDescribe: (item: Item) => void
  onDescribeAgain: (options: DescribeOptions) => void
  onExplainUnverified: () => void
  onReadHidden: () => void
  /** Describes the picture with everything in it, or without sending it. */
  onDescribeOtherwise: (command: 'send-everything' | 'read-text') => void
  /** Shows and reads a hidden caption. */
  onRead: () => void
  say: (text: string) => void
}

/** Everything below a picture's heading: its caption, the picture, and other information about it. */
export function CaptionView({
  bridge,
  item,
  settings,
  onDescribe,
  onDescribeAgain,
  onExplainUnverified,
  onReadHidden,
  onDescribeOtherwise,
  onRead,
  say
}: Props): ReactNode {
  const state = states[item.state]
  const action = actions[item.state]
  const unverified = item.isWithheld ? null : shownUnverified(item)
  // Questions and second opinions are retried in other ways.
  const isPlain = item.question === null && item.origin !== 'opinion'
  return (
    <>
      <p className="byline">{bylineOf(item)}</p>
      {item.isWithheld ? (
        <div className="remark">
          <p>{t('caption.hidden')}</p>
          <button type="button" onClick={onRead}>
            {t('window.read-caption')} <kbd>{windowKeyName('repeat')}</kbd>
          </button>
        </div>
      ) : (
        <CaptionText bridge={bridge} item={item} language={settings.language} />
      )}
      {unverified && (
        <div className="remark">
          <p>{unverified}</p>
          <button type="button" onClick={onExplainUnverified}>
            {commandEntry('doubt').title} <kbd>{windowKeyName('doubt')}</kbd>
          </button>
        </div>
      )}
      {item.steps.length > 0 && !item.isWithheld && (
        <p className="hint">
          {t('window.part-keys', { modifier: isMac ? t('window.key.cmd') : t('window.key.ctrl') })}
        </p>
      )}
      {state && <p className="state">{t(state)}</p>}
      {item.failure && <FailureText failure={item.failure} />}
      {item.warnings.map((warning) => (
        <FailureText key={warning.code} failure={warning} />
      ))}
      <PrivacyRemark item={item} onReadHidden={onReadHidden} onDescribeOtherwise={onDescribeOtherwise} />
      {action && (
        <button type="button" className="primary" onClick={() => onDescribe(item)}>
          {t(action)}
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
