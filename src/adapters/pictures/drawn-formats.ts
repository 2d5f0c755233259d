import type { OpenedFile } from '#core/ports/pictures.ts'
import { DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import type { StartHelper } from '../helper/helper-process.ts'
import {
  askOnce,
  createHelper,
  HelperMemoryError,
  HelperTimeoutError,
  type TaskInput,
  type TaskName,
  type TaskOutput
} from '../helper/helper.ts'
import type { PixelSize } from './picture-formats.ts'
import { maxPictureBytes, refuseTooManyPixels, tooManyBytes } from './picture-header.ts'
import { partName, picturePart } from './picture-part.ts'
import { decoderFor, type TiffPage } from './tiff-header.ts'

// SVG, TIFF and PDF are drawn in the helper process, since a hostile one can crash whatever draws it or keep it busy forever: a
// huge width in a style, tags nested a hundred thousand deep, nested <use>.

/**
 * A PNG of an SVG of the given size in pixels, enlarged if that is small. Files and addresses it refers to are not loaded.
 * Errors: too-large (it takes too much memory), bad-image (it cannot be drawn within `timeoutMs`).
 */
export async function drawSvg(
  bytes: Uint8Array,
  { width, height }: PixelSize,
  startHelper: StartHelper,
  timeoutMs = 10_000
): Promise<Uint8Array> {
  try {
    return await askOnce(startHelper, 'drawSvg', { bytes, width, height }, { timeoutMs })
  } catch (cause) {
    if (cause instanceof HelperMemoryError) throw tooMuchMemory(cause)
    throw new DescryError('bad-image', { message: t('pictures.svg-failed'), next: t('pictures.save-as-png'), cause })
  }
}

function tooMuchMemory(cause: HelperMemoryError): DescryError {
  return new DescryError('too-large', { message: t('pictures.too-much-memory'), cause })
}

/** Why the helper process has not done a task: its own reason, too little memory, `slow` if it took too long, else `failed`. */
export function helperFailure(cause: unknown, slow: string, failed: DescryError): DescryError {
  if (cause instanceof DescryError) return cause
  if (cause instanceof HelperMemoryError) return tooMuchMemory(cause)
  return cause instanceof HelperTimeoutError ? new DescryError('bad-image', { message: slow, cause }) : failed
}

/** Compressions that are refused by name, by their number in the file. */
const refusedCompressions: Record<number, string> = {
  6: 'old-jpeg',
  34712: 'JPEG 2000',
  34925: 'LZMA',
  50000: 'Zstandard',
  50001: 'WebP'
}

/** A PNG of one page, upright. Errors: too-large, unsupported (says why), bad-image. */
export async function drawTiff(
  bytes: Uint8Array,
  page: TiffPage,
  startHelper: StartHelper,
  timeoutMs = 20_000
): Promise<Uint8Array> {
  refuseTooManyPixels(page)
  if (decoderFor(page) === null) {
    const compression = refusedCompressions[page.compression]
    const message =
      compression === undefined ? t('pictures.tiff-pixel-format') : t('pictures.tiff-compression', { compression })
    throw new DescryError('unsupported', { message })
  }
  try {
    return await askOnce(startHelper, 'drawTiffPage', { bytes, page }, { timeoutMs })
  } catch (cause) {
    if (cause instanceof HelperMemoryError) throw tooMuchMemory(cause)
    const message = cause instanceof HelperTimeoutError ? t('pictures.tiff-slow') : t('pictures.tiff-damaged')
    throw new DescryError('bad-image', { message, cause })
  }
}

/**
 * A PDF as its pages, drawn when they are asked for. Errors: too-large, no-permission (password-protected), bad-image
 * (damaged, no pages). Errors of a page: too-large, bad-image, also when it takes longer than `timeoutMs`.
 */
export async function openPdf(bytes: Uint8Array, startHelper: StartHelper, timeoutMs = 20_000): Promise<OpenedFile> {
  if (bytes.length > maxPictureBytes) throw tooManyBytes()
  // A new process loads the PDF again, after a page has crashed the old one or after a minute without a request.
  const helper = createHelper(startHelper, { first: { name: 'loadPdf', input: bytes } })

  async function ask<Name extends TaskName>(name: Name, input: TaskInput<Name>): Promise<TaskOutput<Name>> {
    try {
      return await helper.ask(name, () => input, { timeoutMs })
    } catch (cause) {
      const failed = new DescryError('bad-image', { message: t('pictures.pdf-failed'), cause })
      throw helperFailure(cause, t('pictures.pdf-slow'), failed)
    }
  }

  const count = await ask('countPdfPages', undefined).catch(async (error: unknown) => {
    await helper.close()
    throw error
  })
  return {
    mime: 'application/pdf',
    parts: Array.from({ length: count }, (_, index) => ({
      ...partName('page', index, count),
      load: () => ask('drawPdfPage', index),
      text: () => ask('readPdfText', index)
    })),
    close: () => helper.close()
  }
}

/**
 * An animation as its most different frames, drawn when they are asked for. Null if they are all alike, or take too much time or
 * memory to draw; then the file is one picture. Errors of a frame: bad-image, too-large.
 */
export async function openAnimation(
  bytes: Uint8Array,
  mime: string,
  frameCount: number,
  startHelper: StartHelper,
  timeoutMs = 20_000
): Promise<OpenedFile | null> {
  const helper = createHelper(startHelper)
  const chosen = await helper.ask('chooseFrames', () => ({ bytes, mime }), { timeoutMs }).catch(() => [])
  if (chosen.length <= 1) {
    await helper.close()
    return null
  }
  return {
    mime,
    parts: chosen.map((index) =>
      picturePart(partName('frame', index, frameCount), () =>
        helper
          .ask('drawFrame', () => ({ bytes, mime, index }), { timeoutMs })
          .catch((cause: unknown) => {
            throw helperFailure(cause, t('pictures.slow'), new DescryError('bad-image', { cause }))
          })
      )
    ),
    close: () => helper.close()
  }
}
