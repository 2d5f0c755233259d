import type { OpenedFile } from '#core/ports/pictures.ts'
import { DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import type { StartHelper } from '../helper/helper-process.ts'
import { createHelper, LateHelper, type TaskInput, type TaskName, type TaskOutput } from '../helper/helper.ts'
import { partName } from './part-name.ts'
import { maxPictureBytes, tooManyBytes } from './picture-header.ts'

/**
 * A PDF as its pages, drawn when they are asked for. Errors: too-large, no-permission (wants a password), bad-image (damaged, no
 * pages); of a page: bad-image, also when it takes longer than `limitMs`.
 */
export async function openPdf(bytes: Uint8Array, startHelper: StartHelper, limitMs = 20_000): Promise<OpenedFile> {
  if (bytes.length > maxPictureBytes) throw tooManyBytes()
  // Opened again, should a page end it, or after a while without a question.
  const helper = createHelper(startHelper, { first: { name: 'loadPdf', input: bytes } })

  async function ask<Name extends TaskName>(name: Name, input: TaskInput<Name>): Promise<TaskOutput<Name>> {
    try {
      return await helper.ask(name, () => input, { limitMs })
    } catch (error) {
      if (error instanceof DescryError) throw error
      const message = error instanceof LateHelper ? t('pictures.pdf-slow') : t('pictures.pdf-failed')
      throw new DescryError('bad-image', { message, cause: error })
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
