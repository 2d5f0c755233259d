import { Fragment, type ReactNode } from 'react'
import { sectionsOf, type Piece } from './caption-layout.ts'
import { isBeingRead, useReadSentence } from './read-sentence.ts'
import { stepNames } from './caption/item-labels.ts'
import type { Bridge, Item } from '#shared/bridge.ts'

/** What could not be found in the picture has a dotted line and a question mark, which reads "unchecked". */
function Pieces({ pieces }: { pieces: Piece[] }): ReactNode {
  return pieces.map(({ text, isUnchecked }, index) =>
    isUnchecked ? (
      // oxlint-disable-next-line react/no-array-index-key -- a piece is its place in the sentence
      <Fragment key={index}>
        <span className="unchecked">{text}</span>
        {/* The sign is drawn by the style sheet: selecting and copying gives the caption's own words. */}
        <span className="unchecked-sign" lang="en" />
      </Fragment>
    ) : (
      text
    )
  )
}

interface Props {
  bridge: Bridge
  item: Item
  language: string | null
}

/** The caption: a heading for each step beyond the summary, a paragraph for each sentence. */
export function CaptionText({ bridge, item, language }: Props): ReactNode {
  const read = useReadSentence(bridge)
  return (
    <div id="caption" lang={language ?? undefined} className="caption">
      {/* Sections and sentences keep their places while they grow: the index is their identity. */}
      {sectionsOf(item, language).map(({ step, sentences }, section) => (
        // oxlint-disable-next-line react/no-array-index-key
        <div key={section} data-step={step} className="caption-step">
          {step !== 'summary' && <h3 lang="en">{stepNames[step]}</h3>}
          {sentences.map(({ text, pieces }, index) => (
            // oxlint-disable-next-line react/no-array-index-key
            <p key={index}>
              {/* Not the paragraph itself takes focus: Orca says a focused paragraph twice. */}
              <span tabIndex={-1} data-sentence className={isBeingRead(text, read) ? 'sentence read' : 'sentence'}>
                <Pieces pieces={pieces} />
              </span>
            </p>
          ))}
        </div>
      ))}
    </div>
  )
}
