import type { ReactNode } from 'react'
import { Facts } from './facts.tsx'
import { Picture } from './picture.tsx'
import { isBeingRead, useReadSentence } from './read-sentence.ts'
import { sentences } from './sentences.ts'
import type { Bridge, Item } from '#shared/bridge.ts'
import type { Failure } from '#shared/errors.ts'

const states: Record<Item['state'], string | null> = {
  waiting: 'Picture ready, not described yet.',
  describing: 'Describing …',
  done: null,
  stopped: 'Stopped before the end.',
  failed: null
}

export function FailureText({ failure }: { failure: Failure }): ReactNode {
  return (
    <p className="failure">
      <strong>{failure.message}</strong> {failure.next}
    </p>
  )
}

export function timeOf(item: Item): string {
  return new Date(item.at)
    .toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' })
    .replace(/\s/gu, '\u00a0')
}

interface Props {
  bridge: Bridge
  item: Item
  language: string | null
  onDescribe: (item: Item) => void
  say: (text: string) => void
}

/** One picture: its caption as a heading and a paragraph for each sentence, then the picture and what else is known. */
export function CaptionView({ bridge, item, language, onDescribe, say }: Props): ReactNode {
  const read = useReadSentence(bridge)
  const action = { waiting: 'Describe this picture', stopped: 'Describe again', failed: 'Try again' }[
    item.state as string
  ]
  return (
    <article aria-labelledby="caption-title" data-region>
      <h2 id="caption-title" tabIndex={-1}>
        {item.question ?? item.label}
      </h2>
      <p className="byline">
        {item.question ? `About ${item.label}, ` : ''}
        {timeOf(item)}
        {item.offline && ', described on this computer'}
      </p>
      <div id="caption" lang={language ?? undefined} className="caption">
        {sentences(item.caption, language).map((sentence, index) => (
          // A sentence keeps its place while it grows: the index is its identity.
          // oxlint-disable-next-line react/no-array-index-key
          <p key={index}>
            {/* Not the paragraph itself takes focus: Orca says a focused paragraph twice. */}
            <span tabIndex={-1} data-sentence className={isBeingRead(sentence, read) ? 'sentence read' : 'sentence'}>
              {sentence}
            </span>
          </p>
        ))}
      </div>
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
      <Picture bridge={bridge} item={item} say={say} />
      <Facts item={item} />
    </article>
  )
}
