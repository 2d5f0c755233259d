import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createCanvas, type Canvas } from './canvas-package.ts'
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'

// Runs in the helper process (helper-program.ts), which holds one document.

/** At this size OCR and models read an A4 page well. */
const longSidePx = 2048
/** A label or a stamp is drawn with at most 288 dots per inch. */
const maxScale = 4
/** Larger pictures in a PDF are left out; a scan of an A4 page at 600 dots per inch has 35 million. */
const maxImagePixels = 100_000_000

let opened: PDFDocumentProxy | null = null

/** `isExact`: throw instead of leaving out what is damaged. Errors: no-permission (password-protected), bad-image (damaged). */
export async function loadPdf(bytes: Uint8Array, isExact = false): Promise<void> {
  // Nothing in a PDF makes pdf.js fetch anything; if that ever changes, the request fails.
  globalThis.fetch = () => Promise.reject(new Error('No network here.'))
  // In Electron's utility process pdf.js would look for a browser.
  Object.defineProperty(process, 'type', { value: undefined })
  const { getDocument, VerbosityLevel } = await import('pdfjs-dist/legacy/build/pdf.mjs')
  const parts = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'))
  const task = getDocument({
    data: new Uint8Array(bytes),
    // pdf.js needs a slash at the end.
    standardFontDataUrl: join(parts, 'standard_fonts', '/'),
    cMapUrl: join(parts, 'cmaps', '/'),
    wasmUrl: join(parts, 'wasm', '/'),
    iccUrl: join(parts, 'iccs', '/'),
    maxImageSize: maxImagePixels,
    stopAtErrors: isExact,
    // No XFA forms, and no fonts of this computer. Scripts never run without a viewer.
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

/** At least 1. Errors: bad-image (no pages). */
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

/** The first page, one pixel per point, transparent where nothing was drawn. */
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
  // If pdf.js were given the canvas, it would make it opaque.
  const canvasContext = canvas.getContext('2d') as unknown as CanvasRenderingContext2D
  await page.render({ canvas: null, canvasContext, viewport, background }).promise
  return canvas
}

/** A page's text in the order of the file, line by line; null if it has none. Errors: bad-image. */
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
