import { Fragment, useEffect, useState, type ReactNode } from 'react'
import { sentenceRefs } from '../focus-navigation.ts'
import { sectionsOf, type Piece } from './caption-layout.ts'
import type { Bridge, EventPayload, Item } from '#shared/bridge.ts'
import { t } from '#shared/messages/messages.ts'

/** Text that could not be found in the picture has a dotted line and a question mark, which is read as "(unverified)". */
function Pieces({ pieces }: { pieces: Piece[] }): ReactNode {
  return pieces.map(({ text, isUnverified }, index) =>
    isUnverified ? (
      // oxlint-disable-next-line react/no-array-index-key -- a piece is its place in the sentence
      <Fragment key={index}>
        <span className="unverified">{text}</span>
        {/* The style sheet draws the mark, so that selecting and copying gives the caption's own words. */}
        <span className="unverified-mark" lang="en" data-spoken={t('window.unverified-mark')} />
      </Fragment>
    ) : (
      text
    )
  )
}

/** The sentence that Descry's own voice is reading now, or null. */
function useReadSentence(bridge: Bridge): EventPayload<'reading'>['sentence'] {
  const [sentence, setSentence] = useState<EventPayload<'reading'>['sentence']>(null)
  useEffect(() => bridge.on('reading', (event) => setSentence(event.sentence)), [bridge])
  return sentence
}

interface Props {
  bridge: Bridge
  item: Item
  language: string | null
}

/** The caption: a heading for each part after the summary, a paragraph for each sentence. */
export function CaptionText({ bridge, item, language }: Props): ReactNode {
  const read = useReadSentence(bridge)
  const isRead = (id: number): boolean => read?.itemId === item.id && read.sentenceId === id
  return (
    <div id="caption" lang={language ?? undefined} className="caption">
      {/* Sections never change places while they grow, so the index works as a key. */}
      {sectionsOf(item).map(({ step, sentences }, section) => (
        // oxlint-disable-next-line react/no-array-index-key
        <div key={section} className="caption-step">
          {step !== 'summary' && <h3 lang="en">{t(`caption.part.${step}`)}</h3>}
          {sentences.map(({ id, pieces }) => (
            <p key={id}>
              {/* The paragraph itself doesn't take focus: Orca says a focused paragraph twice. */}
              <span ref={sentenceRefs[step]} tabIndex={-1} className={isRead(id) ? 'sentence read' : 'sentence'}>
                <Pieces pieces={pieces} />
              </span>
            </p>
          ))}
        </div>
      ))}
    </div>
  )
}
