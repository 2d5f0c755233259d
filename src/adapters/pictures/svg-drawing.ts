import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { createCanvas, loadImage } from './canvas-package.ts'
import { initWasm, Resvg } from '@resvg/resvg-wasm'
import { maxPicturePixels } from './picture-header.ts'
import { svgStartTag, type PixelSize } from './picture-formats.ts'
import { fontsFor, shippedFamily } from './svg-fonts.ts'
import { svgText } from './svg-text.ts'

// Runs in the helper process (helper-program.ts).

/** Smaller SVGs, such as icons, are drawn this large on the long side, so that models and OCR can see them. */
const leastLongSidePx = 1024
/** Embedded pictures that resvg does not decode; PNG, JPEG and GIF it does. */
const foreignPicture = /data:image\/(?:webp|avif|bmp|x-ms-bmp);base64,([\w+/=\s]*)/giu

let renderer: Promise<void> | null = null

/**
 * A PNG of an SVG of the given size in pixels, enlarged if that is small. The renderer is WebAssembly without access to files or
 * network, so that nothing the SVG refers to is loaded. Throws any error when it is damaged or too large.
 */
export async function drawSvg({ bytes, width, height }: PixelSize & { bytes: Uint8Array }): Promise<Uint8Array> {
  renderer ??= loadRenderer()
  await renderer
  const text = await withKnownPictures(svgText(bytes))
  const scale = Math.max(1, leastLongSidePx / Math.max(width, height))
  const drawn = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
  const svg = new Resvg(resized(text, { width, height }, drawn), {
    font: {
      fontBuffers: await fontsFor(text),
      defaultFontFamily: shippedFamily,
      sansSerifFamily: shippedFamily,
      serifFamily: shippedFamily,
      monospaceFamily: shippedFamily,
      cursiveFamily: shippedFamily,
      fantasyFamily: shippedFamily
    }
  })
  if (svg.width * svg.height > maxPicturePixels) throw new Error('The SVG has another size than its first tag says.')
  return svg.render().asPng()
}

async function loadRenderer(): Promise<void> {
  await initWasm(await readFile(createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm')))
}

async function withKnownPictures(text: string): Promise<string> {
  const replaced = new Map<string, string>()
  for (const [whole, base64 = ''] of text.matchAll(foreignPicture)) {
    const image = await loadImage(Buffer.from(base64, 'base64'))
    const canvas = createCanvas(image.width, image.height)
    canvas.getContext('2d').drawImage(image, 0, 0)
    replaced.set(whole, `data:image/png;base64,${(await canvas.encode('png')).toString('base64')}`)
  }
  return replaced.size === 0 ? text : text.replace(foreignPicture, (whole) => replaced.get(whole) ?? whole)
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
