import { partOfCapture } from './part-of-capture.ts'
import type { Dependencies } from '../dependencies.ts'
import { describePlace } from '#core/capture/region-grid.ts'
import { changedArea } from '#core/facts/changes.ts'
import { blankColorOf } from '#core/facts/local-facts.ts'
import type { Capture } from '#core/ports/capture.ts'
import { t } from '#shared/messages/messages.ts'

/** What changed in a capture: a picture to describe, or a sentence that is the whole answer. */
export type Change = { label: string; picture: Capture } | { text: string }

/** Remembers the last captures of windows and screens, and finds what changed in the next one. */
export interface Changes {
  remember(capture: Capture): void
  /** Compares a capture with the last one of the same subject, and remembers it. Errors: those of the decoder. */
  compare(capture: Capture): Promise<Change>
  /** Whether two captures are the same apart from a blinking text cursor. Errors: those of the decoder. */
  isSame(before: Uint8Array, after: Uint8Array): Promise<boolean>
}

/** The number of windows and screens whose last capture is kept. */
const maxSubjects = 8

export function createChanges({ decoder }: Pick<Dependencies, 'decoder'>): Changes {
  /** By subject, newest last. */
  const last = new Map<string, Capture>()

  function remember(capture: Capture): void {
    last.delete(capture.subject)
    last.set(capture.subject, capture)
    const [oldest] = last.keys()
    if (last.size > maxSubjects && oldest !== undefined) last.delete(oldest)
  }

  return {
    remember,
    async isSame(before, after) {
      if (Buffer.compare(before, after) === 0) return true
      return changedArea(await decoder.decode(before), await decoder.decode(after)) === 'same'
    },
    async compare(capture) {
      const { label, bytes, subject } = capture
      const before = last.get(subject)
      remember(capture)
      if (!before) return { text: t('capture.first-capture', { label }) }
      const after = await decoder.decode(bytes)
      // With a screen curtain on, everything is black, whatever changes on the screen.
      if (blankColorOf(after) !== null) return { label, picture: capture }
      const area = changedArea(await decoder.decode(before.bytes), after)
      if (area === 'same') return { text: t('capture.nothing-changed') }
      if (area === 'different') return { label: t('capture.all-new-in', { label }), picture: capture }
      const part = await after.crop(area)
      // If a dialog closes over a blank page, there is nothing to describe.
      const color = blankColorOf(await decoder.decode(part))
      if (color !== null)
        return { text: t('capture.now-blank', { place: describePlace(area, after.width, after.height), color }) }
      return { label: t('capture.changed-in', { label }), picture: partOfCapture(capture, area, after, part) }
    }
  }
}
