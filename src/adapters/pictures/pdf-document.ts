import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createCanvas, type Canvas } from '@napi-rs/canvas'
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'

// Runs in the helper process (helper-program.ts), which holds one document.

/** A4 is then read well by OCR and by models. */
const longSidePx = 2048
/** A label or a stamp becomes no larger than at 288 dots an inch. */
const maxScale = 4
/** Pictures inside that are larger are left off; a scan of A4 at 600 dots an inch has 35 million. */
const maxImagePixels = 100_000_000

let opened: PDFDocumentProxy | null = null

/** `isExact` makes an error of what would otherwise be left out. Errors: no-permission (wants a password), bad-image (damaged). */
export async function loadPdf(bytes: Uint8Array, isExact = false): Promise<void> {
  // Nothing in a PDF makes pdf.js fetch anything; should that ever change, it gets nothing.
  globalThis.fetch = () => Promise.reject(new Error('No network here.'))
  // In Electron's utility process pdf.js would look for a browser.
  Object.defineProperty(process, 'type', { value: undefined })
  const { getDocument, VerbosityLevel } = await import('pdfjs-dist/legacy/build/pdf.mjs')
  const parts = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'))
  const task = getDocument({
    data: new Uint8Array(bytes),
    // pdf.js wants them to end in a slash.
    standardFontDataUrl: join(parts, 'standard_fonts', '/'),
    cMapUrl: join(parts, 'cmaps', '/'),
    wasmUrl: join(parts, 'wasm', '/'),
    iccUrl: join(parts, 'iccs', '/'),
    maxImageSize: maxImagePixels,
    stopAtErrors: isExact,
    // Forms as programs, and fonts of this computer, are left alone; scripts are never run without a viewer.
    enableXfa: false,
    useSystemFonts: false,
    verbosity: VerbosityLevel.ERRORS
  })
  opened = await task.promise.catch((error: unknown) => {
    if (error instanceof Error && error.name === 'PasswordException')
      throw new DescryError('no-permission', {
        message: t('pictures.pdf-password'),
        next: t('pictures.pdf-password.next'),
        cause: error
      })
    throw damaged(error)
  })
}

function damaged(cause?: unknown): DescryError {
  return new DescryError('bad-image', { message: t('pictures.pdf-damaged'), cause })
}

function document(): PDFDocumentProxy {
  if (opened === null) throw new Error('No document was loaded.')
  return opened
}

/** At least 1. Errors: bad-image (without a page). */
export async function countPdfPages(): Promise<number> {
  const { numPages } = document()
  if (numPages === 0) throw new DescryError('bad-image', { message: t('pictures.pdf-no-pages') })
  return numPages
}

/** A PNG of a page, upright, on white. `index` counts from 0. Errors: bad-image. */
export async function drawPdfPage(index: number): Promise<Uint8Array> {
  const page = await pageAt(index)
  const { width, height } = page.getViewport({ scale: 1 })
  const scale = Math.min(maxScale, longSidePx / Math.max(width, height))
  if (!(width > 0 && height > 0 && scale > 0)) throw damaged()
  const canvas = await render(page, scale)
  page.cleanup()
  return canvas.encode('png')
}

/** The first page, a pixel for each point; where nothing was drawn it is transparent. */
export async function drawFirstPage(): Promise<Canvas> {
  return render(await pageAt(0), 1, '#00000000')
}

async function pageAt(index: number): Promise<PDFPageProxy> {
  return document()
    .getPage(index + 1)
    .catch((error: unknown) => {
      throw damaged(error)
    })
}

async function render(page: PDFPageProxy, scale: number, background = '#ffffff'): Promise<Canvas> {
  const viewport = page.getViewport({ scale })
  const canvas = createCanvas(Math.max(1, Math.round(viewport.width)), Math.max(1, Math.round(viewport.height)))
  // Given the canvas, pdf.js would make it opaque.
  const canvasContext = canvas.getContext('2d') as unknown as CanvasRenderingContext2D
  await page.render({ canvas: null, canvasContext, viewport, background }).promise
  return canvas
}

/** The text of a page in the order of the file, lines as they are set; null where it has none. Errors: bad-image. */
export async function readPdfText(index: number): Promise<string | null> {
  try {
    const page = await document().getPage(index + 1)
    const { items } = await page.getTextContent()
    const text = items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('')
    return text.trim() || null
  } catch (error) {
    throw damaged(error)
  }
}
