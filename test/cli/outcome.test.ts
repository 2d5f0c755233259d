import { describe, expect, it } from 'vitest'
import { speechOutput, textOutput, type Named, type PictureOutput } from '#cli/outcome.ts'
import type { Terminal } from '#cli/terminal.ts'
import type { SpeechQueue } from '#core/speaking/speech-queue.ts'
import type { SpokenPiece } from '#core/speaking/spoken-pieces.ts'
import type { Description } from '#shared/caption.ts'
import { unchecked } from '#shared/privacy-rules.ts'
import { defaultSettings } from '#shared/settings.ts'

const named: Named = { source: 'a.png', heading: null }
const caption = 'A wound on a hand. It bleeds.'

/** As it streams: the notice, then the caption in pieces, then the whole. */
function tell(output: PictureOutput, notice: string, { isLate = false } = {}): void {
  const pieces = ['A wound on', ' a hand. It', ' bleeds.']
  if (!isLate) output(named, { type: 'notice', notice })
  for (const text of pieces) output(named, { type: 'text', text })
  if (isLate) output(named, { type: 'notice', notice })
  const description = {
    caption,
    notice,
    privacy: unchecked,
    codes: [],
    unconfirmed: [],
    isTextUnchecked: false,
    warnings: [],
    offline: false
  }
  output(named, { type: 'described', description: description as unknown as Description })
}

function printed(notice: string, options?: { isLate: boolean }): string {
  let text = ''
  const terminal = { print: (more: string) => (text += more), tell: () => undefined } as unknown as Terminal
  tell(textOutput(terminal, { isOffline: false }), notice, options)
  return text
}

/** What every stream got that was not cancelled. */
function spoken(notice: string, options?: { isLate: boolean }, notices = defaultSettings.notices): string[] {
  const streams: { pieces: string[] }[] = []
  const queue = {
    stream() {
      const stream: { pieces: string[] } = { pieces: [] }
      streams.push(stream)
      return {
        say: ({ text }: SpokenPiece) => stream.pieces.push(text),
        end: () => undefined,
        cancel: () => streams.splice(streams.indexOf(stream), 1)
      }
    }
  } as unknown as SpeechQueue
  tell(speechOutput(queue, { isOffline: false, language: 'en' }, notices), notice, options)
  return streams.flatMap(({ pieces }) => pieces)
}

describe('a notice on the command line', () => {
  it('is printed before what it warns of, and once', () => {
    expect(printed('graphic: blood')).toBe(`Notice: graphic: blood\n${caption}\n`)
    expect(printed('private: a code', { isLate: true })).toBe(`${caption}\nNotice: private: a code\n`)
  })

  it('is said in two words after the first sentence', () => {
    expect(spoken('private: a password can be read')).toEqual(['A wound on a hand.', 'Notice: private.', 'It bleeds.'])
  })

  it('of graphic content is all that is said, also when it comes late', () => {
    const words = ['Graphic content.', 'The caption is printed, not read aloud.']
    expect(spoken('graphic: blood')).toEqual(words)
    expect(spoken('graphic: blood', { isLate: true })).toEqual(words)
  })

  it('is heard as the settings say', () => {
    const notices = { sensitive: 'wait', graphic: 'say', private: 'ignore' } as const
    expect(spoken('graphic: blood', undefined, notices)).toContain('Notice: graphic.')
    expect(spoken('private: a code', undefined, notices)).toEqual(['A wound on a hand.', 'It bleeds.'])
    expect(spoken('sensitive: war', undefined, notices)).toEqual([
      'Sensitive content.',
      'The caption is printed, not read aloud.'
    ])
  })
})

describe('what was hidden', () => {
  const hidden = [{ kind: 'card-number', count: 1 } as const]
  const description = {
    caption: 'A card. It is blue.',
    notice: null,
    privacy: { action: 'hidden', found: hidden, hidden },
    codes: [],
    unconfirmed: [],
    isTextUnchecked: false,
    warnings: [],
    offline: false
  } as unknown as Description

  function tellAll(output: PictureOutput): void {
    output(named, { type: 'hidden', hidden })
    output(named, { type: 'text', text: description.caption })
    output(named, { type: 'described', description })
  }

  it('is printed after the caption', () => {
    let text = ''
    const terminal = { print: (more: string) => (text += more), tell: () => undefined } as unknown as Terminal
    tellAll(textOutput(terminal, { isOffline: false }))
    expect(text).toBe('A card. It is blue.\nCard number hidden.\n')
  })

  it('is said after the first sentence', () => {
    const pieces: string[] = []
    const stream = { say: ({ text }: SpokenPiece) => pieces.push(text), end: () => undefined, cancel: () => undefined }
    const queue = { stream: () => stream } as unknown as SpeechQueue
    tellAll(speechOutput(queue, { isOffline: false, language: 'en' }, defaultSettings.notices))
    expect(pieces).toEqual(['A card.', 'Card number hidden.', 'It is blue.'])
  })
})
