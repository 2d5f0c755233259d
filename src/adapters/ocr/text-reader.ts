import type { Clock } from '#core/ports/time.ts'
import type { DecodedPicture, TextReader } from '#core/ports/pictures.ts'
import { DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import { systemLanguage } from '#shared/settings.ts'
import { createSystemClock } from '../clock.ts'
import { forkHelper, type StartHelper } from '../helper/helper-process.ts'
import { createHelper } from '../helper/helper.ts'
import { languagesToRead } from './language-data.ts'
import type { Reading } from './text-engine.ts'

/** Larger pictures are shrunk to this many pixels, those of a 4K screen. */
const maxPixels = 3840 * 2160

/** The process takes some 200 MB; starting another costs half a second. */
const maxIdleMs = 60_000

/**
 * OCR in a process of its own. It starts with the first picture, or when told that one is coming, and ends after a
 * minute without work. Nothing is downloaded or written.
 */
export function createTextReader(
  startHelper: StartHelper = forkHelper,
  clock: Clock = createSystemClock()
): TextReader {
  const helper = createHelper(startHelper, { maxIdleMs, clock })
  return {
    prepare() {
      // If it fails, the next read will say so.
      helper.ask('prepareToReadText', () => undefined).catch(() => undefined)
    },

    async read(picture, signal, languages = []) {
      try {
        return await helper.ask('readText', () => reading(picture, languages), { signal })
      } catch (error) {
        if (signal?.aborted) throw new DOMException('Reading the text was stopped.', 'AbortError')
        throw new DescryError('internal', { message: t('pictures.text-not-read'), cause: error })
      }
    },

    close: () => helper.close()
  }
}

function reading(picture: DecodedPicture, languages: readonly string[]): Reading {
  const shrink = Math.min(1, Math.sqrt(maxPixels / (picture.width * picture.height)))
  const pixels = picture.pixels({
    maxWidthPx: Math.max(1, Math.floor(picture.width * shrink)),
    maxHeightPx: Math.max(1, Math.floor(picture.height * shrink))
  })
  return {
    picture: pixels,
    sourceWidth: picture.width,
    languages: languagesToRead([systemLanguage(), ...languages])
  }
}
