import { rm, stat } from 'node:fs/promises'
import { ExifTool } from 'exiftool-vendored'
import { DescryError } from '#shared/errors.ts'
import { printableLine } from '#shared/printable.ts'
import { t } from '#shared/messages/messages.ts'

/** Alt text in picture files: IPTC's accessibility fields in XMP, and the caption field if it is empty. */
export interface PictureAltText {
  /**
   * Writes it and returns true, or false if the file already has a different one. The old file stays until the new one is
   * complete. Errors: unsupported (the format cannot hold alt text), no-permission.
   */
  write(path: string, altText: string): Promise<boolean>
  /** The full alt text; null if there is none. */
  read(path: string): Promise<string | null>
  close(): Promise<void>
}

/** What exiftool adds to the name of its temporary file next to a picture. */
const temporaryEnding = '_exiftool_tmp'
/** IPTC's limit for alt text; a longer text goes into the extended description. */
const maxAltCharacters = 250

/** Where people and programs put a picture's description. */
const textTags = [
  '-XMP-iptcCore:AltTextAccessibility',
  '-XMP-iptcCore:ExtDescrAccessibility',
  '-XMP-dc:Description',
  '-IPTC:Caption-Abstract',
  '-EXIF:ImageDescription'
]

interface WrittenTags {
  /** The full alt text. */
  altText: string | null
  /** There is a visible caption, written by a person or a camera. */
  hasCaption: boolean
}

/** Uses one exiftool process, started on first use. */
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
        // Renaming a file over it would ignore the permission.
        if (((await stat(path)).mode & 0o200) === 0) throw readOnly()
        const short = shortened(text)
        // Left over if a write was interrupted; exiftool would refuse to overwrite it.
        await rm(`${path}${temporaryEnding}`, { force: true })
        await running().write(
          path,
          {
            'XMP-iptcCore:AltTextAccessibility': escaped(short),
            ...(short !== text && { 'XMP-iptcCore:ExtDescrAccessibility': escaped(text) }),
            ...(!before.hasCaption && { 'XMP-dc:Description': escaped(text) })
          } as never,
          // Written next to the picture and renamed over it when complete, with its old time, because photos are sorted
          // by time.
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

/** exiftool decodes HTML entities in values (the only way to pass newlines), so an ampersand must be escaped. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;')
}

/** As many sentences as fit; if the first is too long, as many words. */
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
