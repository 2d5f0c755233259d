import { describe, expect, it } from 'vitest'
import { speechOutlet, textOutlet, type Named, type Outlet } from '#cli/outcome.ts'
import type { Terminal } from '#cli/terminal.ts'
import type { SpeechQueue } from '#core/speaking/speech-queue.ts'
import type { Description } from '#shared/caption.ts'
import { t } from '#shared/messages/messages.ts'
import { defaultSettings } from '#shared/settings.ts'

const named: Named = { source: 'a.png', heading: null }
const caption = 'A wound on a hand. It bleeds.'

/** As it streams: the notice, then the caption in pieces, then the whole. */
function tell(outlet: Outlet, notice: string, { isLate = false } = {}): void {
  const pieces = ['A wound on', ' a hand. It', ' bleeds.']
  if (!isLate) outlet(named, { type: 'notice', notice })
  for (const text of pieces) outlet(named, { type: 'text', text })
  if (isLate) outlet(named, { type: 'notice', notice })
  const description = {
    caption,
    notice,
    codes: [],
    unconfirmed: [],
    isTextUnchecked: false,
    warnings: [],
    offline: false
  }
  outlet(named, { type: 'described', description: description as unknown as Description })
}

function printed(notice: string, options?: { isLate: boolean }): string {
  let text = ''
  const terminal = { print: (more: string) => (text += more), tell: () => undefined } as unknown as Terminal
  tell(textOutlet(terminal, { isOffline: false }), notice, options)
  return text
}

/** What every stream got that was not cancelled. */
function spoken(notice: string, options?: { isLate: boolean }, notices = defaultSettings.notices): string {
  const streams: { text: string }[] = []
  const queue = {
    stream() {
      const stream = { text: '' }
      streams.push(stream)
      return {
        append: (delta: string) => (stream.text += delta),
        end: () => undefined,
        cancel: () => streams.splice(streams.indexOf(stream), 1)
      }
    }
  } as unknown as SpeechQueue
  tell(speechOutlet(queue, { isOffline: false }, notices), notice, options)
  return streams.map(({ text }) => text).join('|')
}

describe('a notice on the command line', () => {
  it('is printed before what it warns of, and once', () => {
    expect(printed('graphic: blood')).toBe(`Notice: graphic: blood\n${caption}\n`)
    expect(printed('private: a code', { isLate: true })).toBe(`${caption}\nNotice: private: a code\n`)
  })

  it('is said in two words after the first sentence', () => {
    expect(spoken('private: a password can be read')).toBe('A wound on a hand.\nNotice: private.\n It bleeds.')
  })

  it('of graphic content is all that is said, also when it comes late', () => {
    expect(spoken('graphic: blood')).toBe(t('caption.content-printed', { kind: 'graphic' }))
    expect(spoken('graphic: blood', { isLate: true })).toBe(t('caption.content-printed', { kind: 'graphic' }))
  })

  it('is heard as the settings say', () => {
    const notices = { sensitive: 'wait', graphic: 'say', private: 'ignore' } as const
    expect(spoken('graphic: blood', undefined, notices)).toContain('Notice: graphic.')
    expect(spoken('private: a code', undefined, notices)).toBe(caption)
    expect(spoken('sensitive: war', undefined, notices)).toBe(
      'Sensitive content. The caption is printed, not read aloud.'
    )
  })
})
