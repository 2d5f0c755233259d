import { createCanvas, loadImage } from '@napi-rs/canvas'
import { DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import { svgStartTag, type PixelSize } from './picture-formats.ts'

// Runs in the helper process (helper-program.ts).

/** Smaller SVGs, such as icons, are drawn this large on the long side, so that models and OCR can see them. */
const leastLongSidePx = 1024
/** Skia silently leaves them out. */
const embeddedPicture = /<(?:\w+:)?(?:fe)?image\b[^<>]*href\s*=\s*["']\s*data:/iu

/**
 * A PNG of an SVG of the given size in pixels, enlarged if that is small. Files and addresses it refers to are not loaded.
 * Errors: unsupported (it embeds pictures); other errors when it is damaged.
 */
export async function drawSvg({ bytes, width, height }: PixelSize & { bytes: Uint8Array }): Promise<Uint8Array> {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
  if (embeddedPicture.test(text))
    throw new DescryError('unsupported', {
      message: t('pictures.svg-embedded-photos'),
      next: t('pictures.save-as-png')
    })
  const scale = Math.max(1, leastLongSidePx / Math.max(width, height))
  const drawn = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
  const image = await loadImage(Buffer.from(resized(text, { width, height }, drawn), 'latin1'))
  const canvas = createCanvas(drawn.width, drawn.height)
  canvas.getContext('2d').drawImage(image, 0, 0, drawn.width, drawn.height)
  return canvas.encode('png')
}

/** Changes the size in the first tag, so that the SVG is drawn at another size, not stretched. */
function resized(text: string, from: PixelSize, to: PixelSize): string {
  const tag = svgStartTag(text)
  if (!tag) return text
  const others = tag.attributes.replace(/\s(?:width|height)\s*=\s*(?:"[^"]*"|'[^']*')/gu, '')
  const viewBox = /\sviewBox\s*=/u.test(others) ? '' : ` viewBox="0 0 ${from.width} ${from.height}"`
  const start = `<${tag.name} width="${to.width}" height="${to.height}"${viewBox}${others}>`
  return text.slice(0, tag.at) + start + text.slice(tag.at + tag.length)
}
