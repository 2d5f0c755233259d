import { rm, stat } from 'node:fs/promises'
import { ExifTool } from 'exiftool-vendored'
import { DescryError } from '#shared/errors.ts'
import { printableLine } from '#shared/printable.ts'
import { t } from '#shared/messages/messages.ts'

/** Alt text inside picture files: IPTC's accessibility fields in XMP, and the caption where there is none. */
export interface PictureAltText {
  /**
   * Writes it, unless another one is there already (false). The old file stays until the new one is whole.
   * Errors: unsupported (the format holds none), no-permission.
   */
  write(path: string, altText: string): Promise<boolean>
  /** The whole of it; null when there is none. */
  read(path: string): Promise<string | null>
  close(): Promise<void>
}

/** Of exiftool's file beside a picture that it is writing. */
const temporaryEnding = '_exiftool_tmp'
/** What IPTC wants an alt text to keep to; the longer text goes into the extended description. */
const maxAltCharacters = 250

/** Where people and programs put the description of a picture. */
const textTags = [
  '-XMP-iptcCore:AltTextAccessibility',
  '-XMP-iptcCore:ExtDescrAccessibility',
  '-XMP-dc:Description',
  '-IPTC:Caption-Abstract',
  '-EXIF:ImageDescription'
]

interface WrittenTags {
  /** The whole of it. */
  altText: string | null
  /** A caption for everybody, by a person or a camera. */
  hasCaption: boolean
}

/** Through one exiftool process, which is started at the first use. */
export function createPictureAltText(): PictureAltText {
  let tool: ExifTool | null = null
  const running = (): ExifTool => (tool ??= new ExifTool({ maxProcs: 1, taskTimeoutMillis: 60_000, taskRetries: 0 }))
  const readTags = async (path: string): Promise<WrittenTags> => {
    const tags: Record<string, unknown> = { ...(await running().readRaw(path, { readArgs: textTags })) }
    const text = (name: string): string | null => {
      const value = tags[name]
      return typeof value === 'string' && value.trim() !== '' ? value : null
    }
    return {
      altText: text('ExtDescrAccessibility') ?? text('AltTextAccessibility'),
      hasCaption: ['Description', 'Caption-Abstract', 'ImageDescription'].some((name) => text(name) !== null)
    }
  }
  return {
    read: async (path) => (await readTags(path)).altText,
    async write(path, altText) {
      const text = printableLine(altText)
      try {
        const before = await readTags(path)
        if (before.altText !== null) return before.altText === text
        // Renaming over it would not heed that.
        if (((await stat(path)).mode & 0o200) === 0) throw readOnly()
        const short = shortened(text)
        // What a kill in the middle of a writing left; exiftool would refuse to go over it.
        await rm(`${path}${temporaryEnding}`, { force: true })
        await running().write(
          path,
          {
            'XMP-iptcCore:AltTextAccessibility': escaped(short),
            ...(short !== text && { 'XMP-iptcCore:ExtDescrAccessibility': escaped(text) }),
            ...(!before.hasCaption && { 'XMP-dc:Description': escaped(text) })
          } as never,
          // Written beside the picture, and renamed over it when it is whole, with the time of the old one: photos are
          // sorted by it.
          { writeArgs: ['-overwrite_original', '-P'] }
        )
        return true
      } catch (error) {
        throw error instanceof DescryError ? error : writeFailure(error)
      }
    },
    async close() {
      await tool?.end()
    }
  }
}

/** exiftool reads HTML entities in values, since newlines can only be told to it like that. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;')
}

/** The sentences that fit; of one that is too long, its words. */
function shortened(text: string): string {
  if (text.length <= maxAltCharacters) return text
  const head = text.slice(0, maxAltCharacters)
  const sentence = /^.*[.!?…](?=\s)/u.exec(head)?.[0]
  return sentence ?? `${head.slice(0, -1).replace(/\s+\S*$/u, '')}…`
}

function readOnly(): DescryError {
  return new DescryError('no-permission', {
    message: t('pictures.alt-text-read-only'),
    next: t('pictures.alt-text-in-list')
  })
}

function writeFailure(error: unknown): DescryError {
  const message = error instanceof Error ? error.message : ''
  if (/looks more like/iu.test(message))
    return new DescryError('unsupported', {
      message: t('pictures.alt-text-wrong-extension'),
      next: t('pictures.alt-text-wrong-extension.next'),
      cause: error
    })
  if (/not (?:yet )?support|can't currently write|not a valid|format error/iu.test(message))
    return new DescryError('unsupported', {
      message: t('pictures.alt-text-unsupported'),
      next: t('pictures.alt-text-in-list'),
      cause: error
    })
  return new DescryError('no-permission', {
    message: t('pictures.alt-text-failed'),
    next: t('pictures.alt-text-failed.next'),
    cause: error
  })
}
