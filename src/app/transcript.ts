import type { Announcer, CaptionAnnouncement } from '#core/speaking/announcer.ts'
import type { SentenceText } from '#core/text/sentences.ts'
import { failureText, type Failure } from '#shared/errors.ts'

/**
 * Gives everything that the announcer says as lines of text too, whether it is heard or not: for a host without a window.
 * A caption comes sentence by sentence, as it arrives.
 *
 * @param write takes one line. It may contain whatever the model or the picture contains, control characters included.
 */
export function withTranscript(announcer: Announcer, write: (line: string) => void): Announcer {
  const fail = (failure: Failure): void => write(failureText(failure))
  const wordsFor = createShortening()
  return {
    ...announcer,
    caption(cause, itemId) {
      return both(announcer.caption(cause, itemId), writtenCaption(write, wordsFor))
    },
    say(text, kind, language) {
      write(text)
      announcer.say(text, kind, language)
    },
    fail(failure, cause) {
      fail(failure)
      announcer.fail(failure, cause)
    },
    voiceFailed(failure) {
      fail(failure)
      announcer.voiceFailed(failure)
    }
  }
}

/** A warning in full the first time, and after that without what to do: captions made here all have the same one. */
function createShortening(): (warning: Failure) => string {
  const seen = new Set<string>()
  return (warning) => {
    if (seen.has(warning.message)) return warning.message
    seen.add(warning.message)
    return failureText(warning)
  }
}

/** What follows after a caption was silenced is not written either, as it is not heard. */
function writtenCaption(write: (line: string) => void, wordsFor: (warning: Failure) => string): CaptionAnnouncement {
  let caption: SentenceText = { text: '', sentences: [], completeCount: 0 }
  let writtenCount = 0
  let afterFirst: string | null = null
  let warnings: Failure[] = []
  let state: 'arriving' | 'complete' | 'silenced' = 'arriving'

  function writeUpTo(count: number): void {
    for (const { start, end } of caption.sentences.slice(writtenCount, count)) {
      write(caption.text.slice(start, end))
      writtenCount += 1
      writeAfterFirst()
    }
  }

  function writeAfterFirst(): void {
    if (afterFirst === null || writtenCount === 0) return
    write(afterFirst)
    afterFirst = null
  }

  return {
    before: write,
    say: write,
    read(arrived) {
      if (state !== 'arriving') return
      caption = arrived
      writeUpTo(caption.completeCount)
    },
    notice(words) {
      afterFirst = words
      writeAfterFirst()
    },
    after(words) {
      if (state === 'silenced') return
      writeUpTo(caption.sentences.length)
      write(words)
    },
    warn: (warning) => void warnings.push(warning),
    end() {
      if (state === 'silenced') return
      state = 'complete'
      writeUpTo(caption.sentences.length)
      for (const warning of warnings) write(wordsFor(warning))
      warnings = []
    },
    cancel() {
      state = 'silenced'
    }
  }
}

function both(one: CaptionAnnouncement, other: CaptionAnnouncement): CaptionAnnouncement {
  return {
    before(words) {
      one.before(words)
      other.before(words)
    },
    read(caption) {
      one.read(caption)
      other.read(caption)
    },
    say(words) {
      one.say(words)
      other.say(words)
    },
    notice(words) {
      one.notice(words)
      other.notice(words)
    },
    after(words) {
      one.after(words)
      other.after(words)
    },
    warn(warning) {
      one.warn(warning)
      other.warn(warning)
    },
    end() {
      one.end()
      other.end()
    },
    cancel() {
      one.cancel()
      other.cancel()
    }
  }
}
